"""A class is given something to do: what may be set, what students find, and how they begin it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from makers import NOON, Clock, items_of
from services.classes.people import add, code_of, joined
from services.classes.sitting import DUE, answer, exam_terms, sit, stored, terms

from quizlib.errors import NotAllowed, NotFound, NothingMatches, Refused
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.quizzes import study

HOUR = timedelta(hours=1)


def asked(app: App, attempt_id: int) -> list[str]:
    return [one.question_id for one in items_of(app, attempt_id)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (terms(opens_at=DUE), "before it opens"),
        (terms(opens_at=DUE + HOUR), "before it opens"),
        (terms(tells="by_hand"), "In practice"),
        (terms(tells="after_due"), "In practice"),
        (terms(minutes=30), "time limit"),
        (exam_terms(due_at=None), "there is none"),
        (terms(question_ids=()), "there are none"),
        (terms(question_ids=("frog", "dragon")), "dragon"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_given(
    teacher: User, ann: User, group: int, wrong: Terms, says: str
):
    with pytest.raises(Refused, match=says):
        assignments.give(teacher, group, wrong)

    assert assignments.for_student(ann) == []


@pytest.mark.parametrize(("number", "topics"), [(5, ()), (2, ("meadow",)), (1, ("desert",))])
def test_more_questions_than_there_are_is_refused(teacher: User, group: int, number: int, topics: tuple[str, ...]):
    with pytest.raises(NothingMatches, match="can be drawn"):
        assignments.give(teacher, group, terms(question_ids=None, number=number, filter=Filter(topics=topics)))


def test_what_is_given_is_stored_as_it_was_set(teacher: User, group: int):
    wanted = exam_terms(
        question_ids=("newt", "frog"),
        filter=Filter(topics=("pond",)),
        opens_at=NOON,
        minutes=12.5,
        attempts_allowed=2,
        counts="last",
        tells="by_hand",
        same_for_all=False,
    )
    found = stored(teacher, assignments.give(teacher, group, wanted))

    assert {name: getattr(found, name) for name in Terms.model_fields} == {
        name: getattr(wanted, name) for name in Terms.model_fields
    }


def test_a_fixed_set_is_asked_as_it_stands(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=("newt", "frog", "mole"), due_at=None))
    shown = study.sheet(ann, assignments.begin(ann, given))

    assert asked(app, shown.attempt.id) == ["newt", "frog", "mole"]
    assert (shown.attempt.plan, shown.attempt.assignment_id, shown.attempt.due_at) == (Plan.FIXED, given, None)


def test_a_question_chosen_twice_is_refused(teacher: User, group: int):
    with pytest.raises(Refused, match="twice"):
        assignments.give(teacher, group, terms(question_ids=("frog", "heron", "frog")))


def test_the_same_questions_for_all_are_the_same_in_other_option_orders(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=None, number=2))
    begun = [assignments.begin(one, given) for one in joined(app, teacher, group, *(f"Frog {n}" for n in range(8)))]

    assert len({tuple(asked(app, one)) for one in begun}) == 1
    assert len({items_of(app, one)[0].arrangement for one in begun}) > 1


def test_each_anew_draws_for_each_and_for_each_attempt(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=None, number=2, same_for_all=False))
    ann, *others = joined(app, teacher, group, *(f"Frog {n}" for n in range(8)))
    begun = [assignments.begin(one, given) for one in others] + [sit(ann, given) for _ in range(8)]

    assert {len(set(asked(app, one))) for one in begun} == {2}
    assert len({tuple(asked(app, one)) for one in begun[:7]}) > 1
    assert len({tuple(asked(app, one)) for one in begun[7:]}) > 1


def test_questions_come_from_the_topics_that_were_set(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=None, number=1, filter=Filter(topics=("meadow",))))

    assert asked(app, assignments.begin(ann, given)) == ["mole"]


def test_it_opens_when_it_was_set_to(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, terms(opens_at=NOON + HOUR))
    assert assignments.for_student(ann) == []
    with pytest.raises(NotAllowed, match="not opened yet"):
        assignments.begin(ann, given)

    clock.move(hours=1)
    (due,) = assignments.for_student(ann)
    assert (due.assignment.id, due.can_begin) == (given, True)
    assert study.sheet(ann, assignments.begin(ann, given)).attempt.due_at == DUE


def test_from_the_moment_it_is_due_nobody_begins(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, terms())
    clock.move(days=7)
    (due,) = assignments.for_student(ann)

    assert (due.can_begin, due.running, due.last) == (False, None, None)
    with pytest.raises(NotAllowed, match="is over"):
        assignments.begin(ann, given)


def test_it_may_be_tried_as_often_as_allowed(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms(attempts_allowed=2))
    first = sit(ann, given, "toad")
    (due,) = assignments.for_student(ann)
    assert (due.left, due.last, due.can_begin) == (1, first, True)

    second = sit(ann, given, "frog")
    (due,) = assignments.for_student(ann)
    assert (due.left, due.last, due.can_begin) == (0, second, False)
    with pytest.raises(NotAllowed, match="every attempt"):
        assignments.begin(ann, given)
    assert assignments.begin(ben, given) > second


def test_begun_twice_from_two_tabs_is_one_attempt(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms(attempts_allowed=1))
    with ThreadPoolExecutor(8) as tabs:
        begun = list(tabs.map(lambda who: (who.id, assignments.begin(who, given)), [ann, ben] * 4))

    assert Counter(begun).keys() == {(ann.id, begun[0][1]), (ben.id, begun[1][1])}
    assert [one.tries for one in assignments.report(teacher, given).standings] == [1, 1]


def test_what_is_under_way_is_gone_on_with(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms(attempts_allowed=1))
    begun = assignments.begin(ann, given)
    answer(ann, begun, "frog")
    (due,) = assignments.for_student(ann)

    assert (due.running, due.can_begin) == (begun, False)
    assert assignments.begin(ann, given) == begun
    assert study.sheet(ann, begun).answered == 1


def test_an_attempt_that_ran_out_is_closed_when_the_next_begins(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, exam_terms(attempts_allowed=2))
    first = assignments.begin(ann, given)
    answer(ann, first, "frog")
    clock.move(hours=2)
    (due,) = assignments.for_student(ann)
    assert (due.running, due.last, due.left, due.can_begin) == (None, first, 1, True)

    second = assignments.begin(ann, given)
    assert second != first
    assert study.sheet(ann, first).attempt.finished_at == NOON + HOUR
    assert study.sheet(ann, second).attempt.due_at == NOON + 3 * HOUR


def test_what_is_due_first_comes_first_from_every_class(app: App, teacher: User, ann: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    other = classes.make(brook, "Toads 101")
    classes.join(ann, code_of(brook, other))
    for where, who, days in ((group, teacher, None), (group, teacher, 9), (other, brook, 2), (group, teacher, 5)):
        due_at = None if days is None else NOON + timedelta(days=days)
        assignments.give(who, where, terms(title=f"in {days} days", due_at=due_at))

    assert [(one.assignment.title, one.class_name) for one in assignments.for_student(ann)] == [
        ("in 2 days", "Toads 101"),
        ("in 5 days", "Frogs 101"),
        ("in 9 days", "Frogs 101"),
        ("in None days", "Frogs 101"),
    ]


def test_who_leaves_or_teaches_has_nothing_to_do(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms())
    classes.leave(ann, group)

    assert assignments.for_student(ann) == assignments.for_student(teacher) == []
    assert [one.assignment.id for one in assignments.for_student(ben)] == [given]
    for who in (ann, teacher):
        with pytest.raises(NotFound):
            assignments.begin(who, given)


def test_a_question_that_is_asked_no_more_is_left_out(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    with app.database.write() as connection:
        connection.exec_driver_sql("UPDATE questions SET status = 'retired' WHERE id = 'frog'")
    assert asked(app, assignments.begin(ann, given)) == ["heron"]


def test_an_assignment_without_any_question_left_says_so(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    with app.database.write() as connection:
        connection.exec_driver_sql("UPDATE questions SET status = 'retired'")
    with pytest.raises(NothingMatches, match="Tell your teacher"):
        assignments.begin(ann, given)


def test_the_learners_choice_of_confidence_holds_in_practice_only(teacher: User, ann: User, group: int):
    asks = ann.model_copy(update={"asks_confidence": True})
    for wanted, expected in ((terms(), True), (exam_terms(), False)):
        begun = assignments.begin(asks, assignments.give(teacher, group, wanted))
        assert study.sheet(asks, begun).attempt.asks_confidence is expected


@pytest.mark.parametrize("wanted", [terms(), exam_terms(minutes=None), exam_terms(minutes=45)])
def test_a_new_quiz_like_an_assignment_is_the_learners_own(
    teacher: User, ann: User, group: int, wanted: Terms, clock: Clock
):
    begun = sit(ann, assignments.give(teacher, group, wanted), "frog")
    again = study.sheet(ann, study.start_like(ann, begun)).attempt

    assert (again.assignment_id, again.behaviour, again.number) == (None, wanted.behaviour, 2)
    lasts = again.due_at - again.started_at if again.due_at else None
    limited = wanted.behaviour is Behaviour.EXAM and wanted.minutes is not None
    assert lasts == (timedelta(minutes=45) if limited else None)
