"""A class list is taken in whole or not at all, and whoever is new gets a link to choose a password."""

import csv
import io
from collections.abc import Callable

import pytest
from makers import Clock
from services.classes.people import add, names

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import classes, roster
from quizlib.services.classes.roster import Preview, Taken
from quizlib.services.people import accounts, people
from quizlib.store.people import classes as class_rows
from quizlib.store.people import people as people_rows
from quizlib.store.people import sign_ins

LIST = "Name,Username,Extra time\nAnn Frog,ann.frog,1.5\nBen Toad,ben.toad,\nMax Newt,max.newt,25 %\n"


def look(teacher: User, group: int, text: str = LIST) -> Preview:
    return roster.preview(teacher, group, text.encode(), "frogs.csv")


def everybody() -> list[str]:
    return [one.name for one in accounts.everybody()]


def times(teacher: User, group: int) -> dict[str, float]:
    return {one.name: one.extra_time for one in classes.view(teacher, group).students}


def test_who_is_new_gets_an_account_a_place_and_a_link(teacher: User, group: int):
    taken = roster.take_in(teacher, group, look(teacher, group))

    assert [(one.name, one.sign_in_name) for one in taken] == [
        ("Ann Frog", "ann.frog"),
        ("Ben Toad", "ben.toad"),
        ("Max Newt", "max.newt"),
    ]
    assert times(teacher, group) == {"Ann Frog": 1.5, "Ben Toad": 1, "Max Newt": 1.25}
    assert [accounts.invited(one.token or "")[1:] for one in taken] == [one[:2] for one in taken]
    assert not any(one.has_password or one.shares_practice for one in classes.view(teacher, group).students)
    assert not any(one.instructs for one in accounts.everybody() if one.id != teacher.id)


def test_who_has_an_account_keeps_it_and_gets_a_place_and_no_link(app: App, teacher: User, ann: User, group: int):
    add(app, "Ben Toad")
    taken = roster.take_in(teacher, group, look(teacher, group))

    assert [one.token is None for one in taken] == [True, True, False]
    assert times(teacher, group) == {"Ann Frog": 1.5, "Ben Toad": 1, "Max Newt": 1.25}
    assert everybody() == ["Ann Frog", "Ben Toad", "Max Newt", "Ms Pond"]


def test_a_list_that_says_nothing_of_extra_time_takes_none_away(teacher: User, ann: User, group: int):
    classes.set_extra_time(teacher, group, ann.id, 2)
    roster.take_in(teacher, group, look(teacher, group, "Name,Username\nAnn Frog,ann.frog\nBen Toad,ben.toad\n"))

    assert times(teacher, group) == {"Ann Frog": 2, "Ben Toad": 1}


def test_the_same_list_twice_changes_nothing(teacher: User, group: int, clock: Clock):
    wanted = look(teacher, group)
    first = roster.take_in(teacher, group, wanted)
    before = classes.view(teacher, group)
    clock.move(days=1)
    again = roster.take_in(teacher, group, wanted)

    assert classes.view(teacher, group) == before
    assert [one.token for one in again] == [None, None, None]
    assert accounts.invited(first[0].token or "").name == "Ann Frog"
    assert (look(teacher, group).new, look(teacher, group).joining) == (0, 0)


def test_a_name_taken_meanwhile_by_somebody_else_is_told_and_nothing_taken_in(app: App, teacher: User, group: int):
    wanted = look(teacher, group)
    people.rename(add(app, "Max Newt"), "Maxine Mole")
    with pytest.raises(
        Refused, match=r"line 4: max\.newt is how somebody signs in who is not called .* Nothing was taken in"
    ):
        roster.take_in(teacher, group, wanted)

    assert everybody() == ["Maxine Mole", "Ms Pond"]
    assert names(teacher, group) == []


def test_who_came_by_the_code_meanwhile_is_not_made_twice(app: App, teacher: User, group: int):
    wanted = look(teacher, group)
    ann = add(app, "Ann Frog")
    classes.join(ann, classes.new_code(teacher, group))
    taken = roster.take_in(teacher, group, wanted)

    assert [one.token is None for one in taken] == [True, False, False]
    assert times(teacher, group) == {"Ann Frog": 1.5, "Ben Toad": 1, "Max Newt": 1.25}


@pytest.mark.parametrize(
    ("rows", "step"), [(people_rows, "add_users"), (sign_ins, "add_links"), (class_rows, "add_members")]
)
def test_a_failure_in_the_middle_leaves_nothing(
    teacher: User, group: int, rows: object, step: str, monkeypatch: pytest.MonkeyPatch
):
    wanted = look(teacher, group)
    done: Callable[..., object] = getattr(rows, step)

    def break_down(*given: object, **more: object) -> None:
        done(*given, **more)
        raise RuntimeError("the frogs have gone")

    with monkeypatch.context() as broken:
        broken.setattr(rows, step, break_down)
        with pytest.raises(RuntimeError, match="frogs"):
            roster.take_in(teacher, group, wanted)
    assert everybody() == ["Ms Pond"]
    assert names(teacher, group) == []

    roster.take_in(teacher, group, wanted)
    assert names(teacher, group) == ["Ann Frog", "Ben Toad", "Max Newt"]


def test_two_thousand_are_taken_in_in_one_transaction(app: App, teacher: User, group: int):
    writes: list[int | None] = []
    write = app.database.write
    text = "Name,Username,Extra\n" + "".join(f"Frog {n},frog{n},{1 + n % 2}\n" for n in range(2000))
    wanted = look(teacher, group, text)
    app.database.write = lambda turn=None: writes.append(turn) or write(turn)  # type: ignore[method-assign]
    taken = roster.take_in(teacher, group, wanted)

    assert len(writes) == 1
    # each got the account, the place and the link that are theirs
    students = classes.view(teacher, group).students
    assert {(one.name, one.sign_in_name, one.extra_time) for one in students} == {
        (f"Frog {n}", f"frog{n}", 1 + n % 2) for n in range(2000)
    }
    for one in taken[::333]:
        assert accounts.invited(one.token or "").sign_in_name == one.sign_in_name
    assert len({one.token for one in taken}) == 2000


def test_links_are_written_for_handing_out(teacher: User, group: int):
    taken = [Taken("Ann, =Frog", "ann", "abc"), Taken("=cmd", "@ben", None)]
    header, *rows = csv.reader(io.StringIO(roster.links_as_csv(taken, "https://pond.org/quiz")))

    assert header[:2] == ["name", "sign-in name"]
    assert rows == [
        ["Ann, =Frog", "ann", "https://pond.org/quiz/link?key=abc"],
        ["'=cmd", "'@ben", "has an account"],
    ]
