"""When an attempt at an assignment ends: after its minutes, when it was due, or when an instructor says so."""

from datetime import timedelta

import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st
from makers import NOON, Clock, items_of
from services.classes.sitting import DUE, answer, exam_terms, sit, stored, terms

from quizlib.errors import NotAllowed, NotFound, Refused
from quizlib.model.attempt import Attempt, Filter, State
from quizlib.model.classes import Assignment, Terms
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.classes.ends import ends_at
from quizlib.services.maintenance import find_damage
from quizlib.services.quizzes import study

MINUTE = timedelta(minutes=1)


def attempt_of(actor: User, attempt_id: int) -> Attempt:
    return study.sheet(actor, attempt_id).attempt


def grades(app: App, attempt_id: int) -> list[float | None]:
    return [one.fraction for one in items_of(app, attempt_id)]


def assignment(minutes: float | None, due: float | None) -> Assignment:
    due_at = None if due is None else NOON + timedelta(minutes=due)
    return Assignment(id=1, class_id=1, seed=7, title="Who jumps", minutes=minutes, due_at=due_at)


lengths = st.integers(1, 300)
factors = st.sampled_from([1, 1.25, 1.5, 2, 3, 10])


@holds_for(st.one_of(st.none(), lengths), st.one_of(st.none(), st.integers(1, 20_000)), factors)
def test_extra_time_lengthens_an_end_by_its_share_of_the_minutes(minutes: int | None, due: int | None, factor: float):
    given = assignment(minutes, due)
    plain, longer = ends_at(given, NOON, 1), ends_at(given, NOON, factor)
    if plain is None or longer is None:
        assert minutes is due is plain is longer is None
    else:
        assert longer - plain == timedelta(minutes=(minutes or 0) * (factor - 1))
        # the share of time that is left, however short before the due date it was begun
        assert minutes is None or longer - NOON >= (plain - NOON) * factor - timedelta(microseconds=1)


@holds_for(lengths, st.integers(1, 20_000), st.integers(0, 20_000))
def test_nobody_without_extra_time_works_past_the_minutes_or_the_due_date(minutes: int, due: int, begun: int):
    started = NOON + begun * MINUTE
    given = assignment(minutes, due)
    ends = ends_at(given, started, 1)

    assert ends is not None
    assert ends in (started + minutes * MINUTE, given.due_at)
    assert ends <= started + minutes * MINUTE
    assert ends <= NOON + due * MINUTE


@pytest.mark.parametrize(
    ("wanted", "factor", "ends"),
    [
        (exam_terms(minutes=60), 1, NOON + 60 * MINUTE),
        (exam_terms(minutes=60), 1.25, NOON + 75 * MINUTE),
        (exam_terms(minutes=60, due_at=NOON + 40 * MINUTE), 1, NOON + 40 * MINUTE),
        (exam_terms(minutes=60, due_at=NOON + 40 * MINUTE), 1.5, NOON + 70 * MINUTE),
        (exam_terms(minutes=None), 2, DUE),
        (terms(), 2, DUE),
        (exam_terms(minutes=60, due_at=None, tells="at_once"), 2, NOON + 120 * MINUTE),
    ],
)
def test_an_attempt_ends_with_the_students_own_time(
    teacher: User, ann: User, group: int, wanted: Terms, factor: float, ends: object
):
    classes.set_extra_time(teacher, group, ann.id, factor)
    given = assignments.give(teacher, group, wanted)
    (due,) = assignments.for_student(ann)

    assert due.minutes == (wanted.minutes * factor if wanted.minutes else None)
    assert attempt_of(ann, assignments.begin(ann, given)).due_at == ends


def test_extra_time_holds_at_once_and_in_the_next_attempt(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, exam_terms())
    begun, other = assignments.begin(ann, given), assignments.begin(ben, given)
    classes.set_extra_time(teacher, group, ann.id, 2)
    assert attempt_of(ann, begun).due_at == NOON + 120 * MINUTE
    assert attempt_of(ben, other).due_at == NOON + 60 * MINUTE

    study.finish(ann, begun)
    assert attempt_of(ann, assignments.begin(ann, given)).due_at == NOON + 120 * MINUTE


