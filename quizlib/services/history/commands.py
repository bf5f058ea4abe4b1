"""Score history for whoever runs the server, which keeps the promise that learners read: see `scores`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from quizlib.errors import NotFound, Refused
from quizlib.interop.table import write_csv
from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.classes import Class, Member
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.people.people import local_person
from quizlib.services.quizzes.sheets import close, overdue
from quizlib.store.answers import scored as rows
from quizlib.store.answers.attempts import read_attempt
from quizlib.store.answers.scored import Scored
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes, people

WHAT = {
    Plan.MIXED: "Today’s mix",
    Plan.NEW: "New",
    Plan.MISTAKES: "My mistakes",
    Plan.FLAGGED: "Flagged",
    Plan.RANDOM: "Surprise me",
    Plan.FIXED: "Chosen questions",
}
_NAMED = TypeVar("_NAMED", User, Class)


class Score(NamedTuple):
    """One quiz and how it went; `points` out of `questions`, None while it goes on, like `score`, 0 to 1.

    Practice counts as far as it was answered, assignments and mock exams count whole. `date` is when it ended, or else
    began; `minutes` as far as they are known.
    """

    person: str
    person_id: int
    quiz: int
    date: datetime
    what: str
    behaviour: str
    topics: tuple[str, ...]
    points: float | None
    questions: int | None
    score: float | None
    minutes: float | None
    finished: bool


@dataclass(frozen=True)
class Scores:
    """Quizzes by person and time, in which zone days are told, and of whom practice was left out."""

    scores: tuple[Score, ...]
    zone: ZoneInfo
    left_out: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the report for programs; moments are in UTC."""
        return {
            "scores": [{**one._asdict(), "date": one.date.isoformat()} for one in self.scores],
            "practice_left_out": bool(self.left_out),
        }

    def as_csv(self) -> str:
        """Give a line for each quiz, for a spreadsheet."""
        lines = [{**one._asdict(), "date": one.date.isoformat(), "topics": " ".join(one.topics)} for one in self.scores]
        return write_csv(Score._fields, [list(line.values()) for line in lines])


def scores(
    app: App,
    *,
    person: str | None = None,
    group: str | None = None,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
) -> Scores:
    """Give the quizzes of a person, or those of a class at its assignments; raise NotFound or Refused.

    With sign-in, what somebody practises outside assignments is left out, as the page on privacy promises, unless they
    share it: with the class that is named, or with any class where none is. The one person of an app without sign-in
    sees all of their own. Days are those of that person, with sign-in those of UTC; with a topic, quizzes count as far
    as they asked it.
    """
    mine = local_person() if app.alone else None
    zone = ZoneInfo(mine.time_zone) if mine else ZoneInfo("UTC")
    days = _days(since, until, zone)
    with app.database.read() as connection:
        _require_topic(connection, topic)
        in_class = _class(connection, group) if group is not None else None
        whose = _person(connection, person, in_class) if person is not None else None if in_class else mine
        if whose is None and in_class is None:
            raise Refused("Say whose scores: --person NAME, or --class NAME.")
        hidden = whose is not None and whose.id != (mine and mine.id) and not _shares(connection, whose, in_class)
    wanted = partial(_read, whose=whose, in_class=in_class, assigned_only=hidden)
    with app.database.read() as connection:
        found = wanted(connection)
    if _close_run_out(app, found):
        with app.database.read() as connection:
            found = wanted(connection)
    told = [_score(one, topic) for one in found if topic is None or any(part.topic == topic for part in one.parts)]
    told = [one for one in told if days[0] <= one.date < days[1]]
    told.sort(key=lambda one: (one.person.casefold(), one.person_id, one.date, one.quiz))
    return Scores(tuple(told), zone, whose.name if hidden and whose else "")


def _read(connection: Connection, *, whose: User | None, in_class: Class | None, assigned_only: bool) -> list[Scored]:
    class_id = in_class.id if in_class else None
    if whose is not None:
        return rows.of_person(connection, whose.id, assigned_only=assigned_only, class_id=class_id)
    return rows.of_class(connection, class_id) if class_id is not None else []


