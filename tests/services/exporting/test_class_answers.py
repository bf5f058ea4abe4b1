"""An instructor takes the answers of a class away: to its assignments, by name, and nothing that is kept private."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from makers import NOON, Clock, on_sqlite
from services.classes.people import add, code_of, joined
from services.classes.sitting import answer, exam_terms, sit, terms
from services.corrections.keys import WHY, correct, give
from services.exporting.reading import as_csv, class_answers, pick

from quizlib.errors import NotFound, Refused
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.exporting import answers, grade_books
from quizlib.services.exporting.answers import AnswerFilter
from quizlib.services.people import privacy
from quizlib.store.people.classes import change_class

WHOSE = ("student", "question", "answer")
NOT_FOUND = pytest.raises(NotFound, match="This")


def test_every_answer_to_an_assignment_stands_there_by_name(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog", "toad")
    sit(ben, given, "newt")
    rows = class_answers(teacher, group)

    assert pick(rows, "student", "sign_in_name", "question", "answer", "points") == [
        ("Ann Frog", "ann.frog", "frog", "frog", 1.0),
        ("Ann Frog", "ann.frog", "heron", "toad", 0.0),
        ("Ben Toad", "ben.toad", "frog", "newt", 0.0),
    ]
    assert {(row["class_name"], row["assignment"], row["attempt"]) for row in rows} == {("Frogs 101", "Who jumps", 1)}


def test_attempts_are_counted_by_student_and_assignment_and_the_oldest_comes_first(
    teacher: User, ann: User, ben: User, group: int
):
    first, second = (assignments.give(teacher, group, terms(title=one)) for one in ("Who jumps", "Who sings"))
    for actor, given in ((ann, first), (ben, first), (ann, second), (ann, first)):
        sit(actor, given, "frog")

    assert pick(class_answers(teacher, group), "assignment", "student", "attempt") == [
        ("Who jumps", "Ann Frog", 1),
        ("Who jumps", "Ben Toad", 1),
        ("Who sings", "Ann Frog", 1),
        ("Who jumps", "Ann Frog", 2),
    ]


def test_the_instructor_has_the_points_before_students_are_told(teacher: User, ann: User, group: int):
    sit(ann, assignments.give(teacher, group, exam_terms(tells="by_hand")), "frog", "toad")

    assert pick(class_answers(teacher, group), "points", "right") == [(1.0, True), (0.0, False)]


def test_it_does_not_say_whose_answer_was_the_first(teacher: User, ann: User, ben: User, group: int):
    """Ann practised the question by herself before, which is nobody else's business."""
    give(ann, "frog")
    given = assignments.give(teacher, group, terms())
    for one in (ann, ben):
        sit(one, given, "frog", "frog")

    assert all("first" not in one for one in class_answers(teacher, group))


def test_practice_is_not_in_it_unless_it_is_shared_with_this_class(
    app: App, teacher: User, ann: User, ben: User, group: int
):
    other = add(app, "Mr Mill", instructs=True)
    mill = classes.make(other, "Toads 101")
    classes.join(ann, code_of(other, mill))
    give(ann, "frog")
    give(ben, "toad")
    assert class_answers(teacher, group) == []

    classes.share_practice(ann, group, True)
    rows = class_answers(teacher, group)
    assert pick(rows, *WHOSE) == [("Ann Frog", "frog", "frog")]
    assert pick(rows, "assignment", "attempt") == [(None, None)]
    assert class_answers(other, mill) == []

    classes.share_practice(ann, group, False)
    assert class_answers(teacher, group) == []


def test_what_was_given_in_another_class_is_not_in_it_even_where_practice_is_shared(
    app: App, teacher: User, ann: User, group: int
):
    other = add(app, "Mr Mill", instructs=True)
    mill = classes.make(other, "Toads 101")
    classes.join(ann, code_of(other, mill))
    classes.share_practice(ann, group, True)
    sit(ann, assignments.give(other, mill, terms()), "frog")

    assert class_answers(teacher, group) == []
    assert pick(class_answers(other, mill), *WHOSE) == [("Ann Frog", "frog", "frog")]


