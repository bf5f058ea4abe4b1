"""Taking a quiz: start, answer, skip, flag, end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from quizlib.engine.attempt import after, apply
from quizlib.engine.behaviour import visible
from quizlib.engine.selection import arrangement, draw, next_position
from quizlib.errors import NotFound, NothingMatches
from quizlib.kinds import kind_of
from quizlib.model.attempt import Action, Attempt, Behaviour, Confidence, Filter, Item, Place, Plan, State, Step
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App, current
from quizlib.store import attempts as rows
from quizlib.store.attempts import Standing
from quizlib.store.database import Connection, Taken
from quizlib.store.questions import live_ids, live_versions

MOST = 200
NO_QUIZ = "This quiz is not here. It may belong to somebody else, or to another database."
NO_QUESTION = "This question is not part of your quiz. Nothing was changed."


@dataclass(frozen=True)
class Sheet:
    """What one page of a quiz shows: the attempt, how far it is, and the one item it is at."""

    attempt: Attempt
    item: Item
    question: Question
    feedback: bool
    total: int
    answered: int

    @property
    def last(self) -> bool:
        """Whether nothing else is open."""
        return self.answered + (self.item.state is not State.ANSWERED) == self.total


def start(actor: User, *, number: int = 10, topics: Sequence[str] = ()) -> int:
    """Draw a practice quiz at random and give its id."""
    app = current()
    number = min(max(number, 1), MOST)
    with app.database.read() as connection:
        candidates = live_ids(connection, topics)
    seed = app.seed()
    return _begin(app, actor, Plan.RANDOM, Filter(topics=tuple(topics)), draw(candidates, number, Random(seed)), seed)


def start_fixed(actor: User, question_ids: Sequence[str], plan: Plan = Plan.FIXED) -> int:
    """Begin a practice quiz with just these questions, in random order, as far as they are still asked."""
    app = current()
    seed = app.seed()
    return _begin(app, actor, plan, Filter(), draw(list(question_ids), MOST, Random(seed)), seed)


def start_like(actor: User, attempt_id: int) -> int:
    """Draw a new quiz from the same topics and of the same length."""
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        number = len(rows.read_items(connection, attempt_id))
    return start(actor, number=number if attempt.plan is Plan.RANDOM else 10, topics=attempt.filter.topics)


def sheet(actor: User, attempt_id: int, position: int | None = None) -> Sheet:
    """Give one page of the actor's quiz: at a position, or at the first question that is open."""
    app = current()
    with app.database.read() as connection:
        places = rows.read_places(connection, attempt_id)
        if position is None or not 1 <= position <= len(places):
            position = next_open(places, 0) or len(places)
        item_id = places[position - 1].item_id if places else 0
        return _sheet(app, connection, actor, attempt_id, item_id)


def answer(
    actor: User,
    attempt_id: int,
    item_id: int,
    given: Any,
    *,
    seen: int,
    confidence: Confidence | None = None,
    elapsed_ms: int | None = None,
) -> Sheet:
    """Record an answer and give the page as it stands after it.

    `given` is what the browser sent and `seen` how many steps of the item it had seen. A second answer and
    one to a quiz that has ended write nothing: what is stored comes back. The quiz ends with
    its last answer. Raises MalformedResponse when the answer cannot be graded, NotFound when the item is another's.
    """
    app = current()

    def record(connection: Connection, found: Standing) -> Step | None:
        item = found.item
        if found.attempt.finished_at is not None or (seen < item.seq and item.state is State.ANSWERED):
            return None
        question = app.question(connection, item.version_id)
        response = kind_of(question).read(question.body, item.arrangement, given)
        return apply(
            item,
            Action.SUBMIT,
            now=_later(app.clock(), found.last_answered),
            actor_id=actor.id,
            question=question,
            response=response,
            confidence=confidence,
            elapsed_ms=elapsed_ms,
        )

    return _change(app, actor, attempt_id, item_id, record)


def skip(actor: User, attempt_id: int, item_id: int) -> Sheet:
    """Leave a question for later in the same quiz; give its page."""
    app = current()

    def record(_connection: Connection, found: Standing) -> Step | None:
        if found.attempt.finished_at is not None:
            return None
        return apply(found.item, Action.SKIP, now=app.clock(), actor_id=actor.id)

    return _change(app, actor, attempt_id, item_id, record)


def flag(actor: User, attempt_id: int, item_id: int, wanted: bool) -> Sheet:
    """Mark a question to come back to, or take the mark away, also after the end of the quiz; give its page."""
    app = current()
    action = Action.FLAG if wanted else Action.UNFLAG

    def record(_connection: Connection, found: Standing) -> Step | None:
        return apply(found.item, action, now=app.clock(), actor_id=actor.id)

    return _change(app, actor, attempt_id, item_id, record)


