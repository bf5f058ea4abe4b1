"""A real server and a real browser, one of each for every file of stories."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from driving.browser import chromium
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.school import School
from driving.server import ROOT, Server
from driving.upkeep import prepare
from playwright.sync_api import Browser

from quizlib.config import Settings


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server with the real questions, or the choices among them (ONLY_CHOICES), and an empty database."""
    folder = tmp_path_factory.mktemp("server")
    part = getattr(request.module, "ONLY_CHOICES", False)
    settings = {"questions": str(only_choices(folder / "questions"))} if part else {}
    with Server(folder, **settings) as running:
        yield running


@pytest.fixture
def lone_server(tmp_path: Path) -> Iterator[Server]:
    """Give a server that a test may kill; its questions are choices."""
    with Server(tmp_path / "server", questions=str(only_choices(tmp_path / "questions"))) as running:
        yield running


@pytest.fixture
def one_case(tmp_path: Path) -> Iterator[Server]:
    """Give a server whose bank is one case."""
    bank = tmp_path / "questions"
    (bank / "dermatomes").mkdir(parents=True)
    for name in ("topics", "sources", "misconceptions", "terms"):
        shutil.copy(ROOT / "questions" / f"{name}.yaml", bank)
    shutil.copy(ROOT / "questions" / "dermatomes" / "chart-of-a-climber.case.yaml", bank / "dermatomes")
    with Server(tmp_path / "server", questions=str(bank)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(autouse=True)
def pages_are_shut(request: pytest.FixtureRequest) -> Iterator[None]:
    """Shut what a test opened in the browser: an open page goes on working beside the tests that follow."""
    browser: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    before = browser.contexts if browser else []
    yield
    for context in browser.contexts if browser else []:
        if context not in before:
            context.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Give the app with sign-in: one process on SQLite, and two on one PostgreSQL; its questions are choices."""
    folder = tmp_path_factory.mktemp("school")
    questions = only_choices(folder / "questions")
    with ExitStack() as stack:
        if request.param == "sqlite":
            settings, names = Settings(f"sqlite:///{folder / 'quiz.db'}", questions, "accounts"), ["one"]
        else:
            settings = Settings(stack.enter_context(Postgres()).fresh(), questions, "accounts")
            names = ["one", "two"]
            prepare(settings)
        given = {"database_url": settings.database_url, "questions": str(questions), "sign_in": "accounts"}
        servers = [stack.enter_context(Server(folder / one, by_quiz=True, **given)) for one in names]
        yield School(settings, tuple(servers))