def _score(one: Scored, topic: str | None) -> Score:
    parts = [part for part in one.parts if topic in (None, part.topic)]
    whole = one.title is not None or one.behaviour is Behaviour.EXAM
    done = one.finished_at is not None
    questions = sum(part.questions if whole else part.answered for part in parts) if done else None
    points = sum(part.points for part in parts) if questions else None
    exam = " (mock exam)" if one.behaviour is Behaviour.EXAM and one.title is None else ""
    return Score(
        person=one.name or "Erased student",
        person_id=one.user_id,
        quiz=one.attempt_id,
        date=one.finished_at or one.started_at,
        what=one.title if one.title is not None else WHAT[one.plan] + exam,
        behaviour=one.behaviour.value,
        topics=tuple(part.topic for part in parts),
        points=points,
        questions=questions,
        score=points / questions if points is not None and questions else None,
        minutes=_minutes(one, parts),
        finished=done,
    )


def _minutes(one: Scored, parts: Sequence[rows.Part]) -> float | None:
    """Give how long the questions took together; of an exam, where one goes to and fro, from start to end."""
    known = [part.elapsed_ms for part in parts if part.elapsed_ms is not None]
    if known:
        return round(sum(known) / 60_000, 1)
    if one.behaviour is Behaviour.EXAM and one.finished_at is not None:
        return round((one.finished_at - one.started_at).total_seconds() / 60, 1)
    return None


def _days(since: str | None, until: str | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the first moment of the first day and the one after the last day."""
    first, last = _day(since, date(1970, 1, 2)), _day(until, date(9998, 12, 30))
    if first > last:
        raise Refused(f"{since} is later than {until}, so no day is left. Exchange them.")
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def _day(text: str | None, otherwise: date) -> date:
    if text is None:
        return otherwise
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1970 <= day.year <= 2999:
        raise Refused(f"{text} is no day. Write year, month and day, such as 2026-11-21.")
    return day


def _require_topic(connection: Connection, topic: str | None) -> None:
    known = rows.topics(connection)
    if topic is not None and topic not in known:
        raise NotFound(f"There is no topic {topic}. There are: {', '.join(known) or 'none yet'}.")


def _class(connection: Connection, wanted: str) -> Class:
    every = classes.every_class(connection)
    found = _called(every, wanted)
    if not found:
        names = ", ".join(f"#{one.id} {one.name}" for one in every)
        raise NotFound(f"There is no class {wanted}. There are: {names or 'none yet'}.")
    return _only(found, wanted, [f"#{one.id}" for one in found])


def _person(connection: Connection, wanted: str, in_class: Class | None) -> User:
    every = people.present(connection)
    if in_class is not None:
        members = {one.user_id for one in classes.members(connection, in_class.id)}
        every = [one for one in every if one.id in members]
    signing_in = [one for one in every if (one.sign_in_name or "").casefold() == wanted.strip().casefold()]
    found = signing_in or _called(every, wanted)
    if not found:
        where = f"in {in_class.name} " if in_class else ""
        raise NotFound(f"Nobody {where}is called {wanted}. See: quiz people list")
    return _only(found, wanted, [f"#{one.id} {one.sign_in_name or ''}".strip() for one in found])


def _called(every: Iterable[_NAMED], wanted: str) -> list[_NAMED]:
    """Give those with a name or, written `#7`, with a number."""
    plain = wanted.strip().casefold()
    return [one for one in every if plain in (one.name.casefold(), f"#{one.id}")]


def _only(found: Sequence[_NAMED], wanted: str, told: Sequence[str]) -> _NAMED:
    if len(found) > 1:
        raise Refused(
            f"{len(found)} are called {wanted}: {', '.join(told)}. Write the number, such as '#{found[0].id}'."
        )
    return found[0]


def _shares(connection: Connection, person: User, in_class: Class | None) -> bool:
    found: list[tuple[Class, Member]] = classes.classes_of(connection, person.id)
    return any(member.shares_practice for one, member in found if in_class is None or one.id == in_class.id)


def _close_run_out(app: App, found: Sequence[Scored]) -> bool:
    """Close what has run out and nobody has looked at since, so that what was saved counts; say whether any had."""
    closed = False
    for one in found:
        if one.finished_at is None and one.due_at is not None:
            with app.database.write(one.user_id) as connection:
                attempt = read_attempt(connection, one.attempt_id)
                if attempt is not None and overdue(app, attempt):
                    close(app, connection, attempt)
                    closed = True
    return closed
