"""How learners answered each question: counted in the background for lists, live for one question."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizlib.errors import DatabaseProblem, NotFound
from quizlib.kinds import kind_of
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.authoring.drafts import NO_QUESTION
from quizlib.store.content import statistics as rows
from quizlib.store.content.versions import read_row, read_version
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK

log = logging.getLogger("quizlib")

KEPT = timedelta(minutes=10)
# between the short transactions that so many are stored in, learners answer
BATCH = 1000
MOST_RESPONSES = 12
STATISTICS_CHANGE = "statistics"
_counting = threading.Lock()


@dataclass(frozen=True)
class State:
    """As of when the statistics of a list hold, and whether they are being counted now."""

    as_of: datetime | None
    counting: bool


@dataclass(frozen=True)
class Given:
    """A response in words, how many learners gave it first, and what it is worth by the key of today."""

    words: str
    answers: int
    fraction: float


@dataclass(frozen=True)
class Answered:
    """First answers of learners to a question, over all its versions.

    `share` is the mean of their points. `given` are the most frequent responses to what is asked now, out of `asked`.
    """

    answers: int
    share: float | None
    asked: int
    given: tuple[Given, ...]


def state(actor: User) -> State:
    """Tell as of when the statistics hold; where that is long ago, count them anew in the background."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        as_of = rows.counted_at(connection)
    old = as_of is None or app.clock() - as_of > KEPT
    if old and not _counting.locked():
        app.in_background("statistics", lambda: _count_once(app))
    return State(as_of, old)


def refresh(app: App) -> None:
    """Count the first answers to every question anew, without being in the way of whoever answers."""
    as_of = app.clock()
    with app.database.read() as connection:
        counted, before = rows.count_all(connection, of_everybody=_alone(app)), rows.stored(connection)
    changed = [one for one in counted if one != before.get(one.question_id)]
    for start in range(0, len(changed), BATCH):
        with app.database.write(BANK) as connection:
            rows.store(connection, changed[start : start + BATCH], as_of)
    with app.database.write(BANK) as connection:
        rows.confirm(connection, as_of)
        note_change(connection, STATISTICS_CHANGE)


def of(actor: User, question_id: str) -> Answered:
    """Give how learners answered one question, as of now."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        row = read_row(connection, question_id)
        version = read_version(connection, row.version_id) if row else None
        if version is None:
            raise NotFound(NO_QUESTION)
        counted = rows.count_one(connection, question_id, of_everybody=_alone(app))
        responses = rows.responses(connection, question_id, version.asked_hash, of_everybody=_alone(app))
    question = version.question
    kind = kind_of(question)
    given = tuple(
        Given(kind.summary(question.body, one.response), one.answers, kind.grade(question.body, one.response).fraction)
        for one in responses[:MOST_RESPONSES]
    )
    share = counted.fraction_sum / counted.answers if counted.answers else None
    return Answered(counted.answers, share, sum(one.answers for one in responses), given)


def _alone(app: App) -> bool:
    """Tell whether there is one person only, who has every role and learns all the same."""
    return app.settings.sign_in == "none"


def _count_once(app: App) -> None:
    """Count, unless this process is at it; what the database refuses is tried again when a list is opened next."""
    if not _counting.acquire(blocking=False):
        return
    try:
        refresh(app)
    except DatabaseProblem as trouble:
        log.warning("the statistics could not be counted: %s", trouble)
    except Exception:  # nobody else would hear of it in a thread of its own
        log.exception("the statistics could not be counted")
    finally:
        _counting.release()
