"""`python -m quizlib` is the command `quiz`."""

from quizlib.cli import quiz

if __name__ == "__main__":
    quiz(prog_name="quiz")
