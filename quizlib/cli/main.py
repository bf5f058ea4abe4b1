"""The command and its groups."""

import click

from quizlib import __version__
from quizlib.cli.bank import bank
from quizlib.cli.database import database
from quizlib.cli.demo import demo
from quizlib.cli.people import people, person
from quizlib.cli.scores import scores
from quizlib.cli.serve import serve
from quizlib.cli.statistics import statistics
from quizlib.errors import QuizError


class Quiz(click.Group):
    """A group that ends a refusal with its sentence and exit status 1, not with a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except QuizError as refusal:
            raise click.ClickException(str(refusal)) from None


@click.group(cls=Quiz, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def quiz() -> None:
    """Self-study quizzes on spinal nerves, dermatomes, red flags and pain mechanisms."""


for command in (serve, bank, database, people, person, scores, statistics, demo):
    quiz.add_command(command)
