"""The scores of a class: who stands where, what counts, how it is spread, and what a filter leaves."""

from datetime import timedelta

import pytest
from makers import NOON, Clock
from services.classes.people import add, code_of
from services.classes.sitting import DUE, answer, exam_terms, sit, terms
from services.in_class.lessons import HALF, RIGHT, WRONG, lesson, students

from quizlib.errors import NotFound
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.history import scores
from quizlib.services.history.scores import Scores, State
from quizlib.services.people import accounts, privacy


def seen(found: Scores, given: int) -> dict[str, float | State]:
    """Give, by name, the points at an assignment, or the state where there are none."""
    cells = {one.name: one.scores[given] for one in found.rows}
    return {name: cell.state if cell.points is None else cell.points for name, cell in cells.items()}


def test_everybody_stands_in_it_whether_they_began_or_not(app: App, teacher: User, group: int):
    ann, ben, cleo, _ = students(app, teacher, group, 4)
    given = lesson(teacher, group, [(ann, RIGHT), (ben, HALF)])
    answer(cleo, assignments.begin(cleo, given), "frog")
    found = scores.of_class(teacher, group)

    assert seen(found, given) == {
        "Ann Frog": 2,
        "Ben Toad": 1,
        "Cleo Newt": State.RUNNING,
        "Dan Heron": State.NOT_BEGUN,
    }
    assert [(one.done, one.mean) for one in found.rows] == [(1, 1.0), (1, 0.5), (0, None), (0, None)]
    assert found.figures[given][:4] == (2, 0.75, pytest.approx(0.5**1.5), 0.5)
    assert found.figures[given].tenths == (0, 0, 0, 0, 0, 1, 0, 0, 0, 1)


@pytest.mark.parametrize(("counts", "points"), [("first", 1), ("best", 2), ("last", 0)])
def test_of_several_attempts_the_one_counts_that_was_set(
    teacher: User, ann: User, group: int, counts: str, points: int
):
    given = lesson(teacher, group, [(ann, HALF), (ann, RIGHT), (ann, WRONG)], counts=counts)
    answer(ann, assignments.begin(ann, given), "frog")
    (row,) = scores.of_class(teacher, group).rows

    assert row.scores[given][1:3] == (points, 2)
    assert (row.scores[given].tries, row.scores[given].running) == (4, True)


def test_the_newest_assignment_comes_first_and_a_withdrawn_one_is_gone(teacher: User, ann: User, group: int):
    old, gone, new = (lesson(teacher, group, [(ann, RIGHT)], title=title) for title in ("Old", "Gone", "New"))
    assignments.withdraw(teacher, gone)
    found = scores.of_class(teacher, group)

    assert [one.id for one in found.assignments] == [new, old]
    assert found.rows[0].done == 2
    assert [one.n for one in found.topics] == [4]


def test_what_opens_later_and_what_was_due_before_somebody_came_is_not_held_against_them(
    app: App, teacher: User, ann: User, group: int, clock: Clock
):
    early = assignments.give(teacher, group, terms(due_at=NOON + timedelta(hours=1)))
    clock.move(days=1)
    ben = add(app, "Ben Toad")
    classes.join(ben, code_of(teacher, group))
    later = assignments.give(teacher, group, terms(opens_at=NOON + timedelta(days=5)))
    found = scores.of_class(teacher, group)

    assert seen(found, early) == {"Ann Frog": State.NOT_BEGUN, "Ben Toad": State.JOINED_LATER}
    assert set(seen(found, later).values()) == {State.NOT_OPEN}


def test_an_exam_that_ran_out_counts_with_what_was_saved(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, exam_terms())
    answer(ann, assignments.begin(ann, given), "frog")
    assert seen(scores.of_class(teacher, group), given) == {"Ann Frog": State.RUNNING}

    clock.move(hours=2)
    assert seen(scores.of_class(teacher, group), given) == {"Ann Frog": 1}


