"""What the page of scores shows, as files: scores, how they are spread, topics, mix-ups."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO, NamedTuple

from quizlib.errors import Refused
from quizlib.interop.table import write_csv
from quizlib.model.person import User
from quizlib.services.app import Progress, current
from quizlib.services.exporting.answers import NO_FORMAT, AnswerFilter, called
from quizlib.services.exporting.prepared import Format, Prepared, prepare
from quizlib.services.exporting.rows import ERASED
from quizlib.services.history import mix_ups, scores
from quizlib.services.history.in_class import Score, State
from quizlib.services.history.mix_ups import MixUps
from quizlib.services.history.scores import Scores

PARTS = {
    "scores": Format("Scores", "CSV, one row for each student and assignment."),
    "spread": Format("Spread", "CSV, one row for each assignment: how its scores are spread, as fractions of 1."),
    "topics": Format("Topics", "CSV, one row for each topic: answers, and the share right with its 95% interval."),
    "misconceptions": Format("Misconceptions", "CSV, one row for each misconception and question."),
}
STATES = {
    State.DONE: "done",
    State.RUNNING: "under way",
    State.NOT_BEGUN: "not begun",
    State.NOT_OPEN: "not open yet",
    State.JOINED_LATER: "joined after it was due",
}
_SPREAD = ("n", "mean", "sd", "lowest", "quarter", "median", "three_quarters", "highest")


class _Table(NamedTuple):
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def as_file(actor: User, class_id: int, which: AnswerFilter, part: str, progress: Progress | None = None) -> Prepared:
    """Make a CSV file of a part of what the page of scores shows with this filter."""
    if part not in PARTS:
        raise Refused(NO_FORMAT)
    app = current()
    found = scores.of_class(actor, class_id, which)
    table = _TABLES[part](found) if part in _TABLES else _misconceptions(mix_ups.of_class(actor, class_id, which))

    def write(file: BinaryIO) -> tuple[str, ...]:
        # with the mark by which spreadsheets know UTF-8
        file.write(write_csv(table.head, table.rows).encode("utf-8-sig"))
        return ()

    name = f"{called(found.group)} {part} {app.clock():%Y-%m-%d}"
    return prepare(app, actor, name, "csv", write, class_id=class_id)


def _scores(found: Scores) -> _Table:
    head = ("student", "username", "assignment", "state", "points", "questions", "share", "finished_at", "attempts")
    rows = [
        (row.name or ERASED, row.sign_in_name, given.title, *_score(row.scores[given.id]))
        for given in found.assignments
        for row in found.rows
        if row.scores[given.id].state is not State.LEFT_OUT
    ]
    return _Table(head, rows)


def _score(one: Score) -> tuple[Any, ...]:
    at = None if one.finished_at is None else f"{one.finished_at:%Y-%m-%dT%H:%M:%SZ}"
    questions = None if one.questions is None else int(one.questions)
    return STATES[one.state], one.points, questions, one.share, at, one.tries


def _spread(found: Scores) -> _Table:
    tenths = [f"from_{low}_percent" for low in range(0, 100, 10)]
    rows = []
    for given in found.assignments:
        figures = found.figures.get(given.id)
        if figures is None:
            rows.append((given.title, 0, *[None] * (len(_SPREAD) - 1), *[0] * len(tenths)))
        else:
            rows.append((given.title, *(getattr(figures, name) for name in _SPREAD), *figures.tenths))
    return _Table(("assignment", *_SPREAD, *tenths), rows)


def _topics(found: Scores) -> _Table:
    known = current().catalogue.topics
    rows = [(known[one.topic].title if one.topic in known else one.topic, *one[1:]) for one in found.topics]
    return _Table(("topic", "students", "answers", "right", "share", "low", "high"), rows)


def _misconceptions(found: MixUps) -> _Table:
    rows = [
        (one.words, one.learners, found.learners, each.title, each.question_id, each.learners)
        for one in found.shown
        for each in one.questions
    ]
    head = ("misconception", "students", "of_students", "question", "question_id", "students_in_question")
    return _Table(head, rows)


_TABLES: dict[str, Callable[[Scores], _Table]] = {"scores": _scores, "spread": _spread, "topics": _topics}
