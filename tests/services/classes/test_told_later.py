"""What is told later shows nowhere before: who sits early has nothing to pass on."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from makers import NOON, Clock, frog_options, opened, question, write_bank
from services.classes.people import add, joined
from services.classes.sitting import DUE, answer, exam_terms, sit

from quizlib.config import Settings
from quizlib.errors import NothingMatches
from quizlib.model.attempt import Plan
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.app import use
from quizlib.services.classes import assignments, classes
from quizlib.services.people import privacy
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.home import home
from quizlib.services.quizzes.results import repeat_mistakes, result
from quizlib.ui.pages.practice import card_data

BY_HAND = exam_terms(tells="by_hand")
AFTER_DUE = exam_terms(due_at=NOON + timedelta(minutes=60))


def mistakes(actor: User) -> int:
    return choosing.match(actor, Choice(plan=Plan.MISTAKES)).questions


def is_told(actor: User, attempt_id: int) -> bool:
    """Tell whether the answers show, after looking at every place where they could, which must agree."""
    came = result(actor, attempt_id)
    shows = {came.told, study.sheet(actor, attempt_id, 1).feedback, any(one.grade for one in came.lines)}
    shows |= {bool(came.look_first), bool(mistakes(actor))}
    assert len(shows) == 1
    return came.told


@pytest.fixture
def given(teacher: User, group: int) -> int:
    """An exam that is told by hand."""
    return assignments.give(teacher, group, BY_HAND)


def test_told_by_hand_is_told_when_the_instructor_does_and_not_before(
    teacher: User, ann: User, ben: User, given: int, clock: Clock
):
    anns = sit(ann, given, "frog", "toad")
    assert not is_told(ann, anns)
    clock.move(days=400)
    assert not is_told(ann, anns)
    with pytest.raises(NothingMatches):
        repeat_mistakes(ann, anns)

    assignments.tell(teacher, given)
    assert is_told(ann, anns)
    assert [one.question.id for one in result(ann, anns).look_first] == ["heron"]
    assert study.sheet(ann, repeat_mistakes(ann, anns)).question.id == "heron"


def test_telling_does_not_tell_those_who_still_sit(teacher: User, ann: User, ben: User, given: int):
    begun = assignments.begin(ann, given)
    answer(ann, begun, "toad", "toad")
    assignments.tell(teacher, given)

    assert not study.sheet(ann, begun, 1).feedback
    assert mistakes(ann) == 0
    study.finish(ann, begun)
    assert is_told(ann, begun)


def test_after_the_due_date_it_is_told_by_itself(teacher: User, ann: User, group: int, clock: Clock):
    sat = sit(ann, assignments.give(teacher, group, AFTER_DUE), "frog", "toad")
    clock.move(minutes=59, seconds=59)
    assert not is_told(ann, sat)
    assert not assignments.for_student(ann)[0].told

    clock.move(seconds=1)
    assert is_told(ann, sat)
    assert assignments.for_student(ann)[0].told


def test_nothing_is_told_while_somebody_with_extra_time_still_sits(
    teacher: User, ann: User, ben: User, group: int, clock: Clock
):
    classes.set_extra_time(teacher, group, ben.id, 1.5)
    given = assignments.give(teacher, group, AFTER_DUE)
    sat = sit(ann, given, "frog", "toad")
    assignments.begin(ben, given)
    clock.move(minutes=89)
    assert not is_told(ann, sat)
    assert not assignments.for_student(ann)[0].told

    clock.move(minutes=1)
    assert is_told(ann, sat)
    assert assignments.for_student(ann)[0].told


def test_it_is_told_as_soon_as_the_last_one_with_extra_time_has_handed_in(
    teacher: User, ann: User, ben: User, group: int, clock: Clock
):
    classes.set_extra_time(teacher, group, ben.id, 1.5)
    given = assignments.give(teacher, group, AFTER_DUE)
    sat, begun = sit(ann, given, "frog", "toad"), assignments.begin(ben, given)
    clock.move(minutes=61)
    study.finish(ben, begun)

    assert is_told(ann, sat)


@pytest.mark.parametrize("early", [AFTER_DUE, BY_HAND])
def test_a_new_due_date_keeps_back_what_is_not_told_yet(
    teacher: User, ann: User, group: int, early: Terms, clock: Clock
):
    given = assignments.give(teacher, group, early)
    sat = sit(ann, given, "frog", "toad")
    assignments.change(teacher, given, early.model_copy(update={"due_at": DUE}))
    clock.move(minutes=61)
    assert not is_told(ann, sat)

    assignments.tell(teacher, given)
    assert is_told(ann, sat)


def test_told_at_once_is_told_to_whoever_hands_in(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, exam_terms(tells="at_once"))

    assert is_told(ann, sit(ann, given, "frog", "toad"))


def test_withdrawing_tells_what_was_kept_back(teacher: User, ann: User, given: int):
    sat = sit(ann, given, "frog", "toad")
    assignments.withdraw(teacher, given)

    assert is_told(ann, sat)


def test_who_has_left_the_class_is_told_with_the_others(teacher: User, ann: User, group: int, given: int):
    sat = sit(ann, given, "frog", "toad")
    classes.leave(ann, group)
    assert not is_told(ann, sat)

    assignments.tell(teacher, given)
    assert is_told(ann, sat)


def test_the_instructor_sees_the_points_before_they_are_told(teacher: User, ann: User, given: int):
    sit(ann, given, "frog", "toad")
    (standing,) = assignments.report(teacher, given).standings

    assert standing.counted is not None
    assert standing.counted.points == 1


def test_one_persons_own_mistakes_stay_while_others_are_kept_back(
    teacher: User, ann: User, group: int, given: int, clock: Clock
):
    answer(ann, study.start_fixed(ann, ["newt"]), "toad")
    assert mistakes(ann) == 1
    sit(ann, given, "toad", "toad")
    assert mistakes(ann) == 1

    assignments.tell(teacher, given)
    assert mistakes(ann) == 3


def test_what_is_right_now_and_not_told_does_not_mend_a_mistake(teacher: User, ann: User, given: int, clock: Clock):
    answer(ann, study.start_fixed(ann, ["frog"]), "toad")
    for _ in range(3):
        clock.move(days=1)
        sit(ann, given, "frog")
    assert mistakes(ann) == 1

    assignments.tell(teacher, given)
    assert mistakes(ann) == 0


@contextmanager
def sat_where(right: str, folder: Path, terms: Terms, clock: Clock) -> Iterator[tuple[User, User, int]]:
    """Have Ann sit an exam in which this animal is right; give the teacher, Ann and the attempt."""
    asked = [question(one, options=frog_options(right)) for one in ("frog", "heron", "newt")]
    settings = Settings(f"sqlite:///{folder / right}.db", write_bank(folder / right, asked))
    with opened(settings, clock) as app:
        app.seed = lambda: 7
        use(app)
        teacher = add(app, "Ms Pond", instructs=True)
        group = classes.make(teacher, "Frogs 101")
        (ann,) = joined(app, teacher, group, "Ann Frog")
        yield teacher, ann, sit(ann, assignments.give(teacher, group, terms), "frog", "toad")
        use(None)


def all_that_shows(actor: User, attempt_id: int) -> list[object]:
    """Give everything of a finished exam that reaches its learner's browser."""
    came = result(actor, attempt_id)
    sheets = [study.sheet(actor, attempt_id, line.item.position) for line in came.lines]
    with zipfile.ZipFile(io.BytesIO(privacy.download(actor))) as file:
        taken_away = {name: file.read(name).decode() for name in file.namelist() if name.startswith(("items", "steps"))}
    return [
        [card_data(actor, one, None, None) for one in sheets],
        [came.told, came.answered, came.right, [one.grade for one in came.lines]],
        [choosing.match(actor, Choice(plan=plan)) for plan in (Plan.MISTAKES, Plan.NEW, Plan.MIXED, Plan.FLAGGED)],
        [home(actor), assignments.for_student(actor)],
        json.dumps(taken_away),
    ]


