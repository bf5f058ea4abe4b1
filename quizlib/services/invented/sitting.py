"""One quiz of an invented student, question by question: the steps are those that a real one would leave."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from quizlib.engine.attempt import Key, after, apply, later
from quizlib.engine.selection import arrangement
from quizlib.kinds import kind_of
from quizlib.model.attempt import Action, Behaviour, Item, Json, State, Step
from quizlib.model.question import Question
from quizlib.services.invented.answering import Answered, Traits

FLAGGED, SKIPPED, CHANGED, BLANK = 0.02, 0.015, 0.08, 0.03
LEFT, LEFT_FOR_LATER = 0.04, 0.15
_NOBODY = 0  # who acts is known when the people are stored
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Asked:
    """A question as it is asked now: its version, by whose key it is graded, and what it is like."""

    version_id: int
    asked_hash: str
    question: Question
    traits: Traits
    key: Key | None = None


Answer = Callable[[Asked, datetime], Answered]


@dataclass
class Paper:
    """A question in a quiz: the item as it stands, and the steps that led there."""

    asked: Asked
    item: Item
    first: bool = False
    steps: list[Step] = field(default_factory=list)

    def do(self, action: Action, at: datetime, **more: Any) -> None:
        """Record an action, unless it changes nothing."""
        asked = self.asked
        step = apply(self.item, action, now=at, actor_id=_NOBODY, question=asked.question, key=asked.key, **more)
        if step is not None:
            self.item = after(self.item, step)
            self.steps.append(step)

    def response(self, answered: Answered) -> Json:
        """Read an answer as the browser would have sent it."""
        question, order = self.asked.question, self.item.arrangement
        response: Json = kind_of(question).read(question.body, order, [order.index(one) for one in answered.chosen])
        return response


@dataclass
class Sat:
    """A quiz as it was sat: its row without the person, and its papers; `given` is an assignment by its number."""

    given: int | None
    attempt: dict[str, Any]
    papers: list[Paper]

    @property
    def ends(self) -> datetime:
        """When the student got up."""
        steps = [paper.steps[-1].at for paper in self.papers if paper.steps]
        return max(steps, default=self.attempt["started_at"])


class Sitting:
    """Sits one quiz after the other for one student; `answer` and `before` are what the student does and did."""

    def __init__(self, answer: Answer, before: dict[str, datetime], now: datetime, rng: Random) -> None:
        self._answer, self._before, self._now, self._rng = answer, before, now, rng

    def sit(self, given: int | None, attempt: dict[str, Any], asked: Sequence[Asked], seed: int) -> Sat:
        """Sit a quiz from beginning to end, or as far as there is time; `seed` gives the option orders."""
        papers = [Paper(one, _item(one, position, seed)) for position, one in enumerate(asked, start=1)]
        sat = Sat(given, attempt, papers)
        if attempt["behaviour"] is Behaviour.EXAM:
            self._exam(sat)
        else:
            self._practice(sat)
        return sat

    def _practice(self, sat: Sat) -> None:
        rng, attempt = self._rng, sat.attempt
        at: datetime = attempt["started_at"]
        due = attempt["due_at"]
        often = LEFT if due is None or due < self._now else LEFT_FOR_LATER
        leaves = rng.randint(1, len(sat.papers)) if rng.random() < often else None
        for paper in self._in_turn(sat.papers):
            answered = self._answer(paper.asked, at)
            at += answered.seconds * _SECOND
            if at >= min(self._now, due or self._now) or paper.item.position == leaves:
                break
            if paper.item.state is State.OPEN and rng.random() < SKIPPED:
                paper.do(Action.SKIP, at)
                continue
            if rng.random() < FLAGGED:
                paper.do(Action.FLAG, at - _SECOND)
            self._submit(paper, at, answered, sure=attempt["asks_confidence"], timed=True)
            at += rng.uniform(4, 25) * _SECOND
        if all(paper.item.state is State.ANSWERED for paper in sat.papers):
            attempt["finished_at"] = sat.ends
        elif due is not None:
            attempt["finished_at"] = due if due < self._now else None
        elif rng.random() < 0.8:
            attempt["finished_at"] = min(sat.ends + 5 * _SECOND, self._now)

    def _in_turn(self, papers: list[Paper]) -> Iterator[Paper]:
        """Give every question in order, then those that were skipped."""
        yield from papers
        yield from [paper for paper in papers if paper.item.state is State.SKIPPED]

    def _exam(self, sat: Sat) -> None:
        rng = self._rng
        at: datetime = sat.attempt["started_at"]
        due: datetime = sat.attempt["due_at"]
        for paper in sat.papers:
            answered = self._answer(paper.asked, at)
            at += answered.seconds * _SECOND
            if at >= due:
                break
            if rng.random() < BLANK:
                continue
            if rng.random() < CHANGED:
                other = self._answer(paper.asked, at)
                paper.do(Action.SAVE, at - 3 * _SECOND, response=paper.response(other))
            paper.do(Action.SAVE, at, response=paper.response(answered))
        ends = min(at + rng.uniform(5, 60) * _SECOND, due)
        for paper in sat.papers:
            if paper.item.response is not None:
                self._submit(paper, ends, None, sure=False, timed=False)
        sat.attempt["finished_at"] = ends

    def _submit(self, paper: Paper, at: datetime, answered: Answered | None, *, sure: bool, timed: bool) -> None:
        question_id = paper.asked.question.id
        before = self._before.get(question_id)
        at = later(at, before)
        paper.first = before is None
        paper.do(
            Action.SUBMIT,
            at,
            response=paper.response(answered) if answered else paper.item.response,
            confidence=answered.confidence if answered and sure and self._rng.random() > 0.05 else None,
            elapsed_ms=round(answered.seconds * 1000) if answered and timed else None,
        )
        self._before[question_id] = at


def _item(one: Asked, position: int, seed: int) -> Item:
    return Item(
        id=0,
        attempt_id=0,
        position=position,
        question_id=one.question.id,
        version_id=one.version_id,
        topic=one.question.topic,
        arrangement=arrangement(one.question, seed, position),
    )
