"""The question bank: check, take in, write back."""

import json
from pathlib import Path
from typing import Any

import click

from quizlib.cli.telling import as_json, listed, progress, tell
from quizlib.config import settings_from
from quizlib.errors import Problem
from quizlib.services import bank as banking
from quizlib.services import pulling
from quizlib.services.app import open_app, open_for_upkeep


@click.group()
def bank() -> None:
    """Check question files, take them into the database, write them back."""


@bank.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@as_json
def check(folder: Path | None, json_: bool) -> None:
    """List what must be fixed and what could be better; exit with 1 when something must."""
    settings = settings_from()
    if folder:
        report = banking.check(folder)
    else:
        with open_for_upkeep(settings) as app:
            report = banking.check(settings.questions, app)
    problems = [Problem(**one) for one in report["errors"]]
    flaws = [Problem(**one) for one in report["warnings"]]
    lines = [listed(problems), listed(flaws)]
    topics = ", ".join(f"{topic} {count}" for topic, count in report["by_topic"].items())
    lines += [_measured(name, one) for name, one in report["metrics"].items()]
    families = f", {report['instances']} more from {report['families']} families" if report["families"] else ""
    counted = f"{report['questions']} questions ({topics}){families}."
    lines.append(f"{counted} {len(problems)} to fix, {len(flaws)} could be better.")
    tell(report, "\n".join(line for line in lines if line), json_)
    if problems:
        raise SystemExit(1)


def _measured(name: str, metric: dict[str, Any]) -> str:
    missed = "" if metric["met"] else "   missed"
    return f"{name.replace('_', ' '):32} {metric['value']:>7g}   {metric['target']}{missed}"


@bank.command()
@click.option("--retire-missing", is_flag=True, help="Withdraw questions whose file is gone.")
@as_json
def sync(retire_missing: bool, json_: bool) -> None:
    """Take changed question files into the database."""
    with open_for_upkeep(settings_from()) as app:
        report = banking.sync(app, retire_missing=retire_missing, progress=progress("Taking in"))
        conflicts = banking.conflicts(app)
    words = [listed(report.problems), listed(conflicts)]
    words += [f"{name}: its file is gone. Withdraw it with --retire-missing." for name in report.missing]
    words.append(
        f"{len(report.taken)} taken, {report.unchanged} unchanged, {len(report.conflicts)} in conflict, "
        f"{len(report.missing)} without a file, {len(report.retired)} withdrawn."
    )
    tell(report.as_json(), "\n".join(line for line in words if line), json_)
    if report.problems or report.conflicts:
        raise SystemExit(1)


@bank.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@as_json
def pull(folder: Path, json_: bool) -> None:
    """Write what learners are asked to files in FOLDER where they do not hold it; exit with 1 if some cannot be."""
    with open_app(settings_from()) as app:
        report = pulling.pull(app, folder, progress("Writing"))
    words = [listed(report.left_out), *(f"{path}: moved, and taken away here." for path in report.removed)]
    words.append(
        f"{len(report.written)} files written to {folder}, {report.unchanged} questions unchanged, "
        f"{report.drafts} drafts and {report.retired} withdrawn ones left out, {len(report.left_out)} not written."
    )
    tell(report.as_json(), "\n".join(line for line in words if line), json_)
    if report.left_out:
        raise SystemExit(1)


@bank.command()
def schema() -> None:
    """Print the JSON Schema of a question file, for editors."""
    click.echo(json.dumps(banking.question_schema(), indent=1, ensure_ascii=False))
