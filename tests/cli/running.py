"""What a run of the command gives, and what it said."""

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
Execute = Callable[[str], list[tuple[object, ...]]]


def said(result: Result, status: int = 0) -> str:
    """Give what was said, after seeing that it ended as it should and without a traceback."""
    assert (result.exit_code, "Traceback" in result.output) == (status, False), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output
