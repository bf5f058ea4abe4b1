"""Taking a quiz: start, answer, skip, flag, go on, end."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from quizlib.engine.attempt import after, apply, later
from quizlib.errors import ChangedElsewhere, NotFound
from quizlib.kinds import kind_of
from quizlib.model.attempt import Action, Behaviour, Confidence, Filter, Item, Plan, State, Step
from quizlib.model.person import User
from quizlib.services.app import App, current
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.drawing import begin, items_of
from quizlib.services.quizzes.sheets import (
    NO_QUIZ,
    Sheet,
    close,
    first_open_part,
    key_of,
    next_open,
    overdue,
    own,
    position_of,
    shown,
    standing,
)
from quizlib.store.answers import attempts as rows
from quizlib.store.answers.assignments import kept_back
from quizlib.store.answers.attempts import Standing
from quizlib.store.databases.database import Connection, Taken

MOST = 200


def start(actor: User, *, number: int = 10, topics: Sequence[str] = (), plan: Plan = Plan.RANDOM) -> int:
    """Draw a practice quiz and give its id."""
    choice = Choice(
        filter=Filter(topics=tuple(topics)),
        plan=plan,
        number=min(max(number, 1), MOST),
        asks_confidence=actor.asks_confidence,
    )
    return choosing.start(actor, choice, remember=False)


def start_fixed(actor: User, question_ids: Sequence[str], plan: Plan = Plan.FIXED) -> int:
    """Begin a practice quiz with just these questions, in random order, as far as they are still asked.

    Questions of an assignment are left out as long as their answers are kept back.
    """
    app = current()
    with app.database.read() as connection:
        kept = kept_back(connection, actor.id, app.clock())
    seed = app.seed()
    ids = [one for one in Random(seed).sample(question_ids, len(question_ids)) if one not in kept]
    ids = ids[:MOST]
    return begin(app, actor, plan=plan, filter=Filter(), question_ids=ids, seed=seed)


def start_like(actor: User, attempt_id: int) -> int:
    """Draw a new quiz after the same choice: topics, levels, types, plan, length, and when answers are told."""
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        total = len(rows.read_places(connection, attempt_id))
    plan = attempt.plan if attempt.plan is not Plan.FIXED else Plan.MIXED
    minutes = (attempt.due_at - attempt.started_at).total_seconds() / 60 if attempt.due_at else 0
    if minutes > choosing.LONGEST_MINUTES:  # it ended when an assignment was due, days later
        minutes = 0
    choice = Choice(
        filter=attempt.filter,
        plan=plan,
        number=attempt.number if attempt.number is not None else min(total, MOST),
        behaviour=attempt.behaviour,
        minutes=minutes,
        asks_confidence=attempt.asks_confidence,
    )
    return choosing.start(actor, choice, remember=False)


def sheet(actor: User, attempt_id: int, position: int | None = None) -> Sheet:
    """Give one page of the actor's quiz: at a position, or at the first question that is open.

    A quiz that has run out is closed first.
    """
    app = current()
    with app.database.read() as connection:
        found = _sheet(app, connection, actor, attempt_id, position)
    if not overdue(app, found.attempt):
        return found
    finish(actor, attempt_id)
    with app.database.read() as connection:
        return _sheet(app, connection, actor, attempt_id, position)


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

    `given` is what the browser sent and `seen` how many steps of the item it had seen. A second answer and one to a
    quiz that has ended write nothing: what is stored comes back. The quiz ends with its last answer. Raises
    MalformedResponse when the answer cannot be graded, NotFound when the item is another's, and ChangedElsewhere when
    the assignment ended before.
    """
    app = current()

    def record(connection: Connection, found: Standing) -> Step | None:
        item, attempt = found.item, found.attempt
        behind = seen < item.seq and item.state is State.ANSWERED
        if attempt.finished_at is not None or behind or attempt.behaviour is not Behaviour.PRACTICE:
            return None
        if overdue(app, attempt):
            return None
        question = app.question(connection, item.version_id)
        response = kind_of(question).read(question.body, item.arrangement, given)
        return apply(
            item,
            Action.SUBMIT,
            now=later(app.clock(), found.last_answered),
            actor_id=actor.id,
            question=question,
            key=key_of(app, connection, found),
            response=response,
            confidence=confidence,
            elapsed_ms=elapsed_ms,
        )

    given_to = change(app, actor, attempt_id, item_id, record)
    if not overdue(app, given_to.attempt):
        return given_to
    ended = sheet(actor, attempt_id, given_to.item.position)
    if given_to.item.state is not State.ANSWERED:
        raise ChangedElsewhere("The assignment ended before your answer arrived, so it was not stored.")
    return ended


def skip(actor: User, attempt_id: int, item_id: int) -> Sheet:
    """Leave a question for later in the same quiz; give its page."""
    app = current()

    def record(_connection: Connection, found: Standing) -> Step | None:
        if found.attempt.finished_at is not None or found.attempt.behaviour is not Behaviour.PRACTICE:
            return None
        return apply(found.item, Action.SKIP, now=app.clock(), actor_id=actor.id)

    return change(app, actor, attempt_id, item_id, record)


