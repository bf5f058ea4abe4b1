"""Open one database after the other, each at the same moment as another process."""

import sys
from pathlib import Path

from driving.upkeep import prepare

from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.people import people


def main(questions: str) -> None:
    """Read an address a line, open it, and tell how many questions and which person are there."""
    print("ready", flush=True)
    for address in map(str.strip, sys.stdin):
        settings = Settings(address, Path(questions))
        if address.startswith("postgresql"):
            prepare(settings)
        with open_app(settings) as app:
            use(app)
            print(len(app.bank.questions), people.local_person().id, flush=True)
            use(None)


if __name__ == "__main__":
    main(sys.argv[1])
