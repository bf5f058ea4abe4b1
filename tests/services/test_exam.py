"""A mock exam: every choice is stored at once, nothing is told before the end, and the end is when it was due."""

from datetime import timedelta

import pytest
from makers import NOON, Clock, items_of, place_of

from quizlib.errors import ChangedElsewhere, MalformedResponse, NotFound
from quizlib.model.attempt import Action, Behaviour, Filter, Plan, State, Step
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.maintenance import find_damage, rebuild_caches
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import LONGEST_MINUTES, Choice
from quizlib.services.quizzes.results import result
from quizlib.services.quizzes.sheets import Sheet
from quizlib.store.answers import attempts as rows

DUE = NOON + timedelta(minutes=10)


def sit(learner: User, *topics: str, minutes: float = 10) -> int:
    choice = Choice(filter=Filter(topics=topics), plan=Plan.RANDOM, behaviour=Behaviour.EXAM, minutes=minutes)
    return choosing.start(learner, choice)


@pytest.fixture
def quiz(learner: User) -> int:
    """An exam of ten minutes with the four single questions."""
    return sit(learner, "pond", "meadow")


def save(learner: User, shown: Sheet, text: str = "frog") -> Sheet:
    return exam.save(learner, shown.attempt.id, shown.item.id, place_of(shown, text), seen=shown.item.seq)


def go(learner: User, shown: Sheet, position: int) -> Sheet:
    return exam.go_to(learner, shown.attempt.id, shown.item.id, position)


def steps(app: App, shown: Sheet) -> list[Step]:
    with app.database.read() as connection:
        return rows.read_steps(connection, [shown.item.id])[shown.item.id]


def fractions(app: App, quiz: int) -> list[float | None]:
    return [one.fraction for one in items_of(app, quiz)]


def test_an_exam_is_due_when_its_time_is_over(learner: User, quiz: int, clock: Clock):
    clock.move(minutes=4)
    shown = study.sheet(learner, quiz)

    assert (shown.attempt.due_at, shown.seconds_left) == (DUE, 360)
    assert [(place.position, place.given) for place in shown.places] == [(n, False) for n in (1, 2, 3, 4)]


def test_a_save_is_a_step_and_the_next_one_takes_its_place(app: App, learner: User, quiz: int, clock: Clock):
    first = save(learner, study.sheet(learner, quiz, 2), "toad")
    clock.move(seconds=30)
    second = save(learner, first, "frog")

    assert (first.item.state, first.answered, first.item.response) == (State.SAVED, 1, {"chosen": [1]})
    assert (second.item.state, second.answered, second.item.response) == (State.SAVED, 1, {"chosen": [0]})
    assert [(one.action, one.at) for one in steps(app, first)] == [
        (Action.SAVE, NOON),
        (Action.SAVE, NOON + timedelta(seconds=30)),
    ]
    assert second == study.sheet(learner, quiz, 2)
    assert [place.given for place in second.places] == [False, True, False, False]


def test_the_same_save_twice_is_one_step(app: App, learner: User, quiz: int):
    first = save(learner, study.sheet(learner, quiz))

    assert save(learner, first) == first
    assert len(steps(app, first)) == 1


def test_nothing_is_told_before_the_end(learner: User, quiz: int):
    for position, text in enumerate(("frog", "toad", "newt", "frog"), start=1):
        shown = save(learner, study.sheet(learner, quiz, position), text)
        assert (shown.feedback, shown.item.fraction, shown.attempt.finished_at) == (False, None, None)

    assert all(line.grade is None for line in result(learner, quiz).lines)


def test_handing_in_grades_what_was_saved(app: App, learner: User, quiz: int, clock: Clock):
    for position, text in ((1, "frog"), (2, "toad"), (4, "frog")):
        save(learner, study.sheet(learner, quiz, position), text)
    clock.move(minutes=3)
    study.finish(learner, quiz)
    came, told = result(learner, quiz), study.sheet(learner, quiz, 3)

    assert fractions(app, quiz) == [1, 0, None, 1]
    assert (came.answered, came.right, came.took) == (3, 2, timedelta(minutes=3))
    assert (told.feedback, told.item.state, told.seconds_left) == (True, State.OPEN, None)
    assert [one.action for one in steps(app, study.sheet(learner, quiz, 1))] == [Action.SAVE, Action.SUBMIT]
    assert find_damage(app) == []


