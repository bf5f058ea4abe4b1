"""A share code gives the same paper on another machine with the same bank, and says what is missing elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from makers import Clock, items_of, option, pond, question, write_bank, write_case

from quizlib.config import Settings
from quizlib.engine.share_code import BadCode
from quizlib.errors import NotFound, NothingMatches
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App, open_app, use
from quizlib.services.people.people import local_person
from quizlib.services.quizzes import choosing, sharing, study
from quizlib.services.quizzes.choosing import Choice

OPTIONS = [option("frog", True), *(option(f"toad {n}") for n in range(7))]


def questions() -> list[Question]:
    more = [question(f"frog-{n}", options=OPTIONS, level="apply" if n % 2 else "recall") for n in range(12)]
    return [*pond(), *more]


def machine(folder: Path, asked: list[Question]) -> Settings:
    bank = write_bank(folder / "questions", asked)
    write_case(bank)
    return Settings(database_url=f"sqlite:///{folder / 'quiz.db'}", questions=bank)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Sixteen single questions, most of them with eight options, and a case."""
    return replace(machine(tmp_path, questions()), database_url=database_url)


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock) -> Iterator[App]:
    """Another machine with the same bank, on which another learner has done something before."""
    with open_app(machine(tmp_path / "elsewhere", questions()), clock=clock) as opened:
        use(opened)
        person = local_person()
        study.finish(person, study.start_fixed(person, ["frog"]))
        use(None)
        yield opened


def paper(app: App, quiz: int) -> list[tuple[int, str, tuple[int, ...]]]:
    return [(one.position, one.question_id, one.arrangement) for one in items_of(app, quiz)]


def begin(learner: User, number: int = 10, **wanted: tuple[str, ...]) -> int:
    return choosing.start(learner, Choice(plan=Plan.RANDOM, number=number, filter=Filter(**wanted)))


def code(learner: User, quiz: int) -> str:
    found = sharing.code_of(learner, quiz)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "wanted",
    [{}, {"topics": ("meadow",)}, {"levels": ("apply",)}, {"kinds": ("choice",)}, {"topics": ("pond", "meadow")}],
    ids=str,
)
@pytest.mark.parametrize("number", [1, 10, 200])
def test_another_machine_with_the_same_bank_gives_the_same_paper(
    app: App, learner: User, elsewhere: App, number: int, wanted: dict[str, tuple[str, ...]]
):
    use(app)
    quiz = begin(learner, number, **wanted)
    shared = code(learner, quiz)
    here = paper(app, quiz)
    use(elsewhere)
    other = sharing.start_from_code(local_person(), shared)

    assert here == paper(elsewhere, other)
    assert code(local_person(), other) == shared


def test_the_same_machine_gives_the_same_paper(app: App, learner: User):
    quiz = begin(learner)
    study.finish(learner, quiz)

    assert paper(app, sharing.start_from_code(learner, code(learner, quiz))) == paper(app, quiz)


def test_two_papers_differ(app: App, learner: User):
    one, other = begin(learner), begin(learner)

    assert code(learner, one) != code(learner, other)
    assert paper(app, one) != paper(app, other)


def test_a_shared_paper_can_be_an_exam(app: App, learner: User):
    quiz = begin(learner)
    shared = sharing.start_from_code(learner, code(learner, quiz), Behaviour.EXAM)

    assert paper(app, shared) == paper(app, quiz)
    assert study.sheet(learner, shared).attempt.behaviour is Behaviour.EXAM


@pytest.mark.parametrize("difference", ["one more", "one less", "other words", "other key"])
def test_another_bank_is_told_in_a_sentence(app: App, learner: User, tmp_path: Path, clock: Clock, difference: str):
    shared = code(learner, begin(learner))
    changed = {
        "one more": [*questions(), question("swan")],
        "one less": questions()[1:],
        "other words": [question("frog", stem="Which one leaps?"), *questions()[1:]],
        "other key": [question("frog", options=[option("frog"), option("toad", True)]), *questions()[1:]],
    }
    with open_app(machine(tmp_path / "other", changed[difference]), clock=clock) as other:
        use(other)
        with pytest.raises(NothingMatches, match=r"from another question bank.*Both computers need the same"):
            sharing.start_from_code(local_person(), shared)
        use(app)


def test_a_typing_error_is_told_in_a_sentence(learner: User):
    shared = code(learner, begin(learner))
    wrong = shared[:-1] + ("7" if shared[-1] != "7" else "8")

    for typed in (wrong, shared[:-1], shared + "0", "", "a frog"):
        with pytest.raises(BadCode, match="typing error"):
            sharing.start_from_code(learner, typed)
    assert sharing.start_from_code(learner, shared.lower().replace("-", " "))


@pytest.mark.parametrize("plan", [Plan.MIXED, Plan.NEW])
def test_a_quiz_that_depends_on_its_learner_has_no_code(learner: User, plan: Plan):
    assert sharing.code_of(learner, choosing.start(learner, Choice(plan=plan))) is None


def test_a_quiz_that_was_not_drawn_has_no_code(learner: User):
    assert sharing.code_of(learner, study.start_fixed(learner, ["frog", "newt"])) is None
    assert sharing.code_of(learner, study.start_fixed(learner, ["frog", "newt"], Plan.MISTAKES)) is None


def test_an_endless_quiz_has_no_code(learner: User):
    assert sharing.code_of(learner, begin(learner, 0)) is None


def test_the_code_of_another_persons_quiz_is_not_told(learner: User, stranger: User):
    quiz = begin(learner)
    with pytest.raises(NotFound):
        sharing.code_of(stranger, quiz)
