"""A real server and a real browser, one of each for every file of stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driving.browser import chromium
from driving.server import Server
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server with the real questions and an empty database."""
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def lone_server(tmp_path: Path) -> Iterator[Server]:
    """Give a server that a test may kill."""
    with Server(tmp_path / "server") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium."""
    with chromium() as running:
        yield running