@pytest.mark.parametrize("kept_back", [BY_HAND, AFTER_DUE])
def test_before_it_is_told_everything_is_the_same_for_any_key(tmp_path: Path, clock: Clock, kept_back: Terms):
    before, after = [], []
    for right in ("frog", "toad", "newt"):
        clock.now = NOON
        with sat_where(right, tmp_path, kept_back, clock) as (teacher, ann, attempt_id):
            before.append(all_that_shows(ann, attempt_id))
            assignments.tell(teacher, assignments.for_student(ann)[0].assignment.id)
            after.append(all_that_shows(ann, attempt_id))

    assert before[0] == before[1] == before[2]
    # and what is compared would show a key: told, every part of it that tells anything differs
    cards, came, matches, _, taken_away = zip(*after, strict=True)
    for part in (cards, came, matches, taken_away):
        assert part[0] != part[2]
    assert cards[0] != cards[1]


@pytest.mark.parametrize("plan", [Plan.FLAGGED, Plan.RANDOM, Plan.NEW, Plan.MIXED])
def test_what_one_sits_or_waits_to_be_told_is_not_practised_meanwhile(
    teacher: User, ann: User, ben: User, given: int, plan: Plan
):
    sits = assignments.begin(ann, given)
    for position in (1, 2):
        study.flag(ann, sits, study.sheet(ann, sits, position).item.id, True)
    handed_in = sit(ben, given, "frog", "toad")
    study.flag(ben, handed_in, study.sheet(ben, handed_in, 1).item.id, True)
    for actor in (ann, ben):
        try:
            quiz = choosing.start(actor, Choice(plan=plan, number=10), remember=False)
        except NothingMatches:
            assert plan is Plan.FLAGGED
            continue
        asked = {line.question.id for line in result(actor, quiz).lines}
        assert asked
        assert not asked & {"frog", "heron"}

    assignments.tell(teacher, given)
    again = choosing.start(ben, Choice(plan=Plan.FLAGGED, number=10), remember=False)
    assert {line.question.id for line in result(ben, again).lines} <= {"frog", "heron"}
