"""Files against database: what to take, what to keep, what to report."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.sync import plan_sync


@dataclass(frozen=True)
class Row:
    """What a database knows of a question."""

    file_hash: str | None
    content_hash: str | None
    waits: bool = False


def lists(files: dict[str, str], known: dict[str, Row], unread: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Give those lists of the plan that hold anything."""
    return {name: ids for name, ids in vars(plan_sync(files, known, unread)).items() if ids}


@pytest.mark.parametrize(
    ("file", "row", "where"),
    [
        pytest.param("frog", None, "take", id="a new file is taken"),
        pytest.param("frog", Row("frog", "frog"), "same", id="what nobody changed stays"),
        pytest.param(
            "frog", Row("frog", "toad"), "same", id="a change in the database stays while the file is as it was"
        ),
        pytest.param("toad", Row("frog", "frog"), "take", id="a changed file is taken when the database is as it was"),
        pytest.param("toad", Row("frog", "frog", True), "conflicts", id="a changed file drops no version that waits"),
        pytest.param("toad", Row("frog", "toad"), "remember", id="the same change on both sides is remembered"),
        pytest.param("toad", Row("frog", "newt"), "conflicts", id="two different changes are a conflict"),
        pytest.param("frog", Row(None, "frog"), "remember", id="a file like a question from the browser is remembered"),
        pytest.param("toad", Row(None, "frog"), "conflicts", id="a file unlike a question from the browser conflicts"),
        pytest.param("frog", Row("frog", None), "take", id="a question that lost its version is taken again"),
        pytest.param(None, Row("frog", "frog"), "missing", id="a question whose file is gone is missing"),
        pytest.param(None, Row("frog", "toad"), "missing", id="a changed question whose file is gone is missing"),
        pytest.param(None, Row(None, "frog"), None, id="a question from the browser needs no file"),
    ],
)
def test_rule(file: str | None, row: Row | None, where: str | None):
    planned = lists({"q": file} if file else {}, {"q": row} if row else {})

    assert planned == ({where: ["q"]} if where else {})


def test_a_file_with_a_problem_is_not_gone():
    assert lists({}, {"frog": Row("frog", "frog")}, frozenset({"frog"})) == {}


hashes = st.sampled_from(["frog", "toad", "newt"])
ids = st.sampled_from("abcdefgh")
rows = st.builds(Row, st.none() | hashes, st.none() | hashes, st.booleans())


@given(st.dictionaries(ids, hashes), st.dictionaries(ids, rows), st.frozensets(ids))
def test_every_file_is_in_exactly_one_list_and_every_lost_file_is_missing(
    files: dict[str, str], known: dict[str, Row], unread: frozenset[str]
):
    planned = lists(files, known, unread)
    missing = planned.pop("missing", [])

    assert sorted(files) == sorted(one for names in planned.values() for one in names)
    assert missing == sorted(
        one for one, row in known.items() if row.file_hash and one not in files and one not in unread
    )


@given(st.dictionaries(ids, hashes))
def test_after_taking_every_file_nothing_is_left_to_do(files: dict[str, str]):
    known = {one: Row(content, content) for one, content in files.items()}

    assert sorted(lists(files, known).get("same", [])) == sorted(files)
    assert set(lists(files, known)) <= {"same"}
