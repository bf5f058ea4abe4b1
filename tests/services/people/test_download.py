"""A learner takes along everything that is stored about them, and nothing that is secret or somebody else's."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from makers import NOON, Clock, place_of
from services.corrections.keys import WHY, correct
from services.people.conftest import OpenClass
from services.people.newcomers import account, enter, rows_of

from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Tells, Terms
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.people import accounts, people
from quizlib.services.people.privacy import download
from quizlib.services.people.signing_in import hash_of, who_by_provider
from quizlib.services.quizzes import exam, study
from quizlib.store.people.personal import PERSONAL
from quizlib.store.tables import links, sign_ins, users

EXAM = Terms(title="Who jumps?", number=2, behaviour=Behaviour.EXAM, tells=Tells.BY_HAND)


def files_of(person: User) -> dict[str, bytes]:
    """Give the files of a download by name."""
    with zipfile.ZipFile(io.BytesIO(download(person))) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def table(person: User, name: str) -> list[dict[str, Any]]:
    """Give a table of a download."""
    found: list[dict[str, Any]] = json.loads(files_of(person).get(f"{name}.json", b"[]"))
    return found


def sheet_of(person: User, name: str) -> list[dict[str, str]]:
    """Give a table of a download as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(files_of(person)[f"{name}.csv"].decode("utf-8-sig"), newline="")))


def practise(person: User, *texts: str) -> int:
    """Answer as many questions."""
    quiz = study.start(person, number=len(texts))
    for position, text in enumerate(texts, start=1):
        shown = study.sheet(person, quiz, position)
        study.answer(person, quiz, shown.item.id, place_of(shown, text), seen=0)
    return quiz


def sit(person: User, assignment_id: int) -> int:
    """Hand in an assignment: one right answer, and one wrong."""
    quiz = assignments.begin(person, assignment_id)
    for position, text in ((1, "frog"), (2, "toad")):
        shown = study.sheet(person, quiz, position)
        exam.save(person, quiz, shown.item.id, place_of(shown, text), seen=shown.item.seq)
    study.finish(person, quiz)
    return quiz


@pytest.fixture
def member(nora: User, pond_watchers: OpenClass) -> User:
    """Nora, who is in the class."""
    classes.join(nora, pond_watchers.code)
    return nora


def test_a_download_holds_each_table_as_json_and_csv_and_says_what_it_is(member: User, pond_watchers: OpenClass):
    enter(device="Firefox on Linux")
    accounts.reset(member)
    quiz = practise(member, "frog", "toad")
    files = files_of(member)

    kinds = ("users", "sign_ins", "links", "memberships", "attempts", "items", "steps")
    assert set(files) == {"README.txt"} | {f"{name}.{end}" for name in kinds for end in ("json", "csv")}
    assert b"Everything that is stored about you" in files["README.txt"]
    assert [(row["name"], row["sign_in_name"]) for row in table(member, "users")] == [("Nora Newt", "nora")]
    assert [row["device"] for row in table(member, "sign_ins")] == ["Firefox on Linux"]
    assert [row["class_id"] for row in table(member, "memberships")] == [pond_watchers.id]
    assert [row["id"] for row in table(member, "attempts")] == [quiz]
    assert [row["fraction"] for row in table(member, "items")] == [1, 0]
    assert [row["response"] for row in table(member, "steps")] == [{"chosen": [0]}, {"chosen": [1]}]


def test_csv_and_json_say_the_same(nora: User):
    practise(nora, "frog", "toad", "newt")
    for name in ("users", "items", "steps"):
        as_text = [
            {
                column: "" if value is None else json.dumps(value) if isinstance(value, dict | list) else str(value)
                for column, value in row.items()
            }
            for row in table(nora, name)
        ]
        assert sheet_of(nora, name) == as_text != []


def test_what_a_teacher_made_is_in_their_download(teacher: User, pond_watchers: OpenClass):
    assignments.give(teacher, pond_watchers.id, EXAM)

    assert [row["name"] for row in table(teacher, "classes")] == ["Pond watchers"]
    assert [row["title"] for row in table(teacher, "assignments")] == ["Who jumps?"]


def test_a_download_holds_nothing_of_anybody_else(app: App, member: User, teacher: User):
    enter("tilda", device="Tilda's own")
    accounts.reset(teacher)
    practise(teacher, "toad")
    mine = practise(member, "frog")
    everything = b"".join(files_of(member).values()).decode()

    assert "Tilda" not in everything
    assert "tilda" not in everything
    assert {row["attempt_id"] for row in table(member, "items")} == {mine}
    assert {row["actor_id"] for row in table(member, "steps")} == {member.id}


