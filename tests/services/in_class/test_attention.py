"""What of a class needs a look: the late, the slipping, what many missed, and keys in doubt."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from makers import NOON, Clock, option, place_of, question
from services.classes.people import add, code_of
from services.classes.sitting import answer, exam_terms, sit, terms
from services.corrections.keys import publish
from services.in_class.lessons import RIGHT, WRONG, lesson, lessons, students, write

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.authoring import reviewing
from quizlib.services.classes import assignments, classes
from quizlib.services.history import attention
from quizlib.services.history.attention import Attention
from quizlib.services.people import privacy
from quizlib.services.quizzes import study
from quizlib.store.tables import question_statistics


def late(found: Attention) -> list[tuple[str, bool, list[str]]]:
    return [(one.assignment.title, one.over, [each.name for each in one.students]) for one in found.waiting]


def test_nothing_needs_a_look_in_a_class_without_answers(app: App, teacher: User, group: int):
    assert not attention.needed(teacher, group)

    students(app, teacher, group, 6)
    assignments.give(teacher, group, terms())
    assert not attention.needed(teacher, group)


def test_who_has_not_begun_is_named_from_three_days_before_it_is_due_to_a_week_after(
    app: App, teacher: User, group: int, clock: Clock
):
    ann, _, cleo = students(app, teacher, group, 3)
    given = lesson(teacher, group, [(ann, RIGHT)], title="Leaps", due_at=NOON + timedelta(days=10))
    assignments.begin(cleo, given)
    assert late(attention.needed(teacher, group)) == []

    clock.move(days=7)
    assert late(attention.needed(teacher, group)) == [("Leaps", False, ["Ben Toad"])]
    clock.move(days=10)
    assert late(attention.needed(teacher, group)) == [("Leaps", True, ["Ben Toad"])]
    clock.move(seconds=1)
    assert late(attention.needed(teacher, group)) == []


def test_what_is_due_next_comes_first_and_what_is_over_last(teacher: User, ann: User, group: int, clock: Clock):
    for title, hours in (("Tomorrow", 24), ("Soon", 2), ("Over", 1)):
        assignments.give(teacher, group, terms(title=title, due_at=NOON + timedelta(hours=hours)))
    assignments.give(teacher, group, terms(title="Some day", due_at=None))
    clock.move(minutes=90)

    assert [title for title, *_ in late(attention.needed(teacher, group))] == ["Soon", "Tomorrow", "Over"]


def test_what_cannot_be_begun_yet_and_who_came_after_it_was_due_are_left_alone(
    app: App, teacher: User, group: int, clock: Clock
):
    assignments.give(teacher, group, terms(title="Over", due_at=NOON + timedelta(hours=1)))
    opens = {"opens_at": NOON + timedelta(days=2), "due_at": NOON + timedelta(days=3)}
    assignments.give(teacher, group, terms(title="Later", **opens))
    clock.move(hours=2)
    classes.join(add(app, "Ben Toad"), code_of(teacher, group))

    assert late(attention.needed(teacher, group)) == []


def test_who_falls_is_named_with_how_far_and_how_the_others_did(app: App, teacher: User, group: int, clock: Clock):
    ann, *others = students(app, teacher, group, 6)
    lessons(teacher, group, clock, [(ann, [RIGHT] * 3 + [WRONG] * 3), *((one, [RIGHT] * 6) for one in others)])
    (slip,) = attention.needed(teacher, group).slipping

    assert (slip.student.name, slip.before, slip.after) == ("Ann Frog", 1.0, 0.0)
    assert (slip.class_before, slip.class_after) == (1.0, 1.0)


def test_who_was_erased_slips_no_more(app: App, teacher: User, group: int, clock: Clock):
    (ann,) = students(app, teacher, group, 1)
    lessons(teacher, group, clock, [(ann, [RIGHT] * 3 + [WRONG] * 3)])
    assert len(attention.needed(teacher, group).slipping) == 1

    privacy.erase(ann, "Ann Frog")
    assert attention.needed(teacher, group).slipping == ()


def test_a_danger_that_a_quarter_missed_is_named_and_never_averaged_away(app: App, teacher: User, group: int):
    # the newt is an emergency: missed by two of eight, and less than the frog
    everybody = students(app, teacher, group, 8)
    answers = [("newt", "newt")] * 2 + [("newt", "frog")] * 4 + [RIGHT] * 2
    lesson(teacher, group, list(zip(everybody, answers, strict=True)), question_ids=("frog", "newt"))
    found = attention.needed(teacher, group)
    (danger,) = found.dangers

    assert (danger.question_id, danger.missed, danger.answers, danger.chosen, danger.chose) == ("newt", 2, 8, "newt", 2)
    assert found.missed is not None
    assert (found.missed.question_id, found.missed.missed, found.missed.chosen) == ("frog", 6, "newt")
    assert found.missed.title.startswith("Which of them jumps")


@pytest.mark.parametrize(("wrong", "named"), [(2, True), (1, False)])
def test_the_most_missed_question_is_named_from_a_third_on(
    app: App, teacher: User, group: int, wrong: int, named: bool
):
    everybody = students(app, teacher, group, 6)
    answers = [("toad", "frog")] * wrong + [RIGHT] * (6 - wrong)
    lesson(teacher, group, list(zip(everybody, answers, strict=True)))

    assert (attention.needed(teacher, group).missed is not None) == named


def test_four_answers_say_nothing_about_a_question(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 4)
    lesson(teacher, group, [(one, WRONG) for one in everybody], question_ids=("frog", "newt"))
    found = attention.needed(teacher, group)

    assert (found.dangers, found.missed) == ((), None)


def test_only_first_attempts_and_the_newest_assignment_are_looked_at(app: App, teacher: User, group: int, clock: Clock):
    everybody = students(app, teacher, group, 5)
    old = lesson(teacher, group, [(one, WRONG) for one in everybody], title="Old")
    clock.move(days=1)
    lesson(teacher, group, [(one, RIGHT) for one in everybody], title="New")
    for one in everybody:
        sit(one, old, *WRONG)
    assert attention.needed(teacher, group).missed is None

    # a newer one that nobody has finished does not take the place of what is known
    newest = assignments.give(teacher, group, terms(title="Newest", due_at=None))
    assignments.begin(everybody[0], newest)
    third = lesson(teacher, group, [(one, WRONG) for one in everybody], title="Third")
    for one in everybody:
        sit(one, third, *RIGHT)
    missed = attention.needed(teacher, group).missed
    assert missed is not None
    assert (missed.assignment.title, missed.missed, missed.answers) == ("Third", 5, 5)


def test_what_was_left_open_is_not_missed(app: App, teacher: User, group: int):
    lesson(teacher, group, [(one, ("frog",)) for one in students(app, teacher, group, 5)])

    assert attention.needed(teacher, group).missed is None


def test_an_exam_that_ran_out_is_closed_on_the_way(app: App, teacher: User, group: int, clock: Clock):
    given = assignments.give(teacher, group, exam_terms())
    for one in students(app, teacher, group, 5):
        answer(one, assignments.begin(one, given), "toad", "frog")
    clock.move(hours=2)
    missed = attention.needed(teacher, group).missed

    assert missed is not None
    assert (missed.question_id, missed.missed, missed.chosen, missed.chose) == ("frog", 5, "toad", 5)


def note(app: App, question_id: str, discrimination: float, correlated: int) -> None:
    """Put into the cache what the background finds."""
    row = {"question_id": question_id, "answers": correlated, "fraction_sum": 1.0, "as_of": NOON}
    with app.database.write() as connection:
        connection.execute(sa.delete(question_statistics).where(question_statistics.c.question_id == question_id))
        connection.execute(
            sa.insert(question_statistics).values(**row, discrimination=discrimination, correlated=correlated)
        )


def test_a_key_is_in_doubt_from_thirty_learners_on_where_the_class_was_asked(
    app: App, teacher: User, ann: User, group: int
):
    assignments.give(teacher, group, terms(question_ids=("frog", "heron", "newt")))
    for question_id, discrimination, learners in (
        ("frog", -0.2, 30),
        ("heron", -0.4, 29),
        ("newt", 0.1, 90),
        ("mole", -0.9, 90),  # which nobody in the class was asked
    ):
        note(app, question_id, discrimination, learners)
    (doubtful,) = attention.needed(teacher, group).doubtful

    assert (doubtful.question_id, doubtful.discrimination, doubtful.learners) == ("frog", -0.2, 30)


def test_a_withdrawn_question_is_in_doubt_no_more(app: App, teacher: User, ann: User, group: int):
    assignments.give(teacher, group, terms(question_ids=("frog",)))
    note(app, "frog", -0.2, 30)
    reviewing.retire(teacher, "frog")

    assert attention.needed(teacher, group).doubtful == ()


def test_what_everybody_drew_alike_counts_as_asked(app: App, teacher: User, ann: User, group: int):
    drawn = lesson(teacher, group, [], question_ids=None, number=5)
    note(app, "mole", -0.2, 30)
    assert attention.needed(teacher, group).doubtful == ()

    assignments.begin(ann, drawn)
    assert [one.question_id for one in attention.needed(teacher, group).doubtful] == ["mole"]


def test_of_several_right_options_the_wrong_one_is_named_that_most_chose(app: App, teacher: User, group: int):
    options = [option("frog", True), option("tree frog", True), option("toad"), option("newt")]
    publish(app, question("heron", choose="several", options=options))
    given = assignments.give(teacher, group, terms(question_ids=("heron",)))
    picks = [("frog", "toad"), ("tree frog", "toad"), ("toad", "newt"), ("newt",), ("frog", "tree frog")]
    for one, picked in zip(students(app, teacher, group, 5), picks, strict=True):
        quiz = assignments.begin(one, given)
        shown = study.sheet(one, quiz)
        places = [place for text in picked for place in place_of(shown, text)]
        study.answer(one, quiz, shown.item.id, places, seen=shown.item.seq)
        study.finish(one, quiz)
    missed = attention.needed(teacher, group).missed

    assert missed is not None
    assert (missed.missed, missed.answers, missed.chosen, missed.chose) == (4, 5, "toad", 3)


def test_what_most_wrote_is_named_where_there_are_no_options(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=("leap",)))
    for one, text in zip(students(app, teacher, group, 5), ["newt", "newt", "toad", "salamander", "newt"], strict=True):
        quiz = assignments.begin(one, given)
        write(one, quiz, text)
        study.finish(one, quiz)
    missed = attention.needed(teacher, group).missed

    assert missed is not None
    assert (missed.missed, missed.chosen, missed.chose) == (4, "newt", 3)
