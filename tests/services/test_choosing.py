"""Choosing what to practise: each plan, the filter, whole cases, and what to drop where nothing matches."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from makers import Clock, items_of, place_of, pond, question, write_bank, write_case
from pydantic import ValidationError

from quizlib.config import Settings
from quizlib.errors import NothingMatches
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.content.questions import set_status
from quizlib.store.people.people import change_user
from quizlib.store.tables import attempts

WALK = ["walk.1", "walk.2", "walk.3"]
PLANS = [Plan.MIXED, Plan.NEW, Plan.MISTAKES, Plan.FLAGGED, Plan.RANDOM]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Four single questions, one of them to apply, and a case of three parts."""
    folder = write_bank(tmp_path / "questions", [*pond()[:3], question("mole", "meadow", level="apply")])
    write_case(folder)
    return Settings(database_url=database_url, questions=folder)


def drawn(app: App, learner: User, choice: Choice) -> list[str]:
    return [one.question_id for one in items_of(app, choosing.start(learner, choice))]


def answered(learner: User, name: str, text: str = "frog", flagged: bool = False) -> None:
    shown = study.sheet(learner, study.start_fixed(learner, [name]))
    if flagged:
        study.flag(learner, shown.attempt.id, shown.item.id, True)
    study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, text), seen=0)


def only(*topics: str, levels: tuple[str, ...] = (), kinds: tuple[str, ...] = ()) -> Filter:
    return Filter(topics=topics, levels=levels, kinds=kinds)


def retire(app: App, name: str) -> None:
    with app.database.write() as connection:
        set_status(connection, [name], Status.RETIRED)


def test_the_mix_asks_first_what_was_never_answered_then_what_was_answered_longest_ago(
    app: App, learner: User, clock: Clock
):
    for name in ("newt", "frog", "heron"):
        answered(learner, name)
        clock.move(minutes=1)
    singles = Choice(filter=only("pond"), number=1)
    retire(app, "walk.2")

    assert set(drawn(app, learner, Choice(number=1))) == {"mole"}
    assert drawn(app, learner, singles) == ["newt"]
    assert set(drawn(app, learner, Choice(number=3))) == {"mole", "newt", "frog"}


def test_new_asks_only_what_was_never_answered(app: App, learner: User):
    answered(learner, "frog", "toad")
    answered(learner, "walk.2")

    assert set(drawn(app, learner, Choice(plan=Plan.NEW))) == {"heron", "newt", "mole"}


def test_mistakes_ask_what_was_missed_until_it_was_right_on_two_days(app: App, learner: User, clock: Clock):
    answered(learner, "frog", "toad")
    answered(learner, "heron")
    mistakes = Choice(plan=Plan.MISTAKES)
    assert drawn(app, learner, mistakes) == ["frog"]

    for text, open_still in (("frog", True), ("frog", True), ("toad", True), ("frog", True)):
        clock.move(minutes=1)
        answered(learner, "frog", text)
        assert bool(choosing.match(learner, mistakes).questions) == open_still
    clock.move(days=1)
    answered(learner, "frog")
    assert choosing.match(learner, mistakes).questions == 0


def test_a_day_of_the_learner_is_a_day_where_the_learner_is(learner: User, clock: Clock):
    """At noon in Greenwich and eleven hours later it is one day there, and two in Sydney."""
    answered(learner, "frog", "toad")
    answered(learner, "frog")
    clock.move(hours=11)
    answered(learner, "frog")
    away = learner.model_copy(update={"time_zone": "Australia/Sydney"})

    assert choosing.match(learner, Choice(plan=Plan.MISTAKES)).questions == 1
    assert choosing.match(away, Choice(plan=Plan.MISTAKES)).questions == 0


