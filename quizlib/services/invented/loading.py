"""Putting an invented class into the database: sixty students over three months, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from quizlib.engine.attempt import Key
from quizlib.engine.selection import family_of
from quizlib.errors import Refused
from quizlib.model.attempt import Filter, State
from quizlib.model.authoring import About
from quizlib.model.person import Role, User
from quizlib.services.app import BANK_CHANGE, App, Progress
from quizlib.services.authoring import statistics
from quizlib.services.invented.answering import traits
from quizlib.services.invented.cast import NAMES, Student, students
from quizlib.services.invented.learner import Learner, World
from quizlib.services.invented.sitting import Asked, Paper, Sat
from quizlib.services.invented.term import KIND, LONG, Given, term
from quizlib.store.answers.assignments import columns_of
from quizlib.store.answers.tallies import tally
from quizlib.store.content.complaints import keep_complaint
from quizlib.store.content.questions import candidates, live_versions
from quizlib.store.content.rescorings import Correction, corrections_of
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection
from quizlib.store.people import invented as rows
from quizlib.store.people import people

NAME = "Anatomy, winter term (invented)"
WEEKS, SEED = 13, 60
# so many that a student does not meet the same ones all the time
FEWEST = 2 * LONG
# of more than these it is asked a part, drawn at random
MOST = 2_000
ALREADY = "An invented class is loaded already. Take it away first with: quiz demo remove"
_COMPLAINTS = (
    (About.KEY, "I think two of these can be right."),
    (About.KEY, "Our lecture notes say the other one."),
    (About.UNCLEAR, "The longer I think about it, the less I know which one is meant."),
)


class Loaded(NamedTuple):
    """What was put into the database."""

    class_id: int
    students: int
    assignments: int
    quizzes: int
    answers: int


def load(
    app: App,
    instructors: Sequence[User],
    *,
    anyway: bool = False,
    number: int = len(NAMES),
    weeks: int = WEEKS,
    seed: int = SEED,
    progress: Progress | None = None,
    counting: Progress | None = None,
) -> Loaded:
    """Make up a class that these people instruct, and store it whole or not at all.

    The same seed makes the same class of the same questions; its days count back from now. `anyway` loads it also where
    real classes have answered, in whose figures its answers count as well. `progress` is told of the students, and
    `counting` of the questions, whose figures are found anew when the class is stored. Raises Refused.
    """
    now = app.clock().replace(microsecond=0)
    zone = ZoneInfo(instructors[0].time_zone)
    with app.database.read() as connection:
        _require_room(connection, instructors, anyway=anyway)
        bank, corrected = _bank(app, connection, seed)
    pool: dict[str, list[str]] = {}
    for one in bank.values():
        pool.setdefault(one.question.topic, []).append(one.question.id)
    given = term(now, zone, weeks, list(app.catalogue.topics.values()), pool, Random(seed))
    odd = _make_odd(bank, given, seed)
    cast = students(number, Random(seed))
    world = World(given, bank, now, zone, seed)
    sat: list[tuple[int, Sat]] = []
    for place, student in enumerate(cast):
        sat += [(place, one) for one in Learner(student, world).sit_all()]
        if progress is not None:
            progress(place + 1, len(cast))
    # the numbers of quizzes grow with time, as real ones do
    sat.sort(key=lambda one: (one[1].attempt["started_at"], one[0]))
    with app.database.write(BANK) as connection:
        if rows.loaded(connection):
            raise Refused(ALREADY)
        if corrections_of(connection, [one.version_id for one in bank.values()]) != corrected:
            raise Refused("Answers were marked again meanwhile. Try again.")
        class_id = _store(connection, instructors, cast, given, sat, odd, now)
        note_change(connection, BANK_CHANGE)
        app.invented = True
    statistics.refresh(app, progress=counting)
    answers = sum(paper.item.state is State.ANSWERED for _, one in sat for paper in one.papers)
    return Loaded(class_id, len(cast), len(given), len(sat), answers)


def _require_room(connection: Connection, instructors: Sequence[User], *, anyway: bool) -> None:
    if rows.loaded(connection):
        raise Refused(ALREADY)
    for one in instructors:
        if not one.instructs:
            who = one.sign_in_name or f"#{one.id}"
            raise Refused(f"{one.name} is not an instructor. Change that with: quiz people role {who} instructor")
    if not anyway and rows.real_class_answers(connection):
        raise Refused(
            "Real classes have answered questions here, and invented answers would count in the figures of these "
            "questions until they are taken away. Load the class all the same with --yes."
        )


def _bank(app: App, connection: Connection, seed: int) -> tuple[dict[str, Asked], dict[int, Correction]]:
    """Give the questions that the class is asked, by id, and those of their versions whose key was corrected."""
    # parts of cases are told one by one, and sitting them is another matter
    single = candidates(connection, Filter(kinds=(KIND,))).single
    found = live_versions(connection, sorted(Random(seed).sample(single, MOST)) if len(single) > MOST else single)
    if len(found) < FEWEST:
        raise Refused(
            f"An invented class needs {FEWEST} questions of the type choice, and {len(found)} are asked. "
            "Take in more with: quiz bank sync"
        )
    versions = [one["version_id"] for one in found]
    corrected = corrections_of(connection, versions)
    questions = app.questions(connection, {*versions, *(one.graded_by for one in corrected.values())})
    bank = {}
    for one in found:
        question = questions[one["version_id"]]
        to = corrected.get(one["version_id"])
        key = Key(to.graded_by, questions[to.graded_by]) if to else None
        bank[question.id] = Asked(one["version_id"], one["asked_hash"], question, traits(question, seed), key)
    return bank, corrected


def _make_odd(bank: dict[str, Asked], given: Sequence[Given], seed: int) -> str | None:
    """Make two questions that everybody is asked odd (see `answering`); give the one with the lure, if there is one."""
    exams = [one for one in given if one.assignment.minutes is not None]
    asked = max(exams or given, key=lambda one: len(one.question_ids)).question_ids
    fit = [one for one in asked if bank[one].traits.one and len(bank[one].traits.tempting) > 2]
    fit.sort(key=lambda one: (family_of(one) is not None, not bank[one].traits.misconceptions, one))
    for one, odd in zip(fit, ({"lures": True}, {"has_dead": True}), strict=False):
        bank[one] = replace(bank[one], traits=traits(bank[one].question, seed, **odd))
    return fit[0] if fit else None


def _store(
    connection: Connection,
    instructors: Sequence[User],
    cast: Sequence[Student],
    given: Sequence[Given],
    sat: Sequence[tuple[int, Sat]],
    odd: str | None,
    now: datetime,
) -> int:
    began = given[0].opens_at - timedelta(days=3)
    class_id = rows.add_class(connection, name=NAME, instructors=[one.id for one in instructors], now=began)
    ids = _add_people(connection, class_id, cast, instructors[0].time_zone, began)
    assignment_ids = rows.add_assignments(
        connection,
        [
            {
                **columns_of(one.assignment),
                "class_id": class_id,
                "drawn_ids": list(one.question_ids),
                "seed": one.assignment.seed,
                "made_by": instructors[0].id,
                "made_at": one.opens_at - timedelta(days=1),
            }
            for one in given
        ],
    )
    attempt_ids = rows.add_attempts(
        connection,
        [
            {
                **one.attempt,
                "user_id": ids[place],
                "assignment_id": None if one.given is None else assignment_ids[one.given],
            }
            for place, one in sat
        ],
    )
    papers = [
        (ids[place], attempt_id, paper)
        for (place, one), attempt_id in zip(sat, attempt_ids, strict=True)
        for paper in one.papers
    ]
    item_ids = rows.add_items(connection, [_item_row(*one) for one in papers])
    rows.add_steps(
        connection,
        [
            {**step.model_dump(), "item_id": item_id, "actor_id": user_id}
            for (user_id, _, paper), item_id in zip(papers, item_ids, strict=True)
            for step in paper.steps
        ],
    )
    tally(connection, attempt_ids)
    _complain(connection, papers, item_ids, odd, now)
    return class_id


def _add_people(
    connection: Connection, class_id: int, cast: Sequence[Student], time_zone: str, now: datetime
) -> list[int]:
    """Store people in whose name nobody can sign in."""
    shared = {"roles": [Role.STUDENT], "time_zone": time_zone, "invented": True}
    named = [{"name": one.name, "asks_confidence": one.asks_confidence, **shared} for one in cast]
    ids = people.add_users(connection, now, named)
    members = [
        {
            "user_id": user_id,
            "role": Role.STUDENT,
            "extra_time": one.extra_time,
            "shares_practice": one.shares_practice,
        }
        for user_id, one in zip(ids, cast, strict=True)
    ]
    rows.add_members(connection, class_id, members, now)
    return ids


def _item_row(user_id: int, attempt_id: int, paper: Paper) -> dict[str, Any]:
    return {
        **paper.item.model_dump(exclude={"id"}),
        "attempt_id": attempt_id,
        "user_id": user_id,
        "asked_hash": paper.asked.asked_hash,
        "first": paper.first,
    }


def _complain(
    connection: Connection,
    papers: Sequence[tuple[int, int, Paper]],
    item_ids: Sequence[int],
    odd: str | None,
    now: datetime,
) -> None:
    """Have a few who missed the question with the lure say so, days later."""
    wrong = [
        (user_id, paper.item.model_copy(update={"id": item_id}))
        for (user_id, _, paper), item_id in zip(papers, item_ids, strict=True)
        if paper.item.question_id == odd and paper.first and paper.item.fraction == 0
    ]
    for (user_id, item), (about, text) in zip(wrong, _COMPLAINTS, strict=False):
        at = item.answered_at + timedelta(days=7) if item.answered_at else now
        keep_complaint(connection, user_id, item, about, text, min(at, now))