@pytest.mark.parametrize("wanted", [terms(), exam_terms(minutes=None)], ids=["practice", "exam"])
def test_what_is_answered_after_the_end_does_not_count(
    app: App, teacher: User, ann: User, group: int, wanted: Terms, clock: Clock
):
    begun = assignments.begin(ann, assignments.give(teacher, group, wanted))
    clock.move(days=7, minutes=-1)
    answer(ann, begun, "frog")
    clock.move(minutes=1, seconds=6)
    answer(ann, begun, "frog", first=2)

    assert attempt_of(ann, begun).finished_at == DUE
    assert grades(app, begun) == [1, None]
    assert find_damage(app) == []


@pytest.mark.parametrize("wanted", [terms(), exam_terms(minutes=None)], ids=["practice", "exam"])
def test_an_answer_within_the_grace_counts_and_the_end_stays_the_due_date(
    app: App, teacher: User, ann: User, group: int, wanted: Terms, clock: Clock
):
    begun = assignments.begin(ann, assignments.give(teacher, group, wanted))
    clock.move(days=7, seconds=5)
    answer(ann, begun, "frog", "toad")
    clock.move(minutes=1)

    assert attempt_of(ann, begun).finished_at == DUE
    assert grades(app, begun) == [1, 0]
    assert find_damage(app) == []


@pytest.mark.parametrize("wanted", [terms(), exam_terms(minutes=None)], ids=["practice", "exam"])
def test_whoever_looks_closes_what_has_run_out(
    app: App, teacher: User, ann: User, ben: User, group: int, wanted: Terms, clock: Clock
):
    given = assignments.give(teacher, group, wanted)
    anns, bens = (assignments.begin(one, given) for one in (ann, ben))
    answer(ann, anns, "frog")
    clock.move(days=8)
    assert attempt_of(ann, anns).finished_at == DUE

    report = assignments.report(teacher, given)
    assert (report.done, report.begun) == (2, 0)
    assert {one.counted.finished_at for one in report.standings if one.counted} == {DUE}
    assert attempt_of(ben, bens).finished_at == DUE
    assert find_damage(app) == []


def test_going_on_in_practice_that_has_run_out_leads_to_its_result(teacher: User, ann: User, group: int, clock: Clock):
    begun = assignments.begin(ann, assignments.give(teacher, group, terms()))
    shown = study.sheet(ann, begun)
    clock.move(days=8)

    assert study.go_on(ann, begun, shown.item.id) is None
    assert attempt_of(ann, begun).finished_at == DUE


def test_ending_now_ends_what_goes_on_and_grades_what_was_saved(
    app: App, teacher: User, ann: User, ben: User, group: int, clock: Clock
):
    given = assignments.give(teacher, group, exam_terms())
    begun = assignments.begin(ann, given)
    answer(ann, begun, "frog")
    clock.move(minutes=10)
    assignments.end_now(teacher, given)
    clock.move(minutes=10)
    answer(ann, begun, "frog", first=2)

    assert stored(teacher, given).due_at == NOON + 10 * MINUTE
    assert attempt_of(ann, begun).finished_at == NOON + 10 * MINUTE
    assert grades(app, begun) == [1, None]
    with pytest.raises(NotAllowed, match="is over"):
        assignments.begin(ben, given)


def test_ending_what_is_over_ends_those_who_have_extra_time(teacher: User, ann: User, group: int, clock: Clock):
    classes.set_extra_time(teacher, group, ann.id, 2)
    given = assignments.give(teacher, group, exam_terms(due_at=NOON + 60 * MINUTE))
    begun = assignments.begin(ann, given)
    clock.move(minutes=80)
    assert attempt_of(ann, begun).due_at == NOON + 120 * MINUTE
    assignments.end_now(teacher, given)
    clock.move(minutes=1)

    assert attempt_of(ann, begun).finished_at == NOON + 80 * MINUTE
    assert stored(teacher, given).due_at == NOON + 60 * MINUTE


