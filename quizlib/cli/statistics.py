"""Statistics of questions and tests: of the answers here, or of a file of answers from elsewhere."""

from pathlib import Path

import click

from quizlib.cli.figures import show
from quizlib.cli.telling import as_json, progress, tell
from quizlib.config import settings_from
from quizlib.errors import ContentProblems
from quizlib.model.attempt import Json
from quizlib.services import responses
from quizlib.services.analysis.everything import everything
from quizlib.services.app import open_for_upkeep, use


@click.command()
@click.option(
    "--responses",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Answers from elsewhere: CSV with the columns student,question,option,score,max_score, one row an answer.",
)
@click.option(
    "--missing",
    type=click.Choice(["not-presented", "zero"]),
    default="not-presented",
    show_default=True,
    help="What it means that FILE has no row for a student and a question.",
)
@click.option("--options", "with_options", is_flag=True, help="Tell in the table who chose which option.")
@as_json
@click.option("--csv", "csv_", is_flag=True, help="Report the questions as CSV.")
def statistics(file: Path | None, missing: str, with_options: bool, json_: bool, csv_: bool) -> None:
    """Tell how each question does, and how far the scores of a test can be relied on.

    JSON and CSV hold every figure, as a fraction, with the number of answers beside; the table leaves out what rests on
    too few. docs/statistics.md says what the figures mean and what to do about them.
    """
    if json_ and csv_:
        raise click.UsageError("Choose one of --json and --csv.")
    if file is None and missing == "zero":
        raise click.UsageError("--missing is about a file: name it with --responses.")
    told = _here() if file is None else _elsewhere(file, missing == "zero", json_)
    show(told, json_=json_, csv_=csv_, with_options=with_options)
    if told["not_given"] and not (json_ or csv_):
        rows = "1 row is" if told["not_given"] == 1 else f"{told['not_given']:,} rows are"
        click.echo(f"{rows} missing for that; say --missing zero if what is missing was given and not answered.")


def _here() -> Json:
    with open_for_upkeep(settings_from()) as app:
        use(app)
        try:
            return everything(progress("Analysing"))
        finally:
            use(None)


def _elsewhere(file: Path, missing_is_zero: bool, json_: bool) -> Json:
    try:
        return responses.analyse(file, missing_is_zero=missing_is_zero)
    except ContentProblems as found:
        if not json_:
            raise
        tell({"problems": [problem.as_json() for problem in found.problems]}, "", json_)
        raise SystemExit(1) from None
