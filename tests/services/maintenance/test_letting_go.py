"""Whoever looks after the database lets go of it in the end, or others could not."""

from pathlib import Path

import pytest
from driving.behind import let_go
from makers import NOON
from services.maintenance.looking import run, stop

from quizlib.errors import DatabaseProblem
from quizlib.services import maintenance
from quizlib.services.app import App, open_for_upkeep


def test_upgrading_lets_go_of_the_database(app: App, nothing_closes_by_chance: None):
    stop(app)
    maintenance.upgrade(app.settings)

    assert let_go(app.settings.database_url)


def test_an_app_is_closed_where_its_block_ends(app: App, nothing_closes_by_chance: None):
    stop(app)
    with open_for_upkeep(app.settings):
        assert not let_go(app.settings.database_url, within=0)

    assert let_go(app.settings.database_url)


def test_a_database_that_upkeep_refuses_is_let_go_of(app: App, nothing_closes_by_chance: None):
    stop(app)
    run(app, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseProblem, match="newer version of this program"):
        open_for_upkeep(app.settings)
    assert let_go(app.settings.database_url)


@pytest.mark.parametrize("work", ["backup", "restore"])
def test_a_backup_and_a_restore_let_go_of_the_database(
    app: App, backup: Path, work: str, nothing_closes_by_chance: None
):
    stop(app)
    if work == "backup":
        maintenance.backup(app.settings, backup.with_name("second.db"))
    else:
        maintenance.restore(app.settings, backup, NOON)

    assert let_go(app.settings.database_url)
