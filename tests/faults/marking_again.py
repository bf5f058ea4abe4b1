"""Mark past answers again and take it back, over and over, until killed; print each once it is done."""

import sys
from pathlib import Path

from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.corrections import rescoring
from quizlib.services.people import people


def main(database: str, questions: str, question_id: str, version_id: str) -> None:
    """Decide by one version, and take that back."""
    use(open_app(Settings(database, Path(questions))))
    actor = people.local_person()
    print("ready", flush=True)
    while True:
        done = rescoring.rescore(actor, question_id, int(version_id), "The key was wrong.")
        print("marked", flush=True)
        rescoring.undo(actor, done.rescoring_id or 0, "It was not.")
        print("taken back", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
