"""Measure the app against an empty Streamlit app with the same settings, in turn, and print a table of ratios."""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from driving.server import Server

from bench.loads import EmptyUse, QuizUse, in_browser, many_learners, memory_each, one_learner

HERE = Path(__file__).parent
ROUNDS = 5
PEOPLE = 50


def main() -> None:
    """Run every measurement and print it beside its bar."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Server(Path(folder) / "ours")
        empty = Server(Path(folder) / "empty", script=HERE / "empty_app.py", wait_for="_stcore/health")
        with ours, empty:
            asyncio.run(one_learner(ours.url, QuizUse(), 20))
            asyncio.run(one_learner(empty.url, EmptyUse(), 20))
            one = [
                (
                    statistics.median(asyncio.run(one_learner(ours.url, QuizUse(), 100))),
                    statistics.median(asyncio.run(one_learner(empty.url, EmptyUse(), 100))),
                )
                for _ in range(ROUNDS)
            ]
            _row("Check → feedback, one learner, p50", one, 1000, "ms", "≤ 1.6")
            many = [
                (
                    asyncio.run(many_learners(ours.url, QuizUse(), PEOPLE, 4)),
                    asyncio.run(many_learners(empty.url, EmptyUse(), PEOPLE, 4)),
                )
                for _ in range(ROUNDS)
            ]
            _row(f"{PEOPLE} learners back to back, page runs", many, 1, "/s", "≥ 0.25 (goal 0.30)")
            painted = [(in_browser(ours.url, QuizUse(), 50), in_browser(empty.url, EmptyUse(), 50))]
            _row("click → painted, browser, median of 50", painted, 1000, "ms", "≤ 2.5")
        with ours, empty:
            memory = [
                (
                    asyncio.run(memory_each(ours.url, QuizUse(), PEOPLE, ours.memory)),
                    asyncio.run(memory_each(empty.url, EmptyUse(), PEOPLE, empty.memory)),
                )
            ]
            _row("memory per open learner", memory, 1 / 2**20, "MB", "≤ 1 MB")


def _row(what: str, pairs: list[tuple[float, float]], scale: float, unit: str, bar: str) -> None:
    ours, empty = (statistics.median(side) * scale for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs if b)
    spread = f"{min(a / b for a, b in pairs):.2f} to {max(a / b for a, b in pairs):.2f}"
    print(
        f"{what:42} {ours:8.2f} {unit}  empty {empty:8.2f} {unit}  ratio {ratio:.2f} ({spread})  bar {bar}", flush=True
    )


if __name__ == "__main__":
    main()
