"""Start, kill and restart the real server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server process on a port of its own; the same port again after `kill` and `start`.

    It is started as `streamlit run`, or as `quiz serve`, which says more in its log. In `home` Streamlit looks for
    secrets.
    """

    def __init__(
        self,
        folder: Path,
        *,
        script: Path = ROOT / "quiz_app.py",
        wait_for: str = "healthz",
        by_quiz: bool = False,
        home: Path | None = None,
        **settings: str,
    ) -> None:
        self.folder = folder
        address = settings.get("database_url", f"sqlite:///{folder / 'quiz.db'}")
        self.database = Path(address.removeprefix("sqlite:///"))
        self.questions = Path(settings.get("questions", ROOT / "questions"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._script = script
        self._by_quiz = by_quiz
        self._wait_for = wait_for
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QUIZ_", "STREAMLIT_"))},
            "PYTHONPATH": str(ROOT / "tests"),
            "QUIZ_DATABASE_URL": address,
            **({"HOME": str(home)} if home else {}),
            **{f"QUIZ_{name.upper()}": value for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill(signal.SIGTERM)

    @property
    def log(self) -> str:
        """Give what the server printed so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def start(self, wait_seconds: float = 60) -> None:
        """Start the process and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._by_quiz:
            command = [sys.executable, "-m", "quizlib", "serve", "--port", str(self.port)]
        else:
            command = [sys.executable, "-m", "streamlit", "run", str(self._script), f"--server.port={self.port}"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        end = time.monotonic() + wait_seconds
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/{self._wait_for}", timeout=2):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log}")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process, without a word by default."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def memory(self) -> int:
        """Give the resident memory in bytes."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("the process has no memory")
