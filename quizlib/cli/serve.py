"""Serve the app."""

import os
import subprocess
import sys
from pathlib import Path

import click

from quizlib.cli.telling import progress
from quizlib.config import LOCAL_HOSTS, settings_from
from quizlib.services import bank as banking
from quizlib.services.app import App, open_app, use
from quizlib.services.people import accounts

APP = Path(__file__).parents[2] / "quiz_app.py"


def _first_link(app: App) -> str | None:
    use(app)
    try:
        return accounts.first_link()
    finally:
        use(None)


@click.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_", is_flag=True, help="Open the app in a browser.")
def serve(port: int, host: str, open_: bool) -> None:
    """Check settings, database and questions, then serve the app until it is stopped."""
    settings = settings_from()
    with open_app(settings, progress=progress("Taking in")) as app:
        for problem in [*app.bank.problems, *banking.conflicts(app)]:
            click.echo(f"Left out: {problem}", err=True)
        click.echo(f"{len(app.bank.questions)} questions. Answers are kept in {app.database.name}.")
        # elsewhere than on this computer nobody reads what is printed here: there it is `quiz people add`
        local = settings.sign_in == "accounts" and settings.hosts == LOCAL_HOSTS
        first = _first_link(app) if local else None
    if first:
        click.echo(f"Nobody can sign in yet. Become the first instructor: http://localhost:{port}/link?key={first}")
    click.echo(f"Open http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port} in a browser.")
    options = {
        "server.port": port,
        "server.address": host,
        "server.headless": str(not open_).lower(),
        "server.fileWatcherType": "none",
        "runner.postScriptGC": "false",
        "client.showErrorDetails": "none",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += [f"--server.allowedHosts={name}" for name in settings.hosts]
    sys.stdout.flush()
    # Streamlit reads its theme from the folder it starts in; what was named from here keeps its place
    os.environ["QUIZ_DATABASE_URL"], os.environ["QUIZ_QUESTIONS"] = settings.database_url, str(settings.questions)
    os.chdir(APP.parent)
    if os.name == "posix":
        # in this process's place: whoever ends the command ends the app, and memory holds it once
        os.execv(sys.executable, command)  # noqa: S606
    try:
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
    except KeyboardInterrupt:
        sys.exit(0)
