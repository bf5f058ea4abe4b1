"""Several processes on one database: what one changes shows in the others, without a query on every run."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from driving.behind import behind
from driving.postgres import Postgres
from makers import Clock, question

from quizlib.bank.writing import write_question
from quizlib.errors import DatabaseProblem
from quizlib.model.person import TextSize, User
from quizlib.services import app as apps
from quizlib.services import bank
from quizlib.services.app import App, current, open_app, use
from quizlib.services.people.people import local_person, settle
from quizlib.services.quizzes import study
from quizlib.store.databases.database import Database

SOON = 2.0  # seconds within which a change shows


class Watch:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = time.monotonic()

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(apps, "time", SimpleNamespace(monotonic=lambda: watch.now))
    return watch


@pytest.fixture
def other(app: App, clock: Clock, watch: Watch) -> Iterator[App]:
    """The app of another process on the same database, which has seen what there is."""
    with open_app(app.settings, clock=clock) as other:
        for one in (app, other):
            with inside(one):
                watch.wait(SOON)
                local_person()
        yield other


@contextmanager
def inside(app: App) -> Iterator[None]:
    """Be in the process of an app for a while."""
    before = current()
    use(app)
    try:
        yield
    finally:
        use(before)


def write_topics(app: App, title: str) -> None:
    topics = app.settings.questions / "topics.yaml"
    topics.write_text(topics.read_text(encoding="utf-8").replace("The pond", title), encoding="utf-8")


def pond_of(app: App) -> str:
    """Give the title of the pond as a page of this process shows it now."""
    with inside(app):
        current()
        return bank.catalogue().topics["pond"].title


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    """Note every statement that is sent to a database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)


# settings


def test_what_a_person_sets_in_one_process_shows_in_the_other(app: App, other: App, watch: Watch):
    with inside(app):
        settle(local_person(), asks_confidence=True, shows_keys=False, text_size=TextSize.LARGE)
    watch.wait(SOON)

    with inside(other):
        found = local_person()
    assert (found.asks_confidence, found.shows_keys, found.text_size) == (True, False, TextSize.LARGE)


def test_the_zone_of_a_browser_shows_in_the_other_process(app: App, other: App, watch: Watch):
    with inside(app):
        local_person("Asia/Kathmandu")
    watch.wait(SOON)

    with inside(other):
        assert local_person().time_zone == "Asia/Kathmandu"


def test_two_processes_make_one_person(app: App, other: App):
    found = []
    for one in (app, other):
        with inside(one):
            found.append(local_person())

    assert found[0] == found[1]
    assert behind(app.settings.database_url, "SELECT count(*) FROM users") == [(1,)]


# topics and sources


def test_topics_that_one_process_takes_in_show_in_the_other(app: App, other: App, watch: Watch):
    write_topics(app, "The lake")
    bank.sync(app)
    watch.wait(SOON)

    assert pond_of(other) == "The lake"
    with inside(other):
        assert set(current().bank.questions) == {"frog", "heron", "newt", "mole"}


def test_sources_that_one_process_takes_in_show_in_the_other(app: App, other: App, watch: Watch):
    sources = app.settings.questions / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("Field Guide", "Fine Guide"), encoding="utf-8")
    bank.sync(app)
    watch.wait(SOON)

    with inside(other):
        current()
        assert bank.catalogue().documents["field-guide"].title == "A Fine Guide to Frogs"


def test_topics_that_nobody_took_in_do_not_show(app: App, other: App, watch: Watch):
    write_topics(app, "The lake")
    watch.wait(SOON)

    assert [pond_of(one) for one in (app, other)] == ["The pond", "The pond"]


def test_topics_that_cannot_be_read_leave_those_that_were(app: App, other: App, watch: Watch):
    topics = app.settings.questions / "topics.yaml"
    before = topics.read_text(encoding="utf-8")
    topics.write_text("pond: {", encoding="utf-8")
    bank.sync(app)
    watch.wait(SOON)
    assert pond_of(other) == "The pond"

    topics.write_text(before.replace("The pond", "The lake"), encoding="utf-8")
    bank.sync(app)
    watch.wait(SOON)
    assert pond_of(other) == "The lake"