def test_the_teacher_sees_what_students_are_told_later(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    sit(ann, given, *RIGHT)

    assert seen(scores.of_class(teacher, group), given) == {"Ann Frog": 2}


def test_who_left_is_gone_and_who_is_erased_counts_without_a_name(app: App, teacher: User, group: int):
    ann, ben, cleo = students(app, teacher, group, 3)
    given = lesson(teacher, group, [(ann, RIGHT), (ben, WRONG), (cleo, HALF)])
    classes.leave(cleo, group)
    privacy.erase(ann, "Ann Frog")
    found = scores.of_class(teacher, group)

    assert [(one.user_id, one.name, one.sign_in_name) for one in found.rows] == [
        (ben.id, "Ben Toad", "ben.toad"),
        (0, "", None),
    ]
    assert found.rows[1].scores[given].points == 2
    assert found.figures[given].n == 2
    assert "Ann" not in repr(found)


def test_a_student_who_now_teaches_the_class_stands_in_it_no_more(app: App, teacher: User, ann: User, group: int):
    lesson(teacher, group, [(ann, RIGHT)])
    accounts.set_roles(ann, ["instructor"])
    classes.make_instructor(teacher, group, ann.id)

    assert scores.of_class(teacher, group).rows == ()
    assert scores.of_class(teacher, group).figures == {}


def test_a_class_without_students_or_without_assignments_is_empty(app: App, teacher: User, group: int):
    nothing = scores.of_class(teacher, group)
    assert (nothing.assignments, nothing.rows, nothing.figures, nothing.topics) == ((), (), {}, ())

    given = assignments.give(teacher, group, terms())
    assert [one.id for one in scores.of_class(teacher, group).assignments] == [given]
    assert scores.of_class(teacher, group).figures == {}


def test_one_student_has_a_mean_and_no_spread(teacher: User, ann: User, group: int):
    given = lesson(teacher, group, [(ann, HALF)])

    assert scores.of_class(teacher, group).figures[given][:4] == (1, 0.5, None, 0.5)


def test_topics_are_of_all_finished_attempts_and_have_a_share_from_five_answers(app: App, teacher: User, group: int):
    ann, ben = students(app, teacher, group, 2)
    lesson(teacher, group, [(ann, RIGHT), (ann, WRONG), (ben, HALF)], question_ids=("frog", "mole"))
    lesson(teacher, group, [(ann, RIGHT), (ben, RIGHT)])
    answer(ben, assignments.begin(ben, assignments.give(teacher, group, terms())), "frog")
    pond, meadow = scores.of_class(teacher, group).topics

    assert (pond[:4], meadow[:4]) == (("pond", 2, 7, 6), ("meadow", 2, 3, 1))
    assert pond.share == pytest.approx(6 / 7)
    assert pond.low is not None
    assert pond.high is not None
    assert pond.low < 6 / 7 < pond.high
    assert meadow[4:] == (None, None, None)


@pytest.fixture
def two_lessons(app: App, teacher: User, group: int, clock: Clock) -> tuple[User, User, int, int]:
    """Give two students, and two assignments a week apart; the second is of two topics."""
    ann, ben = students(app, teacher, group, 2)
    first = lesson(teacher, group, [(ann, RIGHT), (ben, WRONG)], title="First")
    clock.move(days=7)
    mixed = {"question_ids": ("frog", "mole"), "due_at": None}
    return ann, ben, first, lesson(teacher, group, [(ann, HALF), (ben, RIGHT)], title="Second", **mixed)


def test_a_filter_leaves_one_student_or_one_assignment(teacher: User, group: int, two_lessons):
    ann, ben, first, second = two_lessons
    of_ben = scores.of_class(teacher, group, AnswerFilter(user_id=ben.id))
    of_first = scores.of_class(teacher, group, AnswerFilter(assignment_id=first))

    assert [one.name for one in of_ben.rows] == ["Ben Toad"]
    assert of_ben.figures[first].n == 1
    assert [(one.topic, one.n) for one in of_ben.topics] == [("pond", 3), ("meadow", 1)]
    assert [one.id for one in of_first.assignments] == [first]
    assert {one.name: one.done for one in of_first.rows} == {"Ann Frog": 1, "Ben Toad": 1}
    assert [one.id for one in of_first.every] == [second, first]
    assert len(of_ben.students) == 2
    assert ann.name in {one.name for one in of_ben.students}


def test_a_filter_by_topic_counts_its_questions_only(teacher: User, group: int, two_lessons):
    _, _, first, second = two_lessons
    meadow = scores.of_class(teacher, group, AnswerFilter(topic="meadow"))
    pond = scores.of_class(teacher, group, AnswerFilter(topic="pond"))

    assert [one.id for one in meadow.assignments] == [second]
    assert seen(meadow, second) == {"Ann Frog": 0, "Ben Toad": 1}
    assert [one.topic for one in meadow.topics] == ["meadow"]
    assert seen(pond, second) == {"Ann Frog": 1, "Ben Toad": 1}
    assert pond.rows[0].scores[second].questions == 1
    assert seen(pond, first) == {"Ann Frog": 2, "Ben Toad": 0}
    assert set(meadow.topics_met) == {"pond", "meadow"}


def test_a_filter_by_date_leaves_what_was_finished_then(teacher: User, group: int, two_lessons):
    _, _, first, second = two_lessons
    early = scores.of_class(teacher, group, AnswerFilter(until=NOON + timedelta(days=1)))
    late = scores.of_class(teacher, group, AnswerFilter(since=NOON + timedelta(days=7)))

    assert seen(early, first) == {"Ann Frog": 2, "Ben Toad": 0}
    assert [one.id for one in early.assignments] == [first]
    assert [one.id for one in late.assignments] == [second]
    assert early.figures.keys() == {first}
    assert late.figures.keys() == {second}
    assert {one.topic: one.n for one in early.topics} == {"pond": 4}


def test_who_and_what_is_of_another_class_is_not_here(app: App, teacher: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    theirs = classes.make(brook, "Toads 101")
    (other,) = students(app, brook, theirs, 1)
    elsewhere = lesson(brook, theirs, [(other, RIGHT)])
    for which in (
        AnswerFilter(user_id=other.id),
        AnswerFilter(assignment_id=elsewhere),
        AnswerFilter(user_id=10**6),
        AnswerFilter(assignment_id=10**6),
    ):
        with pytest.raises(NotFound):
            scores.of_class(teacher, group, which)
    assert scores.of_class(teacher, group, AnswerFilter(topic="nowhere")).assignments == ()


def test_what_is_due_may_be_looked_at_before_anybody_began(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms(due_at=DUE))

    assert seen(scores.of_class(teacher, group), given) == {"Ann Frog": State.NOT_BEGUN}


def test_a_date_does_not_make_another_attempt_count(teacher: User, ann: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, terms(counts="first"))
    sit(ann, given, *RIGHT)
    clock.move(days=1)
    sit(ann, given, *WRONG)

    late = scores.of_class(teacher, group, AnswerFilter(since=NOON + timedelta(hours=12)))
    early = scores.of_class(teacher, group, AnswerFilter(until=NOON + timedelta(hours=12)))

    assert late.assignments == ()
    assert seen(early, given) == {"Ann Frog": 2}


def test_who_is_under_way_stays_so_with_a_topic(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, *RIGHT)
    assignments.begin(ben, given)

    found = scores.of_class(teacher, group, AnswerFilter(topic="pond"))

    assert seen(found, given) == {"Ann Frog": 2, "Ben Toad": State.RUNNING}
