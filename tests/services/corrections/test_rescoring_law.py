"""Whatever is answered, decided and taken back: every score is what the key that stands gives."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import Clock, frog_options, question
from services.corrections.keys import WHY, answer, assert_whole, item, publish, steps

from quizlib.model.attempt import Step
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.corrections import rescoring
from quizlib.services.quizzes import study

animals = st.sampled_from(["frog", "toad", "newt"])
acts = st.one_of(
    st.tuples(st.just("answer"), animals),
    st.tuples(st.just("begin"), st.none()),
    st.tuples(st.just("answer_begun"), animals),
    st.tuples(st.just("publish"), animals),
    st.tuples(st.just("mark_again"), animals),
    st.tuples(st.just("mark_once_more"), st.none()),
    st.tuples(st.just("undo"), st.none()),
)
_numbers = count(1)


@dataclass
class Quiz:
    """A quiz with the one question: which version it asks, and what was answered."""

    id: int
    version: int
    given: str | None = None
    seen: list[Step] = field(default_factory=list)


@dataclass
class Pond:
    """One question, and what ought to be true of it."""

    app: App
    teacher: User
    clock: Clock
    name: str
    rights: dict[int, str] = field(default_factory=dict)
    by: dict[int, int] = field(default_factory=dict)
    quizzes: list[Quiz] = field(default_factory=list)
    decisions: list[tuple[int, dict[int, int]]] = field(default_factory=list)

    @property
    def newest(self) -> int:
        return max(self.rights)

    def publish(self, right: str) -> None:
        version = publish(self.app, question(self.name, options=frog_options(right)))
        self.rights[version] = right

    def begin(self, _nothing: None) -> None:
        self.quizzes.append(Quiz(study.start_fixed(self.teacher, [self.name]), self.newest))

    def answer(self, text: str) -> None:
        self.begin(None)
        self._answer(self.quizzes[-1], text)

    def answer_begun(self, text: str) -> None:
        for quiz in self.quizzes:
            if quiz.given is None:
                return self._answer(quiz, text)
        return None

    def mark_again(self, right: str) -> None:
        self.publish(right)
        before = dict(self.by)
        done = rescoring.rescore(self.teacher, self.name, self.newest, WHY).rescoring_id
        assert done is not None
        self.decisions.append((done, before))
        self.by = {one: self.newest for one in self.rights if one != self.newest}

    def mark_once_more(self, _nothing: None) -> None:
        if self.decisions and self.newest in self.by.values():
            assert rescoring.rescore(self.teacher, self.name, self.newest, WHY).answers == 0

    def undo(self, _nothing: None) -> None:
        if self.decisions:
            decision, self.by = self.decisions.pop()
            rescoring.undo(self.teacher, decision, "It was not so.")

    def _answer(self, quiz: Quiz, text: str) -> None:
        answer(self.teacher, quiz.id, text)
        quiz.given = text

    def assert_law(self) -> None:
        for quiz in self.quizzes:
            one, found = item(self.app, quiz.id), steps(self.app, quiz.id)
            assert found[: len(quiz.seen)] == quiz.seen, "steps only grow"
            quiz.seen = found
            key = self.by.get(quiz.version, quiz.version)
            if quiz.given is None:
                assert one.fraction is None
            else:
                assert one.fraction == (quiz.given == self.rights[key])
                assert one.graded_by == (None if key == quiz.version else key)


@given(wanted=st.lists(acts, min_size=1, max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_score_is_what_the_standing_key_gives(app: App, teacher: User, clock: Clock, wanted: list[Any]):
    pond = Pond(app, teacher, clock, f"pond-{next(_numbers)}")
    pond.publish("frog")
    for name, what in wanted:
        clock.move(seconds=1)
        getattr(pond, name)(what)
        pond.assert_law()
    while pond.decisions:
        pond.undo(None)
        pond.assert_law()
    assert all(item(app, quiz.id).graded_by is None for quiz in pond.quizzes)
    assert_whole(app)