def test_ending_now_gives_nobody_time_whose_own_was_over(app: App, teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, exam_terms(minutes=10))
    begun = assignments.begin(ann, given)
    clock.move(minutes=30)
    assignments.end_now(teacher, given)
    answer(ann, begun, "frog")

    assert attempt_of(ann, begun).finished_at == NOON + 10 * MINUTE
    assert grades(app, begun) == [None, None]


def test_a_later_due_date_is_a_later_end_of_what_goes_on(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, terms())
    begun = assignments.begin(ann, given)
    assignments.change(teacher, given, terms(due_at=DUE + 60 * MINUTE, title="Who jumps?"))
    clock.move(days=7, minutes=30)

    assert attempt_of(ann, begun).finished_at is None
    assert (stored(teacher, given).due_at, stored(teacher, given).title) == (DUE + 60 * MINUTE, "Who jumps?")


def test_an_earlier_due_date_ends_what_goes_on_but_not_before_it_began(
    teacher: User, ann: User, group: int, clock: Clock
):
    given = assignments.give(teacher, group, terms())
    clock.move(hours=2)
    begun = assignments.begin(ann, given)
    assignments.change(teacher, given, terms(due_at=NOON + 60 * MINUTE))
    clock.move(minutes=1)

    assert attempt_of(ann, begun).finished_at == NOON + 120 * MINUTE


def test_another_title_moves_no_end(teacher: User, ann: User, group: int, clock: Clock):
    classes.set_extra_time(teacher, group, ann.id, 2)
    given = assignments.give(teacher, group, exam_terms())
    begun = assignments.begin(ann, given)
    assignments.change(teacher, given, exam_terms(title="Who jumps?"))

    assert attempt_of(ann, begun).due_at == NOON + 120 * MINUTE


def test_what_is_finished_stays_as_it_is_when_the_terms_change(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, terms())
    before = attempt_of(ann, sit(ann, given, "frog"))
    assignments.change(teacher, given, terms(due_at=DUE + MINUTE))

    assert attempt_of(ann, before.id) == before


@pytest.mark.parametrize(
    "other",
    [
        terms(question_ids=("frog", "newt")),
        terms(question_ids=None, number=2),
        terms(filter=Filter(topics=("pond",))),
        terms(same_for_all=False),
        exam_terms(minutes=None),
    ],
)
def test_once_somebody_has_begun_the_questions_stay(teacher: User, ann: User, group: int, other: Terms):
    given = assignments.give(teacher, group, terms())
    begun = assignments.begin(ann, given)
    with pytest.raises(Refused, match="Somebody has begun"):
        assignments.change(teacher, given, other.model_copy(update={"due_at": DUE + MINUTE}))
    assert stored(teacher, given).due_at == attempt_of(ann, begun).due_at == DUE

    untouched = assignments.give(teacher, group, terms())
    assignments.change(teacher, untouched, other)
    assert Terms(**{name: getattr(stored(teacher, untouched), name) for name in Terms.model_fields}) == other


def test_a_change_to_what_cannot_be_done_is_refused(teacher: User, group: int):
    given = assignments.give(teacher, group, exam_terms())
    with pytest.raises(Refused, match="there is none"):
        assignments.change(teacher, given, exam_terms(due_at=None))

    assert stored(teacher, given).due_at == DUE


def test_what_is_withdrawn_is_gone_and_its_answers_stay(app: App, teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms())
    begun = assignments.begin(ann, given)
    answer(ann, begun, "frog")
    assignments.withdraw(teacher, given)

    assert assignments.for_student(ann) == []
    for ask in (
        lambda: assignments.begin(ben, given),
        lambda: assignments.report(teacher, given),
        lambda: assignments.change(teacher, given, terms()),
        lambda: assignments.withdraw(teacher, given),
    ):
        with pytest.raises(NotFound):
            ask()
    answer(ann, begun, "toad", first=2)
    assert [one.state for one in items_of(app, begun)] == [State.ANSWERED, State.ANSWERED]
    assert grades(app, begun) == [1, 0]
