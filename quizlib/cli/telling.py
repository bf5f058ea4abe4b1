"""How commands report: words for people, JSON for programs, a line of progress for long work."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from quizlib.errors import Problem

as_json = click.option("--json", "json_", is_flag=True, help="Report as JSON.")


def tell(report: Any, words: str, json_: bool) -> None:
    """Print a report in one of its two forms."""
    click.echo(json.dumps(report, indent=2, ensure_ascii=False, default=str) if json_ else words)


def listed(problems: list[Problem]) -> str:
    """Give problems a line each."""
    return "\n".join(map(str, problems))


def progress(label: str) -> Callable[[int, int], None] | None:
    """Give a function that tells how far long work is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int) -> None:
        if done < total and done % max(1, total // 200):
            return  # a terminal is slower than the work it tells of
        click.echo(f"\r{label}: {done} of {total}", nl=done >= total, err=True)

    return told
