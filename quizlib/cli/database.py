"""The database: bring up to date, check, rebuild, back up, restore."""

from pathlib import Path

import click

from quizlib.cli.telling import as_json, listed, progress, tell
from quizlib.config import settings_from
from quizlib.services import maintenance
from quizlib.services.app import open_for_upkeep, utc_now

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def database() -> None:
    """Look after the database that QUIZ_DATABASE_URL names."""


@database.command()
@as_json
def upgrade(json_: bool) -> None:
    """Bring the tables to this version of the program; a copy is kept beside the file."""
    changed = maintenance.upgrade(settings_from())
    tell({"changed": changed}, "The database was brought up to date." if changed else "It is up to date.", json_)


@database.command()
@as_json
def check(json_: bool) -> None:
    """Look for damage; exit with 1 when there is any."""
    with open_for_upkeep(settings_from()) as app:
        problems = maintenance.find_damage(app, progress("Checking"))
    words = listed(problems) or "No damage found."
    tell({"problems": [problem.as_json() for problem in problems]}, words, json_)
    if problems:
        raise SystemExit(1)


@database.command()
@as_json
def rebuild(json_: bool) -> None:
    """Recompute everything that is derived from the learners' steps."""
    with open_for_upkeep(settings_from()) as app:
        changed = maintenance.rebuild_caches(app, progress("Rebuilding"))
    tell({"changed": changed}, f"{changed} changed.", json_)


@database.command()
@file_argument
@as_json
def backup(file: Path, json_: bool) -> None:
    """Copy the database to FILE, a SQLite database, while the app runs."""
    maintenance.backup(settings_from(), file, progress("Copying"))
    tell({"file": str(file)}, f"Copied to {file}.", json_)


@database.command()
@file_argument
@as_json
def restore(file: Path, json_: bool) -> None:
    """Put the backup FILE in the database's place; stop the app first. What was there is kept beside it."""
    kept = maintenance.restore(settings_from(), file, utc_now(), progress("Restoring"))
    words = f"Restored from {file}." + (f" What was there before is in {kept}." if kept else "")
    tell({"kept": str(kept) if kept else None}, words, json_)


@database.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@as_json
def copy(source: str, target: str, json_: bool) -> None:
    """Copy every row from the database FROM to the empty database TO, both named as in QUIZ_DATABASE_URL."""
    copied = maintenance.copy(source, target, progress("Copying"))
    tell({"rows": copied}, f"{copied} rows copied.", json_)
