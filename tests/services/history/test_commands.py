"""Score history from the console, and what learners were promised."""

import pytest
from makers import Clock
from services.classes.people import add, code_of
from services.classes.sitting import answer, exam_terms, sit, terms
from services.history.practising import practise, short

from quizlib.config import Settings
from quizlib.errors import NotFound, Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.history import commands
from quizlib.services.people import privacy
from quizlib.store.people import people


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(settings.database_url, settings.questions, sign_in="accounts")


@pytest.fixture
def teacher(app: App) -> User:
    return add(app, "Ms Pond", instructs=True)


@pytest.fixture
def group(teacher: User) -> int:
    return classes.make(teacher, "Frogs 101")


@pytest.fixture
def ann(app: App, teacher: User, group: int) -> User:
    """A student who has the frog right and the heron wrong in an assignment, and one of one by herself."""
    one = add(app, "Ann Frog")
    classes.join(one, code_of(teacher, group))
    sit(one, assignments.give(teacher, group, terms()), "frog", "toad")
    practise(one, "frog")
    return one


def test_a_class_shows_its_assignments_by_person(app: App, teacher: User, group: int, ann: User):
    found = commands.scores(app, group="frogs 101")

    assert short(found) == [("Ann Frog", "Who jumps", 1.0, 2)]
    assert (found.scores[0].score, found.scores[0].topics) == (0.5, ("pond",))
    assert found.left_out == ""


def test_practice_alone_is_left_out_and_that_is_told(app: App, ann: User):
    found = commands.scores(app, person="ann.frog")

    assert short(found) == [("Ann Frog", "Who jumps", 1.0, 2)]
    assert found.left_out == "Ann Frog"
    assert found.as_json()["practice_left_out"]


def test_who_shares_practice_shows_it(app: App, group: int, ann: User):
    classes.share_practice(ann, group, True)
    found = commands.scores(app, person="Ann Frog")

    assert short(found) == [("Ann Frog", "Who jumps", 1.0, 2), ("Ann Frog", "Surprise me", 1.0, 1)]
    assert found.left_out == ""


def test_what_is_shared_with_one_class_is_not_with_another(app: App, teacher: User, group: int, ann: User):
    other = classes.make(teacher, "Toads 101")
    classes.join(ann, code_of(teacher, other))
    classes.share_practice(ann, other, True)

    assert short(commands.scores(app, person="ann.frog", group="Frogs 101")) == [("Ann Frog", "Who jumps", 1.0, 2)]
    assert short(commands.scores(app, person="ann.frog", group="Toads 101")) == [("Ann Frog", "Surprise me", 1.0, 1)]


def test_an_instructor_is_no_exception(app: App, teacher: User, ann: User):
    practise(teacher, "frog")

    assert commands.scores(app, person="ms.pond").scores == ()


def test_somebody_must_be_named(app: App):
    with pytest.raises(Refused, match=r"--person NAME, or --class NAME\."):
        commands.scores(app)


def test_who_left_is_gone_and_who_was_erased_has_no_name(app: App, teacher: User, group: int, ann: User):
    ben = add(app, "Ben Toad")
    classes.join(ben, code_of(teacher, group))
    sit(ben, assignments.give(teacher, group, terms(title="Again")), "toad", "toad")
    classes.leave(ben, group)
    privacy.erase(ann, ann.name)

    assert short(commands.scores(app, group="Frogs 101")) == [("Erased student", "Who jumps", 1.0, 2)]


def test_a_withdrawn_assignment_is_no_more_of_the_class(app: App, teacher: User, group: int, ann: User):
    task = classes.view(teacher, group).progress[0].assignment.id
    assignments.withdraw(teacher, task)

    assert commands.scores(app, group="Frogs 101").scores == ()
    assert short(commands.scores(app, person="ann.frog")) == [("Ann Frog", "Who jumps", 1.0, 2)]


def test_what_has_run_out_is_closed_first(app: App, teacher: User, group: int, ann: User, clock: Clock):
    task = assignments.give(teacher, group, exam_terms(title="Leaps"))
    answer(ann, assignments.begin(ann, task), "frog")
    assert commands.scores(app, group="Frogs 101").scores[-1].finished is False
    clock.move(hours=2)
    last = commands.scores(app, group="Frogs 101").scores[-1]

    assert (last.what, last.points, last.questions, last.minutes) == ("Leaps", 1.0, 2, 60.0)


def test_people_of_one_name_are_told_apart_by_number(app: App, teacher: User, group: int, ann: User):
    with app.database.write() as connection:
        other = people.add_user(connection, app.clock(), name="Ann Frog", sign_in_name="ann2", roles=[])
    with pytest.raises(Refused, match=rf"2 are called Ann Frog: #{ann.id} ann.frog, #{other.id} ann2\."):
        commands.scores(app, person="Ann Frog")

    assert commands.scores(app, person=f"#{ann.id}").scores[0].person_id == ann.id
    assert commands.scores(app, person="ANN2").scores == ()


def test_classes_of_one_name_are_told_apart_by_number(app: App, teacher: User, group: int, ann: User):
    other = classes.make(teacher, "Frogs 101")
    with pytest.raises(Refused, match=f"2 are called frogs 101: #{group}, #{other}"):
        commands.scores(app, group="frogs 101")

    assert len(commands.scores(app, group=f"#{group}").scores) == 1


def test_what_there_is_none_of_is_told_with_what_there_is(app: App, teacher: User, group: int, ann: User):
    with pytest.raises(NotFound, match=rf"no class Newts\. There are: #{group} Frogs 101\."):
        commands.scores(app, group="Newts")
    with pytest.raises(NotFound, match="Nobody is called cleo"):
        commands.scores(app, person="cleo")
    add(app, "Cleo")
    with pytest.raises(NotFound, match=r"Nobody in Frogs 101 is called Cleo"):
        commands.scores(app, person="Cleo", group="Frogs 101")
    with pytest.raises(NotFound, match=r"no topic swamp\. There are: meadow, pond\."):
        commands.scores(app, group="Frogs 101", topic="swamp")
