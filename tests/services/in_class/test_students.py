"""One student as the teacher sees them: the assignments of the class, and practice only if it is shared."""

from datetime import timedelta

import pytest
from makers import Clock
from services.classes.people import add, code_of
from services.classes.sitting import answer, terms
from services.corrections.keys import give as practise
from services.in_class.lessons import HALF, RIGHT, WRONG, lesson, lessons, students

from quizlib.errors import NotFound
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.history.in_class import State
from quizlib.services.history.students import history
from quizlib.services.people import privacy


def test_every_attempt_stands_in_it_the_newest_first_with_what_counts(
    app: App, teacher: User, group: int, clock: Clock
):
    ann, ben = students(app, teacher, group, 2)
    first = lesson(teacher, group, [(ann, HALF)], title="First")
    clock.move(days=1)
    second = lesson(teacher, group, [(ben, RIGHT), (ann, WRONG), (ann, RIGHT)], title="Second", due_at=None)
    answer(ann, assignments.begin(ann, second), "frog")
    found = history(teacher, group, ann.id)

    assert [(one.assignment.id, one.number, one.tries, one.points, one.counts) for one in found.sittings] == [
        (second, 3, 3, None, False),
        (second, 2, 3, 2, True),
        (second, 1, 3, 0, False),
        (first, 1, 1, 1, True),
    ]
    assert [one.median for one in found.sittings] == [1.0, 1.0, 1.0, 0.5]
    assert [one.share for one in found.sittings] == [None, 1.0, 0.0, 0.5]
    assert (found.done, found.assignments, found.mean) == (2, 2, 0.75)
    at = found.sittings[1].finished_at
    assert at is not None
    assert at - clock.now < timedelta(seconds=1)


def test_what_was_not_begun_stands_there_with_the_reason(app: App, teacher: User, group: int, clock: Clock):
    students(app, teacher, group, 1)
    early = assignments.give(teacher, group, terms(title="Early"))
    clock.move(days=30)
    ben = add(app, "Ben Toad")
    classes.join(ben, code_of(teacher, group))
    now = assignments.give(teacher, group, terms(title="Now", due_at=None))
    found = history(teacher, group, ben.id)

    assert [(one.id, state) for one, state in found.missing] == [(now, State.NOT_BEGUN), (early, State.JOINED_LATER)]
    assert (found.done, found.mean, found.sittings, found.topics) == (0, None, (), ())


def test_topics_are_those_of_the_assignments_of_this_class(app: App, teacher: User, ann: User, group: int):
    lesson(teacher, group, [(ann, RIGHT), (ann, WRONG), (ann, HALF)], attempts_allowed=3)
    practise(ann, "toad", "mole")
    (pond,) = history(teacher, group, ann.id).topics

    assert pond[:4] == ("pond", 1, 6, 3)


def test_practice_is_told_only_while_it_is_shared(teacher: User, ann: User, group: int, clock: Clock):
    quiz = practise(ann, "frog")
    assert history(teacher, group, ann.id).practice is None

    classes.share_practice(ann, group, True)
    lesson(teacher, group, [(ann, RIGHT)])
    (shared,) = history(teacher, group, ann.id).practice or ()
    assert (shared.answered, shared.right) == (1, 1)
    practise(ann, "toad", "heron", clock)
    assert [(one.answered, one.right) for one in history(teacher, group, ann.id).practice or ()] == [(1, 0), (1, 1)]

    classes.share_practice(ann, group, False)
    assert history(teacher, group, ann.id).practice is None
    assert quiz


def test_who_shares_and_has_not_practised_has_nothing_to_show(teacher: User, ann: User, group: int):
    classes.share_practice(ann, group, True)

    assert history(teacher, group, ann.id).practice == ()


def test_sharing_in_one_class_is_not_sharing_in_another(app: App, teacher: User, ann: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    theirs = classes.make(brook, "Toads 101")
    classes.join(ann, code_of(brook, theirs))
    classes.share_practice(ann, theirs, True)
    lesson(brook, theirs, [(ann, RIGHT)])
    practise(ann, "frog")
    here, there = history(teacher, group, ann.id), history(brook, theirs, ann.id)

    assert (here.practice, here.sittings, here.topics) == (None, (), ())
    assert (len(there.practice or ()), len(there.sittings)) == (1, 1)


def test_a_student_who_slips_has_the_reason_beside_it(app: App, teacher: User, group: int, clock: Clock):
    ann, ben = students(app, teacher, group, 2)
    lessons(teacher, group, clock, [(ann, [RIGHT] * 3 + [WRONG] * 3), (ben, [RIGHT] * 6)])
    slip = history(teacher, group, ann.id).slip

    assert slip is not None
    assert (slip.before, slip.after, slip.class_before) == (1.0, 0.0, None)
    assert history(teacher, group, ben.id).slip is None


def test_only_students_of_the_class_are_here(app: App, teacher: User, ann: User, ben: User, group: int):
    brook = add(app, "Mr Brook", instructs=True)
    theirs = classes.make(brook, "Toads 101")
    other = add(app, "Olaf Otter")
    classes.join(other, code_of(brook, theirs))
    classes.leave(ann, group)
    privacy.erase(ben, "Ben Toad")
    for user_id in (other.id, ann.id, ben.id, teacher.id, 10**6):
        with pytest.raises(NotFound):
            history(teacher, group, user_id)
