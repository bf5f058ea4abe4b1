"""A class: made by an instructor, joined by its code, left by whoever wants to."""

import pytest
from makers import NOON, Clock
from services.classes.people import add, code_of, joined, names

from quizlib.errors import NotAllowed, NotFound, Refused
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes


def test_whoever_makes_a_class_instructs_it(app: App, teacher: User):
    made = classes.view(teacher, classes.make(teacher, "  Frogs \n 101 "))

    assert (made.group.name, made.group.made_at, made.students) == ("Frogs 101", NOON, ())
    assert [one.user_id for one in made.instructors] == [teacher.id]
    assert [(one.name, member.role) for one, member in classes.mine(teacher)] == [("Frogs 101", Role.INSTRUCTOR)]


def test_a_student_makes_no_class(app: App, ann: User):
    with pytest.raises(NotAllowed):
        classes.make(ann, "Toads 101")


@pytest.mark.parametrize("name", ["", " \n ", "f" * 101])
def test_a_name_that_is_none_is_refused(teacher: User, group: int, name: str):
    with pytest.raises(Refused):
        classes.make(teacher, name)
    with pytest.raises(Refused):
        classes.rename(teacher, group, name)
    assert [one.name for one, _ in classes.mine(teacher)] == ["Frogs 101"]


def test_a_class_is_given_another_name(teacher: User, group: int):
    classes.rename(teacher, group, " Newts 102 ")

    assert classes.view(teacher, group).group.name == "Newts 102"


def test_codes_are_long_and_without_letters_that_look_alike(teacher: User):
    codes = {code_of(teacher, classes.make(teacher, f"Frogs {n}")) for n in range(20)}

    assert len(codes) == 20
    assert {len(one) for one in codes} == {classes.CODE_LENGTH}
    assert not set("".join(codes)) & set("0O1IL5S2Z8B")


def typed(code: str, how: str) -> str:
    return {
        "as it is": code,
        "small": code.lower(),
        "in groups": f" {code[:4]}-{code[4:]}\n",
        "spaced": " ".join(code.lower()),
    }[how]


@pytest.mark.parametrize("how", ["as it is", "small", "in groups", "spaced"])
def test_a_code_opens_its_class_however_it_is_typed(app: App, teacher: User, group: int, how: str):
    other = classes.make(teacher, "Toads 101")
    ann, code = add(app, "Ann Frog"), typed(code_of(teacher, group), how)

    assert classes.name_for_code(code) == "Frogs 101"
    assert classes.join(ann, code) == group
    assert (names(teacher, group), names(teacher, other)) == (["Ann Frog"], [])


@pytest.mark.parametrize("code", ["", "  ", "-", "AAAAAAAA", "frogs 101", "%", "A" * 10_000])
def test_a_wrong_code_opens_nothing(app: App, teacher: User, group: int, code: str):
    classes.close(teacher, classes.make(teacher, "Closed, and so without a code"))
    ann = add(app, "Ann Frog")
    with pytest.raises(Refused, match="No class has this code"):
        classes.join(ann, code)
    with pytest.raises(Refused, match="No class has this code"):
        classes.name_for_code(code)
    assert classes.mine(ann) == []


def test_part_of_a_code_and_more_than_a_code_open_nothing(app: App, teacher: User, group: int):
    code = code_of(teacher, group)
    for wrong in (code[:-1], code + "A", code[::-1] + code):
        with pytest.raises(Refused):
            classes.name_for_code(wrong)


def test_a_new_code_takes_the_place_of_the_old_one(app: App, teacher: User, group: int):
    old = code_of(teacher, group)
    new = classes.new_code(teacher, group)

    assert new == code_of(teacher, group) != old
    assert classes.join(add(app, "Ann Frog"), new) == group
    with pytest.raises(Refused):
        classes.join(add(app, "Ben Toad"), old)


def test_a_closed_class_keeps_who_is_in_it_and_opens_again_under_a_new_code(
    app: App, teacher: User, ann: User, group: int
):
    old = code_of(teacher, group)
    classes.close(teacher, group)
    with pytest.raises(Refused):
        classes.join(add(app, "Ben Toad"), old)
    assert classes.view(teacher, group).group.join_code is None
    assert names(teacher, group) == ["Ann Frog"]

    assert classes.name_for_code(classes.new_code(teacher, group)) == "Frogs 101"


def test_two_classes_may_be_closed(teacher: User):
    closed = [classes.make(teacher, name) for name in ("Frogs", "Toads")]
    for one in closed:
        classes.close(teacher, one)

    assert [classes.view(teacher, one).group.join_code for one in closed] == [None, None]