def test_after_handing_in_nothing_changes(app: App, learner: User, quiz: int, clock: Clock):
    save(learner, study.sheet(learner, quiz, 1), "toad")
    study.finish(learner, quiz)
    before = study.sheet(learner, quiz, 1)
    clock.move(minutes=1)

    assert save(learner, before) == before
    assert save(learner, study.sheet(learner, quiz, 2)).item.state is State.OPEN
    study.finish(learner, quiz)
    assert study.sheet(learner, quiz, 1) == before
    assert len(steps(app, before)) == 2


@pytest.mark.parametrize("late", [6, 60, 24 * 3600])
def test_an_overdue_exam_is_closed_as_of_the_moment_it_was_due(
    app: App, learner: User, quiz: int, clock: Clock, late: int
):
    save(learner, study.sheet(learner, quiz, 1))
    clock.move(minutes=10, seconds=late)
    shown = study.sheet(learner, quiz, 1)

    assert (shown.attempt.finished_at, shown.item.answered_at) == (DUE, DUE)
    assert (shown.feedback, shown.item.fraction) == (True, 1)
    assert find_damage(app) == []


@pytest.mark.parametrize(("late", "counts"), [(0, True), (5, True), (5.001, False), (3600, False)])
def test_a_save_counts_until_five_seconds_after(
    app: App, learner: User, quiz: int, clock: Clock, late: float, counts: bool
):
    shown = save(learner, study.sheet(learner, quiz, 1), "toad")
    clock.move(minutes=10, seconds=late)
    saved = save(learner, shown)
    clock.move(minutes=1)
    study.sheet(learner, quiz)

    assert (saved.attempt.finished_at is None) == counts
    assert fractions(app, quiz)[0] == counts
    assert study.sheet(learner, quiz).attempt.finished_at == DUE
    assert find_damage(app) == []


def test_handing_in_within_the_grace_ends_the_exam_when_it_was_due(learner: User, quiz: int, clock: Clock):
    save(learner, study.sheet(learner, quiz, 1))
    clock.move(minutes=10, seconds=3)
    study.finish(learner, quiz)

    assert study.sheet(learner, quiz).attempt.finished_at == DUE


def test_of_two_tabs_the_one_behind_is_shown_what_is_stored_and_may_choose_again(app: App, learner: User, quiz: int):
    one, other = study.sheet(learner, quiz, 1), study.sheet(learner, quiz, 1)
    save(learner, one, "toad")
    with pytest.raises(ChangedElsewhere):
        save(learner, other, "frog")
    seen = save(learner, study.sheet(learner, quiz, 1), "frog")
    study.finish(learner, quiz)
    late = save(learner, one, "newt")

    assert seen.item.seq == 2
    assert (late.feedback, late.item.fraction) == (True, 1)
    assert [step.action for step in steps(app, one)] == [Action.SAVE, Action.SAVE, Action.SUBMIT]
    assert find_damage(app) == []


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_an_hour_gives_a_stored_result(app: App, learner: User, quiz: int, clock: Clock, hours: int):
    save(learner, study.sheet(learner, quiz, 1))
    clock.move(hours=hours)
    save(learner, study.sheet(learner, quiz, 2))
    study.finish(learner, quiz)
    came = result(learner, quiz)

    assert came.attempt.finished_at is not None
    assert NOON <= came.attempt.finished_at <= DUE
    assert [line.grade is not None for line in came.lines] == [True, hours < 0, False, False]
    assert rebuild_caches(app) == 0
    assert came == result(learner, quiz)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_question_met_again_after_the_clock_jumped_keeps_the_order_of_its_answers(
    app: App, learner: User, quiz: int, clock: Clock, hours: int
):
    save(learner, study.sheet(learner, quiz, 1))
    study.finish(learner, quiz)
    clock.move(hours=hours)
    again = sit(learner, "pond", "meadow")
    for position in (1, 2, 3, 4):
        save(learner, study.sheet(learner, again, position))
    study.finish(learner, again)
    (first,) = (one for one in items_of(app, quiz) if one.answered_at)
    second = next(one for one in items_of(app, again) if one.question_id == first.question_id)

    assert first.answered_at is not None
    assert second.answered_at is not None
    assert second.answered_at > first.answered_at
    assert rebuild_caches(app) == 0