def test_a_download_holds_no_hash_and_no_token(app: App, member: User, teacher: User):
    tokens = [enter(), accounts.reset(member)]
    practise(member, "frog")
    everything = b"".join(files_of(member).values()).decode()
    kept = [
        *(row["password"] for row in rows_of(app, users)),
        *(row["token_hash"] for row in rows_of(app, sign_ins) + rows_of(app, links)),
    ]

    assert len(kept) == 4
    assert not any(one in everything for one in [*tokens, *map(hash_of, tokens), *kept])
    assert "argon2" not in everything
    assert not re.search("[0-9a-f]{64}", everything)


def test_a_download_does_not_tell_by_what_a_provider_knows_somebody(app: App):
    nora = who_by_provider({"iss": "https://id.pond.example", "sub": "newt-7", "name": "Nora Newt"})
    everything = b"".join(files_of(nora).values()).decode()

    assert rows_of(app, users)[0]["subject_hash"] not in everything
    assert "newt-7" not in everything
    assert not re.search("[0-9a-f]{64}", everything)


def test_every_column_that_holds_a_hash_or_a_password_or_a_picture_is_left_out():
    for one in PERSONAL:
        hashed = {name for name in one.table.c.keys() if name.endswith("_hash") or name == "password"}  # noqa: SIM118
        bytes_of = {column.name for column in one.table.columns if isinstance(column.type, sa.LargeBinary)}

        assert set(one.secret) == hashed | bytes_of, one.table.name


def test_how_good_an_answer_was_is_left_out_until_the_teacher_tells_it(
    member: User, teacher: User, pond_watchers: OpenClass
):
    given = assignments.give(teacher, pond_watchers.id, EXAM)
    own, told_later = practise(member, "frog", "toad"), sit(member, given)
    untold = {row["id"] for row in table(member, "items") if row["attempt_id"] == told_later}
    items = [row for row in table(member, "items") if row["attempt_id"] == told_later]
    steps = [row for row in table(member, "steps") if row["item_id"] in untold]

    assert [row["response"] for row in items] == [{"chosen": [0]}, {"chosen": [1]}]
    assert len(steps) == 4
    assert {row["fraction"] for row in items + steps} == {None}
    for name in ("items", "steps"):
        key = "id" if name == "items" else "item_id"
        assert {row["fraction"] for row in sheet_of(member, name) if int(row[key]) in untold} == {""}
    assert [row["fraction"] for row in table(member, "items") if row["attempt_id"] == own] == [1, 0]

    assignments.tell(teacher, given)
    assert [row["fraction"] for row in table(member, "items") if row["attempt_id"] == told_later] == [1, 0]
    assert {row["fraction"] for row in table(member, "steps") if row["item_id"] in untold} == {None, 0, 1}


def test_that_a_mark_has_changed_is_left_out_until_the_teacher_tells_it(
    app: App, member: User, teacher: User, pond_watchers: OpenClass
):
    given = assignments.give(teacher, pond_watchers.id, EXAM)
    asked = study.sheet(member, sit(member, given), 1).question.id
    rescoring.rescore(teacher, asked, correct(app, "toad", asked), WHY)
    assert table(member, "notices") == []

    assignments.tell(teacher, given)
    assert [row["question_id"] for row in table(member, "notices")] == [asked]


def test_how_good_an_answer_was_is_left_out_until_the_assignment_is_due_also_for_who_left_the_class(
    member: User, teacher: User, pond_watchers: OpenClass, clock: Clock
):
    terms = EXAM.model_copy(update={"tells": Tells.AFTER_DUE, "due_at": NOON + timedelta(hours=1)})
    sit(member, assignments.give(teacher, pond_watchers.id, terms))
    classes.leave(member, pond_watchers.id)
    assert [row["fraction"] for row in table(member, "items")] == [None, None]
    clock.move(hours=1)

    assert [row["fraction"] for row in table(member, "items")] == [1, 0]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://toad.example")', "+1", "-1", "@SUM(A1)"])
def test_a_name_that_a_spreadsheet_would_run_is_text_in_csv_and_itself_in_json(nora: User, name: str):
    people.rename(nora, name)

    assert [row["name"] for row in sheet_of(nora, "users")] == [f"'{name}"]
    assert [row["name"] for row in table(nora, "users")] == [name]


def test_names_in_any_script_come_out_as_they_went_in(nora: User):
    people.rename(nora, 'Nóra "Möwe", 蛙')

    assert [row["name"] for row in sheet_of(nora, "users")] == ['Nóra "Möwe", 蛙']
    assert [row["name"] for row in table(nora, "users")] == ['Nóra "Möwe", 蛙']


def test_the_one_person_of_a_laptop_takes_their_answers_along(app: App, learner: User):
    practise(learner, "frog")

    assert [row["fraction"] for row in table(learner, "items")] == [1]
    assert set(files_of(learner)) & {"sign_ins.json", "links.json"} == set()


def test_an_instructor_is_no_exception(app: App, teacher: User):
    other = account(app, "mole", Role.INSTRUCTOR, name="Max Mole")
    practise(teacher, "frog")

    assert table(other, "items") == []