def test_whoever_left_is_not_in_it_and_whoever_erased_themself_has_no_name(
    teacher: User, ann: User, ben: User, group: int
):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog")
    sit(ben, given, "toad")
    classes.leave(ann, group)
    privacy.erase(ben, ben.name)

    assert pick(class_answers(teacher, group), "student", "sign_in_name", "answer") == [
        ("Erased student", None, "toad"),
    ]


def test_what_an_instructor_did_as_a_student_does_not_count(app: App, teacher: User, ann: User, group: int):
    (max_,) = joined(app, teacher, group, "Max Newt")
    with app.database.write() as connection:
        connection.execute(
            sa.text("UPDATE users SET roles = :roles WHERE id = :id"),
            {"roles": f'["{Role.INSTRUCTOR}", "{Role.STUDENT}"]', "id": max_.id},
        )
    sit(max_, assignments.give(teacher, group, terms()), "frog")
    assert len(class_answers(teacher, group)) == 1

    classes.make_instructor(teacher, group, max_.id)
    assert class_answers(teacher, group) == []


def test_a_withdrawn_assignment_is_not_in_it(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog")
    assignments.withdraw(teacher, given)

    assert class_answers(teacher, group) == []


def test_what_was_saved_in_an_exam_that_ran_out_is_answered(teacher: User, ann: User, group: int, clock: Clock):
    begun = assignments.begin(ann, assignments.give(teacher, group, exam_terms()))
    answer(ann, begun, "frog")
    assert class_answers(teacher, group) == []

    clock.move(minutes=61)
    assert pick(class_answers(teacher, group), *WHOSE, "points") == [("Ann Frog", "frog", "frog", 1.0)]


def test_what_is_answered_in_practice_is_in_it_while_the_rest_is_open(teacher: User, ann: User, group: int):
    answer(ann, assignments.begin(ann, assignments.give(teacher, group, terms())), "frog")

    assert pick(class_answers(teacher, group), *WHOSE) == [("Ann Frog", "frog", "frog")]


def test_marked_again_is_said_and_the_mark_is_that_of_now(app: App, teacher: User, ann: User, group: int):
    sit(ann, assignments.give(teacher, group, terms()), "toad", "toad")
    rescoring.rescore(teacher, "frog", correct(app), WHY)

    assert pick(class_answers(teacher, group), "question", "points", "again") == [
        ("frog", 1.0, True),
        ("heron", 0.0, False),
    ]


@pytest.fixture
def two(teacher: User, ann: User, ben: User, group: int, clock: Clock) -> tuple[int, int]:
    """Two assignments, a day apart, that both have done."""
    both = []
    for title in ("Who jumps", "Who sings"):
        both.append(assignments.give(teacher, group, terms(title=title, question_ids=("frog", "mole"))))
        for actor in (ann, ben):
            sit(actor, both[-1], "frog", "frog")
            clock.move(hours=1)
        clock.move(hours=22)
    return both[0], both[1]


def test_a_filter_leaves_what_it_says(teacher: User, ann: User, group: int, two: tuple[int, int]):
    def left(**filter: object) -> list[tuple[str, str, str]]:
        return pick(class_answers(teacher, group, AnswerFilter(**filter)), "assignment", "student", "question")  # type: ignore[arg-type]

    everything = left()
    assert len(everything) == 8
    assert left(assignment_id=two[1]) == [row for row in everything if row[0] == "Who sings"]
    assert left(user_id=ann.id) == [row for row in everything if row[1] == "Ann Frog"]
    assert left(topic="meadow") == [row for row in everything if row[2] == "mole"]
    assert left(topic="sky") == []
    assert left(since=NOON + timedelta(days=1)) == [row for row in everything if row[0] == "Who sings"]
    assert left(until=NOON + timedelta(hours=1)) == everything[:2]
    assert left(since=NOON, until=NOON) == []
    assert left(assignment_id=two[0], user_id=ann.id, topic="pond") == [("Who jumps", "Ann Frog", "frog")]


def test_the_count_of_attempts_is_the_same_with_any_filter(teacher: User, ann: User, ben: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ben, given, "frog")
    sit(ann, given, "frog")
    sit(ann, given, "frog", "frog")

    wanted = AnswerFilter(user_id=ann.id)
    assert pick(class_answers(teacher, group, wanted), "attempt", "question") == [
        (1, "frog"),
        (2, "frog"),
        (2, "heron"),
    ]


def test_shared_practice_follows_the_filter(teacher: User, ann: User, ben: User, group: int, two: tuple[int, int]):
    for actor in (ann, ben):
        classes.share_practice(actor, group, True)
        give(actor, "frog")

    def practised(filter: AnswerFilter) -> list[str]:
        return [row["student"] for row in class_answers(teacher, group, filter) if row["assignment"] is None]

    assert practised(AnswerFilter()) == ["Ann Frog", "Ben Toad"]
    assert practised(AnswerFilter(user_id=ben.id)) == ["Ben Toad"]
    assert practised(AnswerFilter(assignment_id=two[0])) == []
    assert practised(AnswerFilter(topic="meadow")) == []


def test_a_filter_reaches_nothing_of_another_class(app: App, teacher: User, ann: User, group: int):
    other = add(app, "Mr Mill", instructs=True)
    mill = classes.make(other, "Toads 101")
    elsewhere = assignments.give(other, mill, terms())
    toad, *_ = joined(app, other, mill, "Tom Toad")
    sit(toad, elsewhere, "frog")
    # somebody who instructs both
    classes.join(teacher, code_of(other, mill))
    classes.make_instructor(other, mill, teacher.id)

    with NOT_FOUND:
        class_answers(teacher, group, AnswerFilter(assignment_id=elsewhere))
    with NOT_FOUND:
        class_answers(teacher, group, AnswerFilter(user_id=toad.id))


@pytest.mark.parametrize("format", ["json", "toad", ""])
def test_another_format_is_refused(teacher: User, group: int, format: str):
    with pytest.raises(Refused, match="There is no such format"):
        answers.class_answers(teacher, group, AnswerFilter(), format)


@pytest.mark.parametrize("format", answers.OF_CLASS)
def test_every_format_is_named_after_the_class_and_the_day(teacher: User, ann: User, group: int, format: str):
    sit(ann, assignments.give(teacher, group, terms()), "frog")

    assert (
        answers.class_answers(teacher, group, AnswerFilter(), format).name == f"Frogs-101-answers-2026-11-21.{format}"
    )


def test_an_invented_class_says_so_in_the_name_of_its_files(app: App, teacher: User, ann: User, group: int):
    sit(ann, assignments.give(teacher, group, terms()), "frog")
    with app.database.write() as connection:
        change_class(connection, group, invented=True)

    made = answers.class_answers(teacher, group, AnswerFilter(), "csv")
    graded = grade_books.grade_book(teacher, group, "canvas")
    assert made.name.startswith("invented-Frogs-101-")
    assert graded.name.startswith("invented-Frogs-101-")


def test_what_people_are_called_is_no_formula_and_moves_no_column(app: App, teacher: User, group: int):
    (odd,) = joined(app, teacher, group, "Toad")
    with app.database.write() as connection:
        connection.execute(sa.text("UPDATE users SET name = '=1+1, \"🐸\"' WHERE id = :id"), {"id": odd.id})
    sit(odd, assignments.give(teacher, group, terms(title="@SUM(A1), week 1")), "frog")

    _, row = as_csv(teacher, answers.class_answers(teacher, group, AnswerFilter(), "csv").token)
    assert row[:4] == ['\'=1+1, "🐸"', "toad", "Frogs 101", "'@SUM(A1), week 1"]


@on_sqlite
def test_answers_are_found_through_indexes_and_in_their_order(app: App, teacher: User, ann: User, group: int):
    sit(ann, assignments.give(teacher, group, terms()), "frog")
    seen: list[str] = []
    sa.event.listen(app.database.engine, "before_cursor_execute", lambda _c, _cursor, text, *_: seen.append(text))
    class_answers(teacher, group)
    (asked,) = [one for one in seen if "FROM items" in one and "elapsed_ms" in one]

    with app.database.read() as connection:
        values = (1,) * asked.count("?")
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values).all()
    told = "\n".join(str(row[-1]) for row in rows)
    assert "SEARCH items USING INDEX" in told
    assert "TEMP B-TREE" not in told
    assert "SCAN" not in told
