"""The term of one invented student: what they sit, one thing after the other, and what they choose for themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from quizlib.engine import selection
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.services.classes.ends import ends_at
from quizlib.services.invented import answering
from quizlib.services.invented.answering import Answered
from quizlib.services.invented.cast import Student
from quizlib.services.invented.schedule import sessions
from quizlib.services.invented.sitting import Asked, Sat, Sitting
from quizlib.services.invented.term import KIND, LONG, Given, kept_until

MOCK_EXAM, EXAM_MINUTES, ONE_TOPIC = 0.07, 25, 0.4
# how often each is chosen, against the others
_LENGTHS = {10: 6, 5: 3, 20: 1}
_PLANS = {Plan.MIXED: 9, Plan.RANDOM: 5, Plan.MISTAKES: 4, Plan.NEW: 2}
_A_BREAK = timedelta(minutes=10)
_A_DAY = timedelta(days=1)


class World(NamedTuple):
    """What is the same for everybody: the assignments, the questions by id, the present, and where they live."""

    term: Sequence[Given]
    bank: Mapping[str, Asked]
    now: datetime
    zone: ZoneInfo
    seed: int

    def elapsed(self, at: datetime) -> float:
        """Tell which share of the term has passed."""
        begins, ends = self.term[0].opens_at, self.term[-1].due_at
        return (at - begins) / (ends - begins)


class Learner:
    """One student in the course of a term."""

    def __init__(self, student: Student, world: World) -> None:
        self._student, self._world = student, world
        self._rng = Random(f"{world.seed}:{student.name}")
        self._before: dict[str, datetime] = {}
        self._answers: dict[str, list[tuple[datetime, float]]] = {}
        self._kept: dict[str, datetime] = {}
        self._left: set[int] = set()
        self._topics = sorted({one.question.topic for one in world.bank.values()})
        self._free_at = world.term[0].opens_at
        self._sitting = Sitting(self._answer, self._before, world.now, self._rng)

    def sit_all(self) -> list[Sat]:
        """Sit everything of the term until now, in order of time."""
        found = []
        world = self._world
        for one in sessions(self._student, world.term, world.now, world.zone, self._rng):
            at = max(one.at, self._free_at + self._rng.uniform(1, 4) * _A_BREAK)
            sat = self._own(at) if one.given is None else self._assigned(one.given, at)
            if sat is not None:
                self._remember(sat)
                found.append(sat)
        return found

    def _assigned(self, number: int, at: datetime) -> Sat | None:
        given = self._world.term[number]
        assignment = given.assignment
        ends = ends_at(assignment, at, self._student.extra_time)
        exam = assignment.behaviour is Behaviour.EXAM
        if number in self._left:  # what was left waits to be gone on with; nothing new begins before
            return None
        if at >= min(given.due_at, self._world.now) or (exam and ends is not None and ends > self._world.now):
            return None
        until = kept_until(given)
        if until is not None:
            self._kept |= dict.fromkeys(given.question_ids, until)
        # everybody's own order of the options, also where the questions are the same
        return self._sat(
            number,
            given.question_ids,
            at,
            ends,
            option_seed=self._rng.getrandbits(48),
            plan=Plan.FIXED,
            behaviour=assignment.behaviour,
            filter=assignment.filter,
            seed=assignment.seed,
            number=len(given.question_ids),
        )

    def _own(self, at: datetime) -> Sat | None:
        rng = self._rng
        exam = rng.random() < MOCK_EXAM
        plan = Plan.RANDOM if exam else rng.choices(list(_PLANS), list(_PLANS.values()))[0]
        wanted = Filter(topics=(rng.choice(self._topics),) if rng.random() < ONE_TOPIC else (), kinds=(KIND,))
        length = LONG if exam else rng.choices(list(_LENGTHS), list(_LENGTHS.values()))[0]
        ends = at + timedelta(minutes=EXAM_MINUTES) if exam else None
        drawn = self._draw(plan, wanted, length, at)
        if not drawn or at >= self._world.now or (ends is not None and ends > self._world.now):
            return None
        seed = rng.getrandbits(48)
        behaviour = Behaviour.EXAM if exam else Behaviour.PRACTICE
        return self._sat(
            None,
            drawn,
            at,
            ends,
            option_seed=seed,
            plan=plan,
            behaviour=behaviour,
            filter=wanted,
            seed=seed,
            number=length,
        )

    def _sat(
        self,
        given: int | None,
        question_ids: Sequence[str],
        at: datetime,
        ends: datetime | None,
        *,
        option_seed: int,
        filter: Filter,
        behaviour: Behaviour,
        **more: Any,
    ) -> Sat:
        asks = self._student.asks_confidence and behaviour is Behaviour.PRACTICE
        attempt = {
            "behaviour": behaviour,
            "filter": filter.model_dump(mode="json"),
            "asks_confidence": asks,
            "started_at": at,
            "due_at": ends,
            "finished_at": None,
            **more,
        }
        return self._sitting.sit(given, attempt, [self._world.bank[one] for one in question_ids], option_seed)

    def _draw(self, plan: Plan, wanted: Filter, number: int, at: datetime) -> list[str]:
        """Draw as the app does: what is kept back is not asked, and new questions come before old ones."""
        rng = self._rng
        kept = {one for one, until in self._kept.items() if until > at}
        matching = [
            one
            for one, asked in self._world.bank.items()
            if one not in kept and (not wanted.topics or asked.question.topic in wanted.topics)
        ]
        if plan is Plan.MISTAKES:
            matching = sorted(selection.open_mistakes(self._answers, self._world.zone).intersection(matching))
        refused = set(self._before) if plan in (Plan.NEW, Plan.MIXED) else set()
        mixed = plan is Plan.MIXED
        drawn = selection.draw(matching, [], number, rng, refused.intersection, relaxed=not mixed)
        if mixed and selection.size_of(drawn) < number:
            oldest = sorted(self._before, key=self._before.__getitem__)
            drawn = selection.filled_up(drawn, matching, [], oldest, number, rng)
        return [one for unit in drawn for one in unit]

    def _answer(self, asked: Asked, at: datetime) -> Answered:
        practised = sum(map(len, self._answers.values()))
        theta = answering.ability(self._student, practised, self._world.elapsed(at))
        before = self._before.get(asked.question.id)
        if before is not None:
            theta += answering.remembered((at - before) / _A_DAY)
        return answering.answer(self._student, theta, asked.traits, self._rng)

    def _remember(self, sat: Sat) -> None:
        self._free_at = sat.ends
        if sat.given is not None and sat.attempt["finished_at"] != sat.ends:
            self._left.add(sat.given)
        for paper in sat.papers:
            item = paper.item
            if item.answered_at is not None and item.fraction is not None:
                self._answers.setdefault(item.question_id, []).append((item.answered_at, item.fraction))
