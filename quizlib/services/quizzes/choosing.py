"""Which questions a person wants: how many match, what empties the choice, and the draw."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from random import Random
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from quizlib.engine import selection
from quizlib.engine.selection import Unit
from quizlib.errors import NothingMatches
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.base import Value
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.quizzes.drawing import begin
from quizlib.store.answers import learning
from quizlib.store.answers.assignments import kept_back, untold
from quizlib.store.content import questions
from quizlib.store.databases.database import Connection
from quizlib.store.people import people

ENDLESS_BATCH = 10
EXAM_LENGTH = 20
LONGEST_MINUTES = 300


class Choice(Value):
    """What a person wants to practise; `number` 0 keeps going, `minutes` 0 is no limit."""

    filter: Filter = Filter()
    plan: Plan = Plan.MIXED
    number: Annotated[int, Field(ge=0, le=200)] = 10
    behaviour: Behaviour = Behaviour.PRACTICE
    minutes: Annotated[float, Field(ge=0, le=LONGEST_MINUTES)] = 0
    asks_confidence: bool = False


def match(actor: User, choice: Choice) -> "Match":
    """Count the questions that match a choice, and tell whether they are enough of different ones."""
    app = current()
    with app.database.read() as connection:
        found = _matching(connection, actor, choice.filter, choice.plan)
    return Match(found.questions, selection.within_caps(found.single, found.cases, choice.number or ENDLESS_BATCH))


def what_empties(actor: User, choice: Choice) -> dict[str, tuple[Choice, int]]:
    """Give, for a choice that matches nothing, the parts that could be dropped to make it match.

    The names are those of the filter's fields, and `plan`; with each the choice without it, and how many match that.
    """
    app = current()
    without = {
        name: choice.model_copy(update={"filter": choice.filter.model_copy(update={name: ()})})
        for name in ("levels", "kinds", "topics")
        if getattr(choice.filter, name)
    }
    if choice.plan not in (Plan.RANDOM, Plan.MIXED):
        without["plan"] = choice.model_copy(update={"plan": Plan.MIXED})
    with app.database.read() as connection:
        counted = {
            name: (other, _matching(connection, actor, other.filter, other.plan).questions)
            for name, other in without.items()
        }
    return {name: (other, number) for name, (other, number) in counted.items() if number}


def start(actor: User, choice: Choice, *, remember: bool = True) -> int:
    """Draw a quiz after a choice, remember the choice if wanted, and give the quiz's id.

    Questions of an assignment are left out as long as their answers are kept back. Raises NothingMatches when no
    question matches.
    """
    app = current()
    seed = app.seed()
    if choice.behaviour is Behaviour.EXAM and not choice.number:
        choice = choice.model_copy(update={"number": EXAM_LENGTH})  # an exam has an end
    with app.database.read() as connection:
        without = kept_back(connection, actor.id, app.clock())
        drawn = draw(connection, actor, choice, seed, choice.number or ENDLESS_BATCH, without=without)
    if not drawn:
        raise NothingMatches("No question matches this choice.")
    exam = choice.behaviour is Behaviour.EXAM
    return begin(
        app,
        actor,
        plan=choice.plan,
        behaviour=choice.behaviour,
        filter=choice.filter,
        question_ids=drawn,
        seed=seed,
        number=choice.number,
        asks_confidence=choice.asks_confidence and not exam,
        lasts=timedelta(minutes=choice.minutes) if exam and choice.minutes else None,
        remember=choice.model_dump(mode="json") if remember else None,
    )


def draw(
    connection: Connection,
    actor: User,
    choice: Choice,
    seed: int,
    number: int,
    *,
    without: Collection[str] = (),
) -> list[str]:
    """Draw up to `number` questions for a choice: the same for the same seed, bank and history."""
    rng = Random(seed)
    if choice.plan in (Plan.MISTAKES, Plan.FLAGGED):
        taken = _draw_again(connection, actor, choice, number, without, rng)
    else:
        taken = _draw_units(connection, actor, choice, number, without, rng)
    return [question_id for unit in taken for question_id in unit]


def _draw_again(
    connection: Connection, actor: User, choice: Choice, number: int, without: Collection[str], rng: Random
) -> list[Unit]:
    def refused(ids: Sequence[str]) -> Collection[str]:
        return (frozenset(ids) - questions.matching(connection, choice.filter, ids)) | frozenset(without)

    # whether they are still asked is told for those that are drawn; there may be many
    return selection.draw(sorted(_wanted_again(connection, actor, choice.plan)), [], number, rng, refused)


def _draw_units(
    connection: Connection, actor: User, choice: Choice, number: int, without: Collection[str], rng: Random
) -> list[Unit]:
    found = _matching(connection, actor, choice.filter, Plan.RANDOM)
    only_new = choice.plan in (Plan.NEW, Plan.MIXED)

    def refused(ids: Sequence[str]) -> Collection[str]:
        # which of these were answered is quicker to tell than all that ever were
        return {*without, *(learning.already_answered(connection, actor.id, ids) if only_new else ())}

    mixed = choice.plan is Plan.MIXED
    taken = selection.draw(found.single, found.cases, number, rng, refused, relaxed=not mixed)
    if mixed and selection.size_of(taken) < number:
        left = selection.unseen(found.single, found.cases, without) if without else found
        answered = learning.answered_questions(connection, actor.id)
        taken = selection.filled_up(taken, *left, answered, number, rng)
    return taken


def remembered(actor: User) -> Choice:
    """Give what the person chose last, or what a newcomer starts with."""
    app = current()
    with app.database.read() as connection:
        stored = people.last_choice(connection, actor.id)
    try:
        return Choice.model_validate(stored) if stored else Choice()
    except ValidationError:  # chosen with another version of the program
        return Choice()


class Match(NamedTuple):
    """How many questions match, and whether as many as are wanted can be drawn without too many that are alike."""

    questions: int
    varied: bool


class Matching(NamedTuple):
    """What matches a choice: questions that stand alone, and whole cases."""

    single: list[str]
    cases: list[Unit]

    @property
    def questions(self) -> int:
        """How many questions that is."""
        return len(self.single) + sum(map(len, self.cases))


def _matching(connection: Connection, actor: User, wanted: Filter, plan: Plan) -> Matching:
    if plan in (Plan.MISTAKES, Plan.FLAGGED):
        # parts of a case come back one by one, each with the parts before it told
        return Matching(list(questions.matching(connection, wanted, _wanted_again(connection, actor, plan))), [])
    found = questions.candidates(connection, wanted)
    cases = selection.whole_cases(found.parts)
    if plan is Plan.NEW:
        return Matching(*selection.unseen(found.single, cases, learning.answered_questions(connection, actor.id)))
    return Matching(found.single, cases)


def _wanted_again(connection: Connection, actor: User, plan: Plan) -> set[str]:
    if plan is Plan.FLAGGED:
        return learning.flagged_questions(connection, actor.id)
    # what an instructor has not told yet must not show through what is repeated
    without = untold(connection, actor.id, current().clock())
    missed = learning.missed_questions(connection, actor.id, selection.NEEDED_DAYS, without)
    # right less often than on so many days since: open, without a look at the days
    answers = learning.answers_to(connection, actor.id, missed.often_right, without)
    return {*missed.seldom_right, *selection.open_mistakes(answers, ZoneInfo(actor.time_zone))}
