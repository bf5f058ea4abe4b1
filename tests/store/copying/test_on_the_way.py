"""While a database is copied: progress is told, a stop leaves nothing, and who writes meanwhile spoils nothing."""

import threading
from collections.abc import Iterator

import pytest
from driving.behind import behind
from driving.postgres import Postgres
from makers import place_of
from store.copying.rows import counted, give_sign, nothing, rows

from quizlib.errors import DatabaseProblem
from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App
from quizlib.services.quizzes import study
from quizlib.store.databases import copying


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy two rows at a time."""
    monkeypatch.setattr(copying, "BATCH", 2)


def test_progress_goes_up_to_the_number_of_rows(used: str, other: str, small_batches: None):
    told: list[tuple[int, int]] = []
    maintenance.copy(used, other, lambda *done: told.append(done))
    total = counted(rows(used))

    assert told[-1] == (total, total)
    assert {of for _, of in told} == {total}
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) >= total / 2


@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_copy_that_is_stopped_leaves_an_empty_database_that_can_be_used(
    used: str, other: str, at_the_end: bool, small_batches: None
):
    def stop(done: int, total: int) -> None:
        if done == total or (not at_the_end and done > total / 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        maintenance.copy(used, other, stop)
    assert rows(other) == nothing()
    maintenance.copy(used, other)
    assert rows(other) == rows(used)


def test_the_source_may_be_written_to_and_the_copy_is_of_one_state(
    app: App, learner: User, used: str, other: str, small_batches: None
):
    before = rows(used)

    def answer(done: int, total: int) -> None:
        shown = study.sheet(learner, study.start(learner))
        study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, "frog"), seen=0)
        behind(used, "UPDATE users SET name = 'Toad'")

    maintenance.copy(used, other, answer)

    assert rows(other) == before
    assert counted(rows(used)) > counted(before)


@pytest.fixture
def server(postgres: Postgres, template: str) -> Iterator[str]:
    """A database with tables on PostgreSQL."""
    address = postgres.fresh(template)
    yield address
    postgres.drop(address)


def test_who_writes_to_the_target_meanwhile_waits(used: str, server: str, small_batches: None):
    writer = threading.Thread(target=behind, args=(server, "INSERT INTO changes VALUES ('frog', 7)"))
    waited: list[bool] = []

    def write(_done: int, _total: int) -> None:
        if not waited:
            writer.start()
            writer.join(0.3)
            waited.append(writer.is_alive())

    maintenance.copy(used, server, write)
    writer.join(10)

    assert waited == [True]
    assert behind(server, "SELECT number FROM changes WHERE name = 'frog'") == [(7,)]


def test_a_process_that_starts_meanwhile_stops_the_copy(used: str, other: str, server: str):
    with pytest.raises(DatabaseProblem, match="The app runs on this database"):
        maintenance.copy(used, server, lambda *_: give_sign(server))

    assert rows(server) == nothing()
