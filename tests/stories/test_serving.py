"""`quiz serve`, as an operator starts and stops it."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from driving.server import ROOT, free_port

pytestmark = pytest.mark.server


def test_who_ends_the_command_ends_the_app_and_a_database_named_from_here_is_the_one_that_is_served(
    tmp_path: Path,
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "quizlib", "serve", "--port", str(port)]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "QUIZ_DATABASE_URL": "sqlite:///here.db"}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    address, end = f"http://127.0.0.1:{port}/healthz", time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            assert answer.status == 200
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    process.wait(20)

    assert "Answers are kept in" in (tmp_path / "log").read_text(encoding="utf-8")
    assert (tmp_path / "here.db").is_file()
    assert not (ROOT / "here.db").exists()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=2)