def go_on(actor: User, attempt_id: int, item_id: int) -> Sheet | None:
    """Give the page of the next open question after an item; None, and the quiz ended, when nothing is left."""
    app = current()
    with app.database.read() as connection:
        places = rows.read_places(connection, attempt_id)
        position = next_open(places, _position(places, item_id))
        if position is not None:
            following = _sheet(app, connection, actor, attempt_id, places[position - 1].item_id)
            if following.attempt.finished_at is None:
                return following
    finish(actor, attempt_id)
    return None


def finish(actor: User, attempt_id: int) -> None:
    """End a quiz where it stands."""
    app = current()
    with app.database.write() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        rows.finish_attempt(connection, attempt_id, max(app.clock(), attempt.started_at))


def next_open(places: Sequence[Place], position: int) -> int | None:
    """Give the position to go to: the next open question, else one that was skipped, else None."""
    for state in (State.OPEN, State.SKIPPED):
        found = next_position(
            [one.position for one in places if one.state is state and one.position != position], position
        )
        if found is not None:
            return found
    return None


def _begin(app: App, actor: User, plan: Plan, filter: Filter, question_ids: Sequence[str], seed: int) -> int:
    with app.database.write() as connection:
        versions = live_versions(connection, question_ids)
        if not versions:
            raise NothingMatches("No question matches this choice. Choose more topics.")
        found = app.questions(connection, [one["version_id"] for one in versions])
        drawn = [
            {
                "version_id": one["version_id"],
                "question_id": one["id"],
                "topic": one["topic"],
                "asked_hash": one["asked_hash"],
                "arrangement": arrangement(found[one["version_id"]], seed, position),
            }
            for position, one in enumerate(versions, start=1)
        ]
        return rows.add_attempt(
            connection,
            user_id=actor.id,
            plan=plan,
            behaviour=Behaviour.PRACTICE,
            filter=filter,
            seed=seed,
            asks_confidence=actor.asks_confidence,
            now=app.clock(),
            drawn=drawn,
        )


Record = Callable[[Connection, Standing], Step | None]


def _change(app: App, actor: User, attempt_id: int, item_id: int, record: Record) -> Sheet:
    """Let `record` make a step, store it, and give the page after it."""
    for last_try in (False, True):
        try:
            with app.database.write() as connection:
                found = _own_item(actor, rows.read_standing(connection, attempt_id, item_id=item_id))
                step = record(connection, found)
                if step is not None:
                    item = after(found.item, step)
                    rows.add_step(connection, item, step, first=found.last_answered is None)
                    newly = item.state is State.ANSWERED and found.item.state is not State.ANSWERED
                    found = found._replace(item=item, answered=found.answered + newly)
                if found.answered == found.total and found.attempt.finished_at is None:
                    ended = max(step.at if step else app.clock(), found.attempt.started_at)
                    rows.finish_attempt(connection, attempt_id, ended)
                    found = found._replace(attempt=found.attempt.model_copy(update={"finished_at": ended}))
                return _shown(app, connection, found)
        except Taken:
            # somebody else's step took our place: read again and show what is stored
            if last_try:
                raise
    raise AssertionError("unreachable")


def _sheet(app: App, connection: Connection, actor: User, attempt_id: int, item_id: int) -> Sheet:
    return _shown(
        app, connection, _own_item(actor, rows.read_standing(connection, attempt_id, item_id=item_id), NO_QUIZ)
    )


def _shown(app: App, connection: Connection, found: Standing) -> Sheet:
    item, attempt = found.item, found.attempt
    showing = visible(item, attempt.behaviour, attempt.finished_at is not None)
    question = app.question(connection, item.version_id)
    return Sheet(attempt, item, question, showing.feedback, found.total, found.answered)


def _position(places: Sequence[Place], item_id: int) -> int:
    for one in places:
        if one.item_id == item_id:
            return one.position
    raise NotFound(NO_QUESTION)


def _own_item(actor: User, found: Standing | None, refusal: str = NO_QUESTION) -> Standing:
    if found is None or found.attempt.user_id != actor.id:
        raise NotFound(refusal)
    return found


def own(actor: User, attempt: Attempt | None) -> Attempt:
    """Give the attempt back when it is the actor's; raise NotFound otherwise."""
    if attempt is None or attempt.user_id != actor.id:
        raise NotFound(NO_QUIZ)
    return attempt


def _later(now: datetime, before: datetime | None) -> datetime:
    """Give now, or the moment after `before`: a clock that jumps back must not reorder a learner's answers."""
    return now if before is None or now > before else before + timedelta(microseconds=1)