def test_joining_twice_changes_nothing(teacher: User, ann: User, group: int, clock: Clock):
    classes.set_extra_time(teacher, group, ann.id, 1.5)
    before = classes.view(teacher, group)
    clock.move(days=1)
    classes.join(ann, code_of(teacher, group))

    assert classes.view(teacher, group) == before


def test_an_instructor_who_joins_their_own_class_stays_its_instructor(teacher: User, group: int):
    classes.join(teacher, code_of(teacher, group))

    assert [one.user_id for one in classes.view(teacher, group).instructors] == [teacher.id]


def test_students_are_shown_by_name_and_do_not_see_the_code(app: App, teacher: User, group: int):
    joined(app, teacher, group, "Zoe Heron", "Ann Frog", "Max Newt")
    ((shown, member),) = classes.mine(add_to(app, teacher, group, "Ben Toad"))

    assert names(teacher, group) == ["Ann Frog", "Ben Toad", "Max Newt", "Zoe Heron"]
    assert (shown.join_code, member.role) == (None, Role.STUDENT)


def add_to(app: App, teacher: User, group: int, name: str) -> User:
    return joined(app, teacher, group, name)[0]


def test_a_student_leaves_and_is_gone_and_may_come_back(teacher: User, ann: User, ben: User, group: int):
    classes.set_extra_time(teacher, group, ann.id, 2)
    classes.leave(ann, group)
    assert names(teacher, group) == ["Ben Toad"]
    assert classes.mine(ann) == []
    with pytest.raises(NotFound):
        classes.leave(ann, group)

    classes.join(ann, code_of(teacher, group))
    assert [one.extra_time for one in classes.view(teacher, group).students] == [1, 1]


def test_a_student_is_taken_out(teacher: User, ann: User, ben: User, group: int):
    classes.remove(teacher, group, ann.id)

    assert names(teacher, group) == ["Ben Toad"]
    for ask in (
        lambda: classes.remove(teacher, group, ann.id),
        lambda: classes.set_extra_time(teacher, group, ann.id, 2),
        lambda: classes.make_instructor(teacher, group, ann.id),
    ):
        with pytest.raises(NotFound, match="not in the class any more"):
            ask()


def test_an_only_instructor_neither_leaves_nor_is_taken_out(teacher: User, ann: User, group: int):
    classes.join(ann, code_of(teacher, group))
    with pytest.raises(Refused, match="the only instructor"):
        classes.leave(teacher, group)
    with pytest.raises(Refused, match="the only instructor"):
        classes.remove(teacher, group, teacher.id)

    assert [one.user_id for one in classes.view(teacher, group).instructors] == [teacher.id]


def test_with_another_instructor_the_first_one_may_go(app: App, teacher: User, ann: User, group: int):
    other = add(app, "Mr Brook", instructs=True)
    classes.join(other, code_of(teacher, group))
    with pytest.raises(NotFound):
        classes.view(other, group)
    classes.make_instructor(teacher, group, other.id)
    classes.leave(teacher, group)

    assert [one.name for one in classes.view(other, group).instructors] == ["Mr Brook"]
    assert names(other, group) == ["Ann Frog"]
    with pytest.raises(NotFound):
        classes.view(teacher, group)
    with pytest.raises(Refused, match="the only instructor"):
        classes.leave(other, group)


def test_the_last_one_leaves_a_class_to_which_nobody_gets_in_any_more(teacher: User, ann: User, group: int):
    code = code_of(teacher, group)
    classes.remove(teacher, group, ann.id)
    classes.leave(teacher, group)

    assert classes.mine(teacher) == []
    with pytest.raises(Refused, match="No class has this code"):
        classes.join(ann, code)


def test_a_student_is_not_made_an_instructor_of_a_class(teacher: User, ann: User, group: int):
    with pytest.raises(Refused, match=r"quiz people role ann\.frog instructor"):
        classes.make_instructor(teacher, group, ann.id)

    assert names(teacher, group) == ["Ann Frog"]


@pytest.mark.parametrize("factor", [0.99, 0, -2, 10.01, float("nan"), float("inf")])
def test_extra_time_that_is_none_is_refused(teacher: User, ann: User, group: int, factor: float):
    with pytest.raises(Refused):
        classes.set_extra_time(teacher, group, ann.id, factor)

    assert classes.view(teacher, group).students[0].extra_time == 1


def test_extra_time_is_one_students_in_one_class(teacher: User, ann: User, ben: User, group: int):
    other = classes.make(teacher, "Toads 101")
    classes.join(ann, code_of(teacher, other))
    classes.set_extra_time(teacher, group, ann.id, 1.25)

    assert {one.name: one.extra_time for one in classes.view(teacher, group).students} == {
        "Ann Frog": 1.25,
        "Ben Toad": 1,
    }
    assert [one.extra_time for one in classes.view(teacher, other).students] == [1]
