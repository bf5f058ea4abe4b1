"""The command `quiz`."""

from quizlib.cli.main import quiz

__all__ = ["quiz"]
