"""Score history: one line a quiz."""

import click

from quizlib.cli.telling import as_json, tell
from quizlib.config import settings_from
from quizlib.services.app import open_for_upkeep, use
from quizlib.services.history import commands
from quizlib.services.history.commands import Score, Scores

MOST_TOPICS = 3
DASH = "–"


@click.command()
@click.option("--person", metavar="NAME", help="Whose: a sign-in name, a name, or a number such as '#7'.")
@click.option("--class", "group", metavar="NAME", help="Which class, by its name or a number such as '#2'.")
@click.option("--since", metavar="DATE", help="From this day on, such as 2026-11-21.")
@click.option("--until", metavar="DATE", help="Up to the end of this day.")
@click.option("--topic", help="Quizzes that asked this topic, as far as they did.")
@as_json
@click.option("--csv", "csv_", is_flag=True, help="Report as CSV.")
def scores(
    person: str | None,
    group: str | None,
    since: str | None,
    until: str | None,
    topic: str | None,
    json_: bool,
    csv_: bool,
) -> None:
    """List quizzes with their scores: your own, those of a person, or those of a class at its assignments.

    With sign-in, learners are promised that what they practise by themselves is seen by nobody by name: it is left
    out, unless they share it. Whoever asks for all that is stored about them gets it with `quiz person export`.

    Assignments and mock exams count whole; other quizzes count as far as they were answered. JSON and CSV give moments
    in UTC and scores as fractions.
    """
    if json_ and csv_:
        raise click.UsageError("Choose one of --json and --csv.")
    with open_for_upkeep(settings_from()) as app:
        use(app)
        try:
            found = commands.scores(app, person=person, group=group, since=since, until=until, topic=topic)
        finally:
            use(None)
    if csv_:
        click.echo(found.as_csv(), nl=False)
    else:
        tell(found.as_json(), "\n".join(_lines(found, named=group is not None)) or "No quizzes.", json_)
    if found.left_out and not json_:
        click.echo(
            f"What {found.left_out} practises outside assignments is left out: the page What your teacher sees "
            "promises it. They can share it with a class, or ask you for quiz person export.",
            err=True,
        )


def _lines(found: Scores, *, named: bool) -> list[str]:
    rows = [_cells(found, one, named=named) for one in found.scores]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cells(found: Scores, one: Score, *, named: bool) -> list[str]:
    more = f" +{len(one.topics) - MOST_TOPICS}" if len(one.topics) > MOST_TOPICS else ""
    points = DASH if one.points is None else f"{one.points:.4g} of {one.questions}"
    return [
        f"{one.date.astimezone(found.zone):%Y-%m-%d %H:%M}",
        *([_plain(one.person)] if named else []),
        _plain(one.what),
        ", ".join(one.topics[:MOST_TOPICS]) + more,
        points if one.finished else "under way",
        DASH if one.minutes is None else f"{one.minutes:.0f} min",
    ]


def _plain(text: str) -> str:
    """Give a text that moves no cursor."""
    return "".join(letter if letter.isprintable() else "·" for letter in text)
