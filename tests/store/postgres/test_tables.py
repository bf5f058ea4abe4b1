"""Migrations make on PostgreSQL the tables that the program names, sorted alike whatever the server's language."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from driving.behind import behind
from driving.postgres import Postgres
from makers import on_postgres

from quizlib.store.columns import Key, Word
from quizlib.store.databases.addresses import database_at
from quizlib.store.databases.database import Database
from quizlib.store.tables import metadata

pytestmark = on_postgres


@pytest.fixture
def made(postgres: Postgres, database: Database) -> Iterator[Database]:
    """A database with the tables as the program names them, beside the one that migrations made."""
    address = postgres.fresh()
    with closing(database_at(address)) as made:
        with made.write() as connection:
            metadata.create_all(connection)
        yield made
    postgres.drop(address)


def test_the_migrated_schema_is_that_of_the_tables_in_code(database: Database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


@pytest.mark.parametrize(
    "look",
    [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
        "collation_name FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT sequencename, data_type::text, start_value FROM pg_sequences WHERE schemaname = 'public'",
    ],
    ids=["columns", "indexes", "constraints", "sequences"],
)
def test_migrations_make_what_the_program_names(database: Database, made: Database, look: str):
    migrated, named = (set(behind(str(one.url), look)) for one in (database, made))

    assert {row for row in migrated if row[0] != "alembic_version"} == named
    assert named


def test_words_that_questions_are_drawn_by_sort_by_code_point(database: Database):
    """Whatever the server's language; else one share code would name two quizzes."""
    ours = "table_schema = 'public' AND collation_name = 'C'"
    look = f"SELECT table_name, column_name FROM information_schema.columns WHERE {ours}"
    keys = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.type is Key or isinstance(column.type, Word)
    }

    assert set(behind(str(database.url), look)) == keys
    assert {("questions", "id"), ("questions", "topic"), ("items", "question_id"), ("attempts", "plan")} <= keys
