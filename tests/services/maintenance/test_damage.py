"""Damage is found and told with what to do, and what can be derived is rebuilt."""

from collections.abc import Callable, Sequence

import pytest
from makers import on_postgres
from services.maintenance.looking import run

from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App
from quizlib.services.quizzes import study
from quizlib.store.answers import rebuild
from quizlib.store.databases.database import Connection


def test_a_sound_database_has_no_damage(upkeep: App):
    assert maintenance.find_damage(upkeep) == []
    assert maintenance.rebuild_caches(upkeep) == 0


@pytest.mark.parametrize(
    ("sql", "where", "fix"),
    [
        ("UPDATE items SET fraction = 1", "item 1", "quiz database rebuild"),
        ("DELETE FROM items", "steps of item 1", "quiz database restore"),
        ("UPDATE questions SET version_id = 99 WHERE id = 'newt'", "question newt", "quiz bank sync"),
        ("UPDATE versions SET content_hash = 'frog' WHERE question_id = 'mole'", "version ", "quiz database restore"),
        ("UPDATE versions SET asked_hash = 'frog' WHERE question_id = 'mole'", "version ", "quiz database restore"),
    ],
)
def test_damage_is_told_with_what_to_do(upkeep: App, sql: str, where: str, fix: str):
    run(upkeep, sql)
    (problem,) = maintenance.find_damage(upkeep)

    assert problem.where.startswith(where)
    assert fix in problem.fix


def test_rebuilding_repairs_what_differs_and_nothing_else(upkeep: App):
    run(upkeep, "UPDATE items SET fraction = 1, first = false")

    assert maintenance.rebuild_caches(upkeep) == 1
    assert maintenance.find_damage(upkeep) == []
    assert run(upkeep, "SELECT fraction, first FROM items") == [(0.0, True)]


@on_postgres
def test_rebuilding_leaves_alone_what_somebody_else_changes_meanwhile(
    upkeep: App, learner: User, monkeypatch: pytest.MonkeyPatch
):
    study.start(learner)
    run(upkeep, "UPDATE items SET fraction = 1 WHERE id = 1")
    honest = rebuild.lock_items

    def lock_items(connection: Connection, ids: Sequence[int]) -> None:
        run(upkeep, "UPDATE items SET fraction = 0 WHERE id = 1; UPDATE items SET fraction = 1 WHERE id = 2")
        honest(connection, ids)

    monkeypatch.setattr(rebuild, "lock_items", lock_items)

    assert maintenance.rebuild_caches(upkeep) == 0
    assert run(upkeep, "SELECT fraction FROM items WHERE id = 2") == [(1.0,)]


@pytest.mark.parametrize("work", [maintenance.find_damage, maintenance.rebuild_caches])
def test_checking_and_rebuilding_tell_how_far_they_are(upkeep: App, learner: User, work: Callable[..., object]):
    study.start(learner)
    told: list[tuple[int, int]] = []
    work(upkeep, lambda *done: told.append(done))

    assert told == [(5, 5)]
