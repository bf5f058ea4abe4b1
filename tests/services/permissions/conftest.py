"""Files to fetch lie in the test's own folder."""

from pathlib import Path

import pytest

from quizlib.services.exporting import prepared


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(prepared, "_folder", lambda: tmp_path / "prepared")