@pytest.mark.parametrize("given", [[99], [-1], [], None, "frog"], ids=str)
def test_what_is_no_answer_is_refused_and_writes_nothing(app: App, learner: User, quiz: int, given: object):
    shown = study.sheet(learner, quiz)
    with pytest.raises(MalformedResponse):
        exam.save(learner, quiz, shown.item.id, given, seen=shown.item.seq)
    assert steps(app, shown) == []


def test_another_persons_exam_is_not_there(app: App, learner: User, stranger: User, quiz: int):
    shown = study.sheet(learner, quiz)
    for ask in (lambda: save(stranger, shown), lambda: go(stranger, shown, 2), lambda: study.sheet(stranger, quiz)):
        with pytest.raises(NotFound):
            ask()
    assert steps(app, shown) == []


def test_practice_takes_no_save_and_an_exam_no_check_and_no_skip(app: App, learner: User, quiz: int):
    practice = study.sheet(learner, study.start(learner))
    shown = study.sheet(learner, quiz)
    save(learner, practice)
    study.answer(learner, quiz, shown.item.id, place_of(shown, "frog"), seen=0)
    study.skip(learner, quiz, shown.item.id)

    assert steps(app, practice) == steps(app, shown) == []


@pytest.mark.parametrize(("wanted", "position"), [(0, 1), (-5, 1), (5, 4), (10**12, 4)])
def test_a_jump_beyond_the_exam_stays_within(learner: User, quiz: int, wanted: int, position: int):
    assert go(learner, study.sheet(learner, quiz, 2), wanted).item.position == position


def test_a_jump_in_an_overdue_exam_closes_it(learner: User, quiz: int, clock: Clock):
    shown = study.sheet(learner, quiz)
    clock.move(minutes=11)

    assert go(learner, shown, 2).attempt.finished_at == DUE


def test_no_time_limit_is_never_due(app: App, learner: User, clock: Clock):
    shown = study.sheet(learner, sit(learner, "pond", minutes=0))
    clock.move(days=400)

    assert (shown.attempt.due_at, shown.seconds_left) == (None, None)
    assert save(learner, shown).attempt.finished_at is None


def test_the_longest_time_limit_is_five_hours(learner: User):
    shown = study.sheet(learner, sit(learner, "pond", minutes=LONGEST_MINUTES))

    assert shown.attempt.due_at == NOON + timedelta(hours=5)
    with pytest.raises(ValueError, match="less than or equal to 300"):
        sit(learner, "pond", minutes=10_000)


def test_a_new_exam_like_this_one_lasts_as_long(learner: User, quiz: int, clock: Clock):
    clock.move(hours=2)
    shown = study.sheet(learner, study.start_like(learner, quiz))

    assert (shown.attempt.behaviour, shown.seconds_left) == (Behaviour.EXAM, 600)


def test_a_late_message_does_not_write_over_a_choice_that_was_stored_after_it(learner: User, quiz: int, app: App):
    first = study.sheet(learner, quiz)
    newer = save(learner, first, "toad")
    with pytest.raises(ChangedElsewhere, match="changed in another tab"):
        save(learner, first, "frog")

    assert study.sheet(learner, quiz, newer.item.position).item == newer.item


def test_the_same_choice_sent_twice_is_stored_once_and_refused_never(learner: User, quiz: int, app: App):
    first = study.sheet(learner, quiz)
    stored = save(learner, first, "toad")

    assert save(learner, first, "toad").item == stored.item


def test_a_flag_set_elsewhere_is_in_nobodys_way(learner: User, quiz: int, app: App):
    first = study.sheet(learner, quiz)
    study.flag(learner, quiz, first.item.id, True)

    assert save(learner, first, "frog").item.response is not None