def test_flagged_asks_what_was_flagged_in_any_quiz_until_the_flag_is_gone(app: App, learner: User):
    answered(learner, "frog", flagged=True)
    answered(learner, "heron")
    assert drawn(app, learner, Choice(plan=Plan.FLAGGED)) == ["frog"]

    elsewhere = study.sheet(learner, study.start_fixed(learner, ["frog"]))
    assert elsewhere.flagged
    assert not study.flag(learner, elsewhere.attempt.id, elsewhere.item.id, False).flagged
    assert choosing.match(learner, Choice(plan=Plan.FLAGGED)).questions == 0


@pytest.mark.parametrize("plan", [Plan.MISTAKES, Plan.FLAGGED])
def test_a_part_of_a_case_comes_back_alone_with_the_parts_before_it(app: App, learner: User, plan: Plan):
    answered(learner, "walk.2", "toad", flagged=True)
    quiz = choosing.start(learner, Choice(plan=plan))
    shown = study.sheet(learner, quiz)

    assert [one.question_id for one in items_of(app, quiz)] == ["walk.2"]
    assert [(one.id, answered) for one, answered in shown.earlier] == [("walk.1", True)]
    assert shown.question.vignette


@pytest.mark.parametrize("plan", [Plan.MISTAKES, Plan.FLAGGED, Plan.NEW])
def test_what_others_did_counts_for_nothing(learner: User, stranger: User, plan: Plan):
    answered(learner, "frog", "toad", flagged=True)

    assert choosing.match(stranger, Choice(plan=plan)).questions == (7 if plan is Plan.NEW else 0)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (only("meadow"), ["mole"]),
        (only("pond", "meadow"), ["frog", "heron", "mole", "newt", *WALK]),
        (only(levels=("apply",)), ["mole"]),
        (only("pond", levels=("recall", "apply")), ["frog", "heron", "newt", *WALK]),
        (only(kinds=("choice",)), ["frog", "heron", "mole", "newt", *WALK]),
    ],
    ids=str,
)
@pytest.mark.parametrize("plan", [Plan.MIXED, Plan.NEW, Plan.RANDOM])
def test_a_quiz_holds_what_the_filter_lets_through(
    app: App, learner: User, plan: Plan, wanted: Filter, names: list[str]
):
    choice = Choice(filter=wanted, plan=plan)

    assert sorted(drawn(app, learner, choice)) == names
    assert choosing.match(learner, choice).questions == len(names)


@pytest.mark.parametrize("plan", [Plan.MIXED, Plan.NEW, Plan.RANDOM])
@pytest.mark.parametrize("number", [2, 3, 4, 5, 7])
def test_a_case_comes_whole_and_in_order_or_not_at_all(app: App, learner: User, plan: Plan, number: int):
    seen = set()
    for seed in range(12):
        app.seed = lambda seed=seed: seed
        names = drawn(app, learner, Choice(plan=plan, number=number))
        parts = [name for name in names if name in WALK]
        seen.add(len(parts))

        assert len(names) <= number
        assert parts in ([], WALK)
        assert not parts or names[names.index("walk.1") :][:3] == WALK
    assert number != 2 or seen == {0}
    assert number != 7 or seen == {3}


@pytest.mark.parametrize("name", WALK)
def test_a_case_of_which_a_part_is_retired_is_not_drawn(app: App, learner: User, name: str):
    retire(app, name)
    choice = Choice(plan=Plan.RANDOM)

    assert set(drawn(app, learner, choice)) == {"frog", "heron", "newt", "mole"}
    assert choosing.match(learner, choice).questions == 4


@pytest.mark.parametrize("plan", PLANS)
def test_where_nothing_matches_no_quiz_begins(app: App, learner: User, plan: Plan):
    with pytest.raises(NothingMatches):
        choosing.start(learner, Choice(filter=only("desert"), plan=plan))
    with app.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(attempts)) == 0


