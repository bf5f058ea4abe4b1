"""Answer questions through the services until killed, and print every answer once it is acknowledged."""

import sys
from pathlib import Path

from quizlib.config import Settings
from quizlib.services import people, study
from quizlib.services.app import open_app, use


def main(database: str, questions: str) -> None:
    """Take quiz after quiz."""
    use(open_app(Settings(f"sqlite:///{database}", Path(questions))))
    actor = people.local_person()
    print("ready", flush=True)
    while True:
        quiz = study.start(actor, topics=["anatomy"])
        shown = study.sheet(actor, quiz)
        while shown.attempt.finished_at is None:
            several = shown.question.body.choose == "several"
            study.answer(actor, quiz, shown.item.id, [0, 1] if several else [0], seen=shown.item.seq)
            print(shown.item.id, flush=True)
            shown = study.sheet(actor, quiz)


if __name__ == "__main__":
    main(*sys.argv[1:])
