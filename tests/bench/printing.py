"""One line a measurement."""

import statistics


def row(what: str, pairs: list[tuple[float, float]], scale: float, unit: str, bar: str, beside: str = "empty") -> None:
    """Print the medians of both sides and of their ratios; a pair was measured in turn."""
    ours, other = (statistics.median(side) * scale for side in zip(*pairs, strict=True))
    ratios = [a / b for a, b in pairs if b]
    spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
    print(
        f"{what:52} {ours:9.2f} {unit}  {beside} {other:9.2f} {unit}  "
        f"ratio {statistics.median(ratios):.2f} {spread}  bar {bar}",
        flush=True,
    )
