"""Answer questions through the services until killed, and print every answer once it is acknowledged."""

import sys
from pathlib import Path

from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.people import people
from quizlib.services.quizzes import study


def main(database: str, questions: str) -> None:
    """Take quiz after quiz; every question is a choice of one."""
    use(open_app(Settings(database, Path(questions))))
    actor = people.local_person()
    print("ready", flush=True)
    while True:
        quiz = study.start(actor)
        shown = study.sheet(actor, quiz)
        while shown.attempt.finished_at is None:
            study.answer(actor, quiz, shown.item.id, [0], seen=shown.item.seq)
            print(shown.item.id, flush=True)
            shown = study.sheet(actor, quiz)


if __name__ == "__main__":
    main(*sys.argv[1:])
