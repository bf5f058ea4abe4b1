"""What one page of a quiz shows, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizlib.engine.attempt import Key, after, apply, later
from quizlib.engine.behaviour import GRACE, visible
from quizlib.engine.selection import next_position
from quizlib.errors import NotFound
from quizlib.kinds import read_by
from quizlib.model.attempt import Action, Attempt, Behaviour, Item, Place, State
from quizlib.model.authoring import MarkedAgain
from quizlib.model.classes import Assignment, Tells
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.store.answers import attempts as rows
from quizlib.store.answers.assignments import Try, anybody_sits, read_assignment
from quizlib.store.answers.attempts import Standing
from quizlib.store.content.questions import earlier_parts
from quizlib.store.content.rescorings import last_marked_again
from quizlib.store.databases.database import Connection

LONGEST_CLOCK = 12 * 3600
NO_QUIZ = "This quiz is not here. It may belong to somebody else, or to another database."
NO_QUESTION = "This question is not part of your quiz. Nothing was changed."


@dataclass(frozen=True)
class Sheet:
    """One page of a quiz: the attempt, how far it is, and the one item it is at.

    `told_by` is the version by whose key it is told, where that is not its own, and `again` why it was marked again.
    `earlier` are the parts of a case before this one, and whether each may be told with its answer. `places` and
    `seconds_left` are an exam's: every item as an overview shows it, and the time until it is due (None without a
    limit); `closes` says that going on from this part of a case closes it for good.
    """

    attempt: Attempt
    item: Item
    question: Question
    feedback: bool
    total: int
    answered: int
    flagged: bool = False
    earlier: tuple[tuple[Question, bool], ...] = ()
    places: tuple[Place, ...] = ()
    seconds_left: float | None = None
    closes: bool = False
    told_by: Question | None = None
    again: MarkedAgain | None = None

    @property
    def last(self) -> bool:
        """Whether nothing else is open."""
        if self.attempt.endless:
            return False
        return self.answered + (self.item.state is not State.ANSWERED) == self.total


def own(actor: User, attempt: Attempt | None) -> Attempt:
    """Give the attempt back when it is the actor's; raise NotFound otherwise."""
    if attempt is None or attempt.user_id != actor.id:
        raise NotFound(NO_QUIZ)
    return attempt


def standing(
    connection: Connection, actor: User, attempt_id: int, item_id: int, refusal: str = NO_QUESTION
) -> Standing:
    """Read an item of the actor's attempt; raise NotFound with the refusal when there is none."""
    found = rows.read_standing(connection, attempt_id, item_id=item_id)
    if found is None or found.attempt.user_id != actor.id:
        raise NotFound(refusal)
    return found


def key_of(app: App, connection: Connection, found: Standing) -> Key | None:
    """Give by whose key an answer to an item is graded now, where that is not its own."""
    by = found.corrected_by
    return None if by is None else Key(by, app.question(connection, by))


def shown(app: App, connection: Connection, found: Standing, places: Sequence[Place] | None = None) -> Sheet:
    """Give the page of an item."""
    item, attempt = found.item, found.attempt
    question = app.question(connection, item.version_id)
    earlier: tuple[tuple[Question, bool], ...] = ()
    if question.part > 1:
        ids = earlier_parts(connection, question.case, question.part)
        known = app.questions(connection, ids)
        here = {one.question_id: one.state for one in places or rows.read_places(connection, attempt.id)}
        # a part that is still to be answered in this quiz keeps its answer to itself
        may_be_told = (here.get(known[one].id, State.ANSWERED) is State.ANSWERED for one in ids)
        earlier = tuple(zip((known[one] for one in ids), may_be_told, strict=True))
    exam = attempt.behaviour is Behaviour.EXAM
    if exam and places is None:
        places = rows.read_places(connection, attempt.id)
    left = None
    if exam and attempt.due_at is not None and attempt.finished_at is None:
        # a clock that was set back gives no more time than there was at the start
        whole = attempt.due_at - attempt.started_at
        left = max(0.0, min(whole, attempt.due_at - app.clock()).total_seconds())
        # what is due in days needs no clock
        left = left if left < LONGEST_CLOCK else None
    finished = attempt.finished_at is not None
    feedback = visible(item, attempt.behaviour, finished, told(app, connection, attempt)).feedback
    told_by = again = None
    if feedback:
        by = item.graded_by if item.state is State.ANSWERED else found.corrected_by
        told_by = app.question(connection, by) if by is not None else None
        # a step behind the answer, if there is one
        again = last_marked_again(connection, [item.id]).get(item.id) if item.seq > 1 else None
    return Sheet(
        attempt,
        item,
        question,
        feedback,
        found.total,
        sum(place.given for place in places or ()) if exam else found.answered,
        found.flagged,
        earlier,
        tuple(places or ()) if exam else (),
        left,
        exam and item.state in (State.OPEN, State.SAVED) and part_follows(places or (), item.position, question),
        told_by,
        again,
    )


