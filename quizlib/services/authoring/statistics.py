"""How learners answered every question, counted and analysed in the background for lists and question pages."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.analysis import questions
from quizlib.services.analysis.questions import Analysed
from quizlib.services.app import App, Progress, current
from quizlib.store import frames
from quizlib.store.content import statistics as rows
from quizlib.store.content.statistics import Counted
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

log = logging.getLogger("quizlib")

KEPT = timedelta(minutes=10)
# where counting takes long, it is not done again at once: it has at most this part of the time
MOST_OF_THE_TIME = 0.1
# between the short transactions that so many are stored in, learners answer
BATCH = 1000
MOST_ANSWERS, MOST_QUESTIONS = 20_000, 100
STATISTICS_CHANGE = "statistics"
_counting = threading.Lock()
_took = 0.0


@dataclass(frozen=True)
class State:
    """As of when the statistics of a list hold, and whether they are being counted now."""

    as_of: datetime | None
    counting: bool


def state(actor: User) -> State:
    """Tell as of when the statistics hold; where that is long ago, count them anew in the background."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        as_of = rows.counted_at(connection)
    kept = max(KEPT, timedelta(seconds=_took / MOST_OF_THE_TIME))
    old = as_of is None or app.clock() - as_of > kept
    if old and not _counting.locked():
        app.in_background("statistics", lambda: _count_once(app))
    return State(as_of, old)


def refresh(app: App, *, progress: Progress | None = None, considerate: bool = False) -> None:
    """Count and analyse the first answers to every question anew, without being in the way of whoever answers.

    Nothing is analysed again as long as no answer, key or report has changed. A considerate one rests as long as it
    works.
    """
    as_of = app.clock()
    with app.database.read(patient=True) as connection:
        counted, before = rows.count_all(connection, of_everybody=app.alone), rows.stored(connection)
    changed = [one for one in counted if one != before.get(one.question_id)]
    for start in range(0, len(changed), BATCH):
        with app.database.write(BANK) as connection:
            rows.store(connection, changed[start : start + BATCH], as_of)
    if changed:  # a question is compared with the others that its learners answered
        with app.database.write(BANK) as connection:
            rows.out_of_date(connection)
    if not _analyse(app, as_of, progress, considerate):
        return
    with app.database.write(BANK) as connection:
        rows.confirm(connection, as_of)
        note_change(connection, STATISTICS_CHANGE)


def _analyse(app: App, as_of: datetime, progress: Progress | None, considerate: bool) -> bool:
    """Find the figures of each question whose answers changed; tell whether that came to its end."""
    with app.database.read(patient=True) as connection:
        missing = rows.not_analysed(connection)
        if not missing:
            return True
        totals = frames.totals_of_learners(connection, of_everybody=app.alone)
    done = 0
    for some in _batches(missing):
        if app.closing.is_set():
            return False
        began = time.monotonic()
        with app.database.read(patient=True) as connection:
            found = questions.analyse(app, connection, some, totals, as_of)
        with app.database.write(BANK) as connection:
            for question_id in some:
                _store(connection, found.get(question_id, Analysed(Counted(question_id, 0, 0.0), ())), as_of)
        if considerate:
            app.closing.wait(time.monotonic() - began)
        done += len(some)
        if progress is not None:
            progress(done, len(missing))
    return True


def _batches(missing: Sequence[Counted]) -> Iterator[list[str]]:
    """Cut questions into so many that their answers fit into little memory, and are not read one by one."""
    some: list[str] = []
    answers = 0
    for one in missing:
        if some and (answers + one.answers > MOST_ANSWERS or len(some) == MOST_QUESTIONS):
            yield some
            some, answers = [], 0
        some.append(one.question_id)
        answers += one.answers
    if some:
        yield some


def _store(connection: Connection, one: Analysed, as_of: datetime) -> None:
    current = next((each.figures for each in one.series if each.current), None)
    rows.store_figures(
        connection,
        one.counted,
        [each.model_dump(mode="json") for each in one.series],
        as_of,
        discrimination=current.discrimination_index if current else None,
        correlated=current.n_rest if current else 0,
    )


def _count_once(app: App) -> None:
    """Count, unless this process is at it; what the database refuses is tried again when a list is opened next."""
    global _took
    if not _counting.acquire(blocking=False):
        return
    began = time.monotonic()
    try:
        refresh(app, considerate=True)
    except DatabaseProblem as trouble:
        log.warning("the statistics could not be counted: %s", trouble)
    except Exception:  # nobody else would hear of it in a thread of its own
        log.exception("the statistics could not be counted")
    finally:
        _took = time.monotonic() - began
        _counting.release()