def flag(actor: User, attempt_id: int, item_id: int, wanted: bool) -> Sheet:
    """Mark a question to come back to, or take the mark away wherever it was set; give its page."""
    app = current()

    def record(connection: Connection, found: Standing) -> Step | None:
        if wanted:
            return None if found.flagged else apply(found.item, Action.FLAG, now=app.clock(), actor_id=actor.id)
        for other in rows.flagged_items(connection, actor.id, found.item.question_id):
            step = apply(other, Action.UNFLAG, now=app.clock(), actor_id=actor.id)
            if step is not None and other.id != item_id:
                rows.add_step(connection, after(other, step), step)
        return apply(found.item, Action.UNFLAG, now=app.clock(), actor_id=actor.id)

    changed = change(app, actor, attempt_id, item_id, record)
    return changed if changed.flagged == wanted else sheet(actor, attempt_id, changed.item.position)


def go_on(actor: User, attempt_id: int, item_id: int) -> Sheet | None:
    """Give the page of the next open question after an item; None, and the quiz ended, when nothing is left."""
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        places = rows.read_places(connection, attempt_id)
        here = position_of(places, item_id)
    if attempt.behaviour is Behaviour.EXAM and attempt.finished_at is None:
        return sheet(actor, attempt_id, min(here + 1, len(places)))  # only handing in ends an exam
    if overdue(app, attempt):
        finish(actor, attempt_id)
        return None
    with app.database.read() as connection:
        position = next_open(places, here)
        if position is not None:
            next_id = places[position - 1].item_id
            following = shown(app, connection, standing(connection, actor, attempt_id, next_id))
            if following.attempt.finished_at is None:
                return following
    if attempt.endless and attempt.finished_at is None:
        return sheet(actor, attempt_id) if _draw_more(app, actor, attempt_id) else None
    finish(actor, attempt_id)
    return None


def finish(actor: User, attempt_id: int) -> None:
    """End a quiz where it stands; what an exam has saved is graded."""
    app = current()
    with app.database.write(actor.id) as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        if attempt.finished_at is not None:
            return
        if attempt.behaviour is Behaviour.EXAM or attempt.due_at is not None:
            close(app, connection, attempt)
        else:
            rows.finish_attempt(connection, attempt_id, max(app.clock(), attempt.started_at))


Record = Callable[[Connection, Standing], Step | None]


def change(app: App, actor: User, attempt_id: int, item_id: int, record: Record) -> Sheet:
    """Let `record` make a step, store it, and give the page after it."""
    for last_try in (False, True):
        try:
            with app.database.write(actor.id) as connection:
                found = standing(connection, actor, attempt_id, item_id)
                step = record(connection, found)
                if step is not None:
                    found = _stored(connection, found, step)
                attempt = found.attempt
                if found.answered == found.total and attempt.finished_at is None and not attempt.endless:
                    ended = max(step.at if step else app.clock(), attempt.started_at)
                    ended = min(ended, attempt.due_at or ended)
                    rows.finish_attempt(connection, attempt_id, ended)
                    found = found._replace(attempt=attempt.model_copy(update={"finished_at": ended}))
                return shown(app, connection, found)
        except Taken:
            # somebody else's step took our place: read again and show what is stored
            if last_try:
                raise
    raise AssertionError("unreachable")


def _stored(connection: Connection, found: Standing, step: Step) -> Standing:
    item: Item = after(found.item, step)
    rows.add_step(connection, item, step, first=found.last_answered is None)
    newly = item.state is State.ANSWERED and found.item.state is not State.ANSWERED
    return found._replace(
        item=item, answered=found.answered + newly, flagged=item.flagged or (found.flagged and step.action != "unflag")
    )


def _sheet(app: App, connection: Connection, actor: User, attempt_id: int, position: int | None) -> Sheet:
    places = rows.read_places(connection, attempt_id)
    if not places:
        raise NotFound(NO_QUIZ)
    if position is None or not 1 <= position <= len(places):
        position = next_open(places, 0) or len(places)
    found = standing(connection, actor, attempt_id, places[position - 1].item_id, NO_QUIZ)
    if found.attempt.behaviour is Behaviour.EXAM and found.attempt.finished_at is None:
        opened = first_open_part(places, position, app.question(connection, found.item.version_id))
        if opened != position:
            found = standing(connection, actor, attempt_id, places[opened - 1].item_id, NO_QUIZ)
    return shown(app, connection, found, places)


def _draw_more(app: App, actor: User, attempt_id: int) -> bool:
    """Add the next questions to a quiz that keeps going, and end it where there are none; say whether it goes on."""
    with app.database.write(actor.id) as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        if attempt.finished_at is not None:
            return False
        if any(place.state is State.OPEN for place in rows.read_places(connection, attempt_id)):
            return True  # another tab has drawn them
        asked = {item.question_id for item in rows.read_items(connection, attempt_id)}
        kept = kept_back(connection, actor.id, app.clock())
        choice = Choice(filter=attempt.filter, plan=attempt.plan)
        seed = attempt.seed + len(asked)
        drawn = choosing.draw(connection, actor, choice, seed, choosing.ENDLESS_BATCH, without=asked | kept)
        more = items_of(app, connection, drawn, attempt.seed, after=len(asked))
        if more:
            rows.add_items(connection, attempt_id, actor.id, more, after=len(asked))
        else:
            rows.finish_attempt(connection, attempt_id, max(app.clock(), attempt.started_at))
        return bool(more)