def as_told(item: Item, question: Question, told_by: Question | None) -> Item:
    """Give an item as the version tells it by whose key it counts: with the response as that one reads it."""
    if told_by is None or item.response is None:
        return item
    return item.model_copy(update={"response": read_by(told_by, question, item.response)})


def part_follows(places: Sequence[Place], position: int, question: Question) -> bool:
    """Tell whether the next part of the question's case stands behind it in this attempt."""
    following = f"{question.case}.{question.part + 1}"
    return bool(question.case) and position < len(places) and places[position].question_id == following


def first_open_part(places: Sequence[Place], position: int, question: Question) -> int:
    """Give the position of the first part of the question's case, up to it, that has not closed yet.

    In an exam a later part may tell what an earlier one asks: it opens when those before it are closed. Only parts
    that stand right before it count; a part that came back alone is open.
    """
    first, part = position, question.part
    while position > 1 and part > 1 and places[position - 2].question_id == f"{question.case}.{part - 1}":
        position, part = position - 1, part - 1
        if places[position - 1].state is not State.CLOSED:
            first = position
    return first


def next_open(places: Sequence[Place], position: int) -> int | None:
    """Give the position to go to: the next open question, else one that was skipped, else None."""
    for state in (State.OPEN, State.SKIPPED):
        found = next_position(
            [one.position for one in places if one.state is state and one.position != position], position
        )
        if found is not None:
            return found
    return None


def position_of(places: Sequence[Place], item_id: int) -> int:
    """Give an item's position; raise NotFound when it is not among the places."""
    for one in places:
        if one.item_id == item_id:
            return one.position
    raise NotFound(NO_QUESTION)


def told(app: App, connection: Connection, attempt: Attempt) -> bool:
    """Tell whether a learner may see what was right in a finished attempt: an assignment may keep it back."""
    if attempt.assignment_id is None or attempt.finished_at is None:
        return True
    given = read_assignment(connection, attempt.assignment_id)
    return given is None or tells(app, connection, given)


def tells(app: App, connection: Connection, given: Assignment) -> bool:
    """Tell whether an assignment shows what was right: where that is after the due date, not while anybody has time."""
    now = app.clock()
    waits = given.tells is Tells.AFTER_DUE and given.told_at is None
    return given.told(now) and not (waits and anybody_sits(connection, given.id, now))


def close(app: App, connection: Connection, attempt: Attempt) -> None:
    """Grade what was saved and end the attempt: now, or at the moment it was due where that is past."""
    now = app.clock()
    at = max(now if attempt.due_at is None else min(now, attempt.due_at), attempt.started_at)
    for item in rows.read_items(connection, attempt.id):
        if item.response is None or item.state is State.ANSWERED:
            continue
        found = rows.read_standing(connection, attempt.id, item_id=item.id)
        before = found.last_answered if found else None
        step = apply(
            item,
            Action.SUBMIT,
            now=later(at, before),
            actor_id=attempt.user_id,
            question=app.question(connection, item.version_id),
            key=key_of(app, connection, found) if found else None,
            response=item.response,
        )
        if step is not None:
            rows.add_step(connection, after(item, step), step, first=before is None)
    rows.finish_attempt(connection, attempt.id, at)


def overdue(app: App, attempt: Attempt | Try) -> bool:
    """Tell whether an attempt has run out and is not closed yet."""
    return attempt.finished_at is None and attempt.due_at is not None and app.clock() > attempt.due_at + GRACE
