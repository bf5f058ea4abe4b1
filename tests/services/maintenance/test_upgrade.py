"""An upgrade says whether it changed anything, and keeps off what is not its own."""

import pytest
from driving.behind import behind, emptied
from makers import on_postgres

from quizlib.config import Settings
from quizlib.errors import DatabaseProblem
from quizlib.services import maintenance


def test_upgrading_says_whether_anything_changed(settings: Settings):
    emptied(settings.database_url)

    assert maintenance.upgrade(settings)
    assert not maintenance.upgrade(settings)


@on_postgres
def test_tables_of_another_program_are_left_alone(settings: Settings):
    behind(emptied(settings.database_url), "CREATE TABLE users (name text)")

    with pytest.raises(DatabaseProblem, match="holds tables of another program"):
        maintenance.upgrade(settings)
    assert behind(settings.database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("users",)]
