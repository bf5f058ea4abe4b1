"""A real OpenID provider, from a wheel: whoever names themself there is signed in."""

import json
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

from driving.server import free_port


class Provider:
    """A provider in a process of its own: it says what a library complains of on import, which is no news to us."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._folder = folder

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)]
        with (self._folder / "provider.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=2):
                return self
            time.sleep(0.05)
        raise RuntimeError((self._folder / "provider.log").read_text(encoding="utf-8"))

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def knows(self, subject: str, **claims: str | bool) -> None:
        """Have the provider say this about somebody from now on."""
        request = urllib.request.Request(
            f"{self.url}/users/{subject}",
            json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=10):
            pass

    def secrets(self, app_url: str) -> str:
        """Give what an administrator writes into secrets.toml."""
        return f"""\
[auth]
redirect_uri = "{app_url}/oauth2callback"
cookie_secret = "a long secret that only this test knows"
client_id = "rootlet"
client_secret = "croak"
server_metadata_url = "{self.url}/.well-known/openid-configuration"
"""
