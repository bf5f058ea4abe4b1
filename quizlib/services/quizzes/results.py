"""What came out of a quiz."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from quizlib.kinds import kind_of
from quizlib.model.attempt import Attempt, Confidence, Grade, Item, Plan, State
from quizlib.model.authoring import MarkedAgain
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import current
from quizlib.services.quizzes.sheets import as_told, own, told
from quizlib.services.quizzes.study import start_fixed
from quizlib.store.answers import attempts as rows
from quizlib.store.content import rescorings
from quizlib.store.content.rescorings import Correction


@dataclass(frozen=True)
class Line:
    """One question of a finished quiz with its grade; no grade where it was not answered.

    `asked` is the question as it was asked, and `question` the version by whose key it is told, as which the item has
    its response: the same unless the key was corrected since. `again` says when and why it was marked again.
    """

    item: Item
    question: Question
    grade: Grade | None
    asked: Question
    again: MarkedAgain | None = None

    @property
    def missed(self) -> bool:
        """Whether it was answered, and not wholly right."""
        return self.grade is not None and not self.grade.right

    @property
    def danger_missed(self) -> bool:
        """Whether something was missed that could cost health or life."""
        return self.missed and self.question.action is not None and self.question.action.alarming

    @property
    def sure_and_wrong(self) -> bool:
        """Whether it was missed although the learner was sure."""
        return self.missed and self.item.confidence is Confidence.SURE


@dataclass(frozen=True)
class Result:
    """A quiz with its lines in order; without grades as long as an instructor has not told them."""

    attempt: Attempt
    lines: tuple[Line, ...]
    took: timedelta | None
    told: bool = True

    @property
    def answered(self) -> int:
        """How many were answered."""
        return sum(line.item.state is State.ANSWERED for line in self.lines)

    @property
    def right(self) -> int:
        """How many were wholly right."""
        return sum(line.grade is not None and line.grade.right for line in self.lines)

    @property
    def look_first(self) -> tuple[Line, ...]:
        """The mistakes: missed dangers first, then what the learner was sure of, then the rest."""
        missed = [line for line in self.lines if line.missed]
        return tuple(sorted(missed, key=lambda line: (not line.danger_missed, not line.sure_and_wrong)))


@dataclass(frozen=True)
class Share:
    """How many of a group were right."""

    name: str
    right: int
    answered: int


def shares(came: Result, group: Callable[[Line], str | None]) -> list[Share]:
    """Count right answers by group, in the order in which groups first appear; None leaves a line out."""
    counts: dict[str, list[int]] = {}
    for line in came.lines:
        name = group(line)
        if line.grade is not None and name is not None:
            count = counts.setdefault(name, [0, 0])
            count[0] += line.grade.right
            count[1] += 1
    return [Share(name, right, answered) for name, (right, answered) in counts.items()]


def result(actor: User, attempt_id: int) -> Result:
    """Give the result of the actor's own quiz, as far as it was taken."""
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        items = rows.read_items(connection, attempt_id)
        tells = told(app, connection, attempt)
        by = {item.id: item.version_id for item in items}
        again: dict[int, MarkedAgain] = {}
        if tells:
            corrected = rescorings.corrections_of(connection, set(by.values()))
            by = {item.id: _told_by(item, corrected) for item in items}
            again = rescorings.last_marked_again(connection, [item.id for item in items if item.seq > 1])
        questions = app.questions(connection, {*by.values(), *(item.version_id for item in items)})
    lines = []
    for stored in items:
        asked, question = questions[stored.version_id], questions[by[stored.id]]
        item = as_told(stored, asked, question)
        grade = None
        if tells and item.state is State.ANSWERED and item.response is not None:
            grade = kind_of(question).grade(question.body, item.response)
        lines.append(Line(item, question, grade, asked, again.get(item.id)))
    took = attempt.finished_at - attempt.started_at if attempt.finished_at else None
    return Result(attempt, tuple(lines), took, tells)


def _told_by(item: Item, corrected: Mapping[int, Correction]) -> int:
    """Give the version by whose key an item counts; where it was not answered, that by which an answer would."""
    if item.state is State.ANSWERED or item.version_id not in corrected:
        return item.graded_by or item.version_id
    return corrected[item.version_id].graded_by


def repeat_mistakes(actor: User, attempt_id: int) -> int:
    """Begin a quiz with the questions that were missed."""
    missed = [line.question.id for line in result(actor, attempt_id).lines if line.missed]
    return start_fixed(actor, missed, Plan.MISTAKES)
