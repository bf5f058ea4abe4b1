"""Taking an invented class away again, without a trace."""

from quizlib.errors import Refused
from quizlib.services.app import BANK_CHANGE, App, Progress
from quizlib.services.authoring import statistics
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK
from quizlib.store.people import invented as rows


def remove(app: App, progress: Progress | None = None) -> int:
    """Take away the invented class, its people and all that they answered; give how many answers that were.

    The figures of questions are counted anew, which `progress` is told of. Stopped in the middle and done again, it
    goes on. Raises Refused when there is none.
    """
    with app.database.write(BANK) as connection:
        if not rows.loaded(connection):
            raise Refused("No invented class is loaded. Load one with: quiz demo load")
        answers = rows.remove_class(connection)
    more = True
    while more:
        with app.database.write(BANK) as connection:
            more = rows.remove_people(connection)
            if not more:
                note_change(connection, BANK_CHANGE)
    app.invented = False
    statistics.refresh(app, progress=progress)
    return answers