def test_files_are_read_again_only_when_somebody_else_took_them_in(
    app: App, other: App, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    reads = []
    honest = apps.read_catalogue
    monkeypatch.setattr(apps, "read_catalogue", lambda folder: reads.append(folder) or honest(folder))
    bank.sync(app)
    for _ in range(3):
        watch.wait(SOON)
        pond_of(app)
    assert reads == []

    for _ in range(3):
        watch.wait(SOON)
        pond_of(other)
    assert reads == [app.settings.questions]


# questions


def test_questions_that_one_process_takes_in_are_drawn_by_the_other_at_once(app: App, other: App, learner: User):
    write_question(app.settings.questions, question("toad"))
    (app.settings.questions / "meadow" / "mole.yaml").unlink()
    bank.sync(app, retire_missing=True)

    with inside(other):
        quiz = study.start(learner)
        drawn = {study.sheet(learner, quiz, position).item.question_id for position in range(1, 5)}
    assert drawn == {"frog", "heron", "newt", "toad"}


def test_a_new_version_that_one_process_takes_in_is_asked_by_the_other_at_once(app: App, other: App, learner: User):
    with inside(other):
        begun = study.start_fixed(learner, ["frog"])
        assert study.sheet(learner, begun).question.takeaway == "Frogs jump."
    write_question(app.settings.questions, question("frog", takeaway="Frogs leap."))
    bank.sync(app)

    with inside(other):
        assert study.sheet(learner, study.start_fixed(learner, ["frog"])).question.takeaway == "Frogs leap."
        assert study.sheet(learner, begun).question.takeaway == "Frogs jump."


# what it costs


def test_a_process_looks_no_more_than_once_a_second(other: App, watch: Watch):
    with inside(other), queries(other.database) as sent:
        for _ in range(7):
            watch.wait(0.125)
            current()
        assert sent == []

        for _ in range(73):
            watch.wait(0.125)
            current()
            current()
    assert len(sent) == 10


def test_within_a_second_nobody_is_read_twice(other: App, watch: Watch):
    with inside(other), queries(other.database) as sent:
        watch.wait(SOON)
        for _ in range(5):
            local_person()

    assert len(sent) == 2  # a look, and the person


# trouble


Away = Callable[[App, App], AbstractContextManager[None]]


@pytest.fixture
def away(request: pytest.FixtureRequest, database_url: str) -> Away:
    """Take the database away from two processes that have it open, and bring it back."""

    @contextmanager
    def of_sqlite(*apps: App) -> Iterator[None]:
        for one in apps:
            one.close()
        file = apps[0].database.file
        file.rename(file.with_suffix(".away"))
        file.mkdir()
        yield
        file.rmdir()
        file.with_suffix(".away").rename(file)

    @contextmanager
    def of_postgres(*apps: App) -> Iterator[None]:
        server: Postgres = request.getfixturevalue("postgres")
        name, maintenance = apps[0].database.url.database, server.address("postgres")
        behind(maintenance, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        behind(maintenance, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")
        yield
        behind(maintenance, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    return of_sqlite if database_url.startswith("sqlite") else of_postgres


def ask_for_the_person() -> None:
    with pytest.raises(DatabaseProblem):
        local_person()


def test_a_database_that_is_away_at_that_moment_does_no_harm(app: App, other: App, watch: Watch, away: Away):
    write_topics(app, "The lake")
    bank.sync(app)
    with away(app, other):
        watch.wait(SOON)
        assert pond_of(other) == "The pond"
        with inside(other):
            ask_for_the_person()
    watch.wait(SOON)

    assert pond_of(other) == "The lake"
    with inside(other):
        assert local_person().name == "You"
