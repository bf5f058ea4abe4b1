"""One list says what is stored about people, and no table is missing from it."""

from quizlib.store.people.personal import PERSONAL, OnErasure
from quizlib.store.tables import metadata, users


def test_every_column_that_leads_to_a_person_is_on_the_list():
    leading = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is users for key in column.foreign_keys)
    }

    assert len(leading) > 5
    assert {(one.table.name, one.column) for one in PERSONAL} == leading | {("users", "id")}


def test_nothing_is_on_the_list_twice():
    # a second column of one table would write the same file of a download again
    assert len({one.table.name for one in PERSONAL}) == len(PERSONAL)


def test_a_column_that_might_name_a_person_leads_to_one():
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name in ("user_id", "actor_id") or column.name.endswith("_by"):
                assert column.foreign_keys, f"{table.name}.{column.name}"


def test_only_what_says_a_mere_number_is_kept():
    kept = {one.table.name for one in PERSONAL if one.on_erasure is OnErasure.KEEP}

    assert kept == {
        "attempts",
        "items",
        "steps",
        "versions",
        "classes",
        "assignments",
        "verdicts",
        "catalogue_entries",
        "media",
        "replies",
        "rescorings",
    }