def test_what_empties_a_choice_is_each_part_that_can_be_dropped_alone(learner: User):
    choice = Choice(filter=only("meadow", levels=("recall",)), plan=Plan.RANDOM)

    found = choosing.what_empties(learner, choice)

    assert {name: other for name, (other, _) in found.items()} == {
        "levels": choice.model_copy(update={"filter": only("meadow")}),
        "topics": choice.model_copy(update={"filter": only(levels=("recall",))}),
    }
    assert all(number == choosing.match(learner, other).questions > 0 for other, number in found.values())


@pytest.mark.parametrize("plan", [Plan.MISTAKES, Plan.FLAGGED])
def test_the_plan_can_empty_a_choice(learner: User, plan: Plan):
    found = choosing.what_empties(learner, Choice(filter=only("meadow"), plan=plan, number=5))

    (other, number) = found.pop("plan")
    assert found == {}
    assert other == Choice(filter=only("meadow"), plan=Plan.MIXED, number=5)
    assert number == choosing.match(learner, other).questions


def test_a_choice_that_two_parts_empty_is_not_made_to_match_by_dropping_one(learner: User):
    assert choosing.what_empties(learner, Choice(filter=only("desert"), plan=Plan.FLAGGED)) == {}


def test_the_last_choice_is_remembered(learner: User, stranger: User):
    first = Choice(filter=only("pond"), plan=Plan.NEW, number=5, behaviour=Behaviour.EXAM, minutes=7.5)
    choosing.start(learner, first)
    choosing.start(learner, Choice(number=20), remember=False)

    assert choosing.remembered(learner) == first
    assert choosing.remembered(stranger) == Choice()


@pytest.mark.parametrize(
    "stored", [None, {}, {"plan": "lucky"}, {"number": -1}, ["frog"], {"colour": "green"}], ids=str
)
def test_a_choice_of_another_version_is_forgotten(app: App, learner: User, stored: object):
    with app.database.write() as connection:
        change_user(connection, learner.id, last_choice=stored)

    assert choosing.remembered(learner) == Choice()


@pytest.mark.parametrize("wrong", [{"number": -1}, {"number": 201}, {"minutes": -1}, {"minutes": 10_000}], ids=str)
def test_a_choice_beyond_its_bounds_cannot_be_made(wrong: dict[str, int]):
    with pytest.raises(ValidationError):
        Choice(**wrong)


@pytest.fixture
def many(tmp_path: Path) -> list[str]:
    """Twenty-five single questions."""
    names = [f"frog-{n}" for n in range(25)]
    write_bank(tmp_path / "questions", [question(name) for name in names])
    return names


@pytest.mark.parametrize("plan", [Plan.MIXED, Plan.NEW, Plan.RANDOM])
@pytest.mark.parametrize("leave", [study.answer, study.skip], ids=["answered", "skipped"])
def test_an_endless_quiz_goes_on_without_repeating_until_everything_was_asked(
    many: list[str], app: App, learner: User, plan: Plan, leave: Callable[..., object]
):
    quiz = choosing.start(learner, Choice(filter=only("pond", levels=("recall",)), plan=plan, number=0))
    shown, asked = study.sheet(learner, quiz), []
    while shown is not None:
        assert not shown.last
        if leave is study.skip and len(asked) == 4:
            study.skip(learner, quiz, shown.item.id)
        asked.append(shown.question.id)
        study.answer(learner, quiz, shown.item.id, place_of(shown, "frog"), seen=shown.item.seq)
        shown = study.go_on(learner, quiz, shown.item.id)

    assert set(many) < set(asked)
    assert len(asked) == len(set(asked)) == 31 - 3 + 3
    assert study.sheet(learner, quiz).attempt.finished_at is not None


def test_an_endless_quiz_ends_when_the_learner_ends_it(learner: User):
    quiz = choosing.start(learner, Choice(number=0))
    study.finish(learner, quiz)

    assert study.sheet(learner, quiz).attempt.finished_at is not None
    assert study.go_on(learner, quiz, study.sheet(learner, quiz, 1).item.id) is None
