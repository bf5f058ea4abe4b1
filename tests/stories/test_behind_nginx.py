"""Two processes behind deploy/nginx.conf, of which only the ports and the certificate are replaced."""

import gzip
import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPMessage
from pathlib import Path
from typing import Self

import pytest
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.quiz import Learner
from driving.server import ROOT, Server, free_port
from driving.upkeep import prepare
from playwright.sync_api import Browser, expect

from quizlib.config import Settings

# administrators' programs are often not on everybody's path
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
OPENSSL = shutil.which("openssl")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx and openssl are needed, and one is not installed"),
]

FRAME = """
{user} daemon off; pid nginx.pid; error_log nginx.log;
events {{ worker_connections 512; }}
http {{
    log_format who '$upstream_addr $uri'; access_log who.log who;
    client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {site}
}}
"""


class Nginx:
    """nginx in a folder of its own, before two servers."""

    def __init__(self, folder: Path, servers: list[Server]) -> None:
        self.servers = servers
        self._folder, self._port = folder, free_port()
        self.url = f"https://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        assert NGINX is not None
        assert OPENSSL is not None
        key, certificate = self._folder / "key.pem", self._folder / "certificate.pem"
        subprocess.run(
            [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=quiz",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        site = re.sub(r"listen .*\b80;", f"listen 127.0.0.1:{free_port()};", site, count=1)
        site = re.sub(r"listen .*\b443 (.*);", rf"listen 127.0.0.1:{self._port} \1;", site, count=1)
        site = re.sub(r"listen \[::\].*\n", "", site)
        site = site.replace("/etc/ssl/quiz/fullchain.pem", str(certificate)).replace(
            "/etc/ssl/quiz/privkey.pem", str(key)
        )
        for port, server in zip(("8501", "8502"), self.servers, strict=True):
            site = site.replace(f"127.0.0.1:{port}", f"127.0.0.1:{server.port}")
        # as root it would become nobody, who may not write here
        user = "user root;" if os.geteuid() == 0 else ""
        file = self._folder / "nginx.conf"
        file.write_text(FRAME.format(user=user, site=site), encoding="utf-8")
        self._tls = ssl.create_default_context(cafile=str(certificate))
        self._process = subprocess.Popen([NGINX, "-p", self._folder, "-c", file])
        for _ in range(100):
            with suppress(OSError):
                self.get("/healthz")
                return self
            time.sleep(0.1)
        raise RuntimeError((self._folder / "nginx.log").read_text(encoding="utf-8"))

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def get(self, path: str, cookie: str = "") -> tuple[HTTPMessage, bytes]:
        """Give the headers and the body of an answer, unpacked."""
        headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=30, context=self._tls) as answer:
            body = answer.read()
            return answer.headers, gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body

    def asked(self, path: str, at_least: int = 0) -> list[Server]:
        """Tell which server answered each request for a path, oldest first, once so many are written down."""
        end = time.monotonic() + 20
        while True:
            # a line is written after its answer was sent
            lines = (self._folder / "who.log").read_text(encoding="utf-8").splitlines()
            if sum(line.endswith(f" {path}") for line in lines) >= at_least or time.monotonic() > end:
                break
            time.sleep(0.05)
        # where the first did not answer, the line names each that was tried
        ports = [line.rsplit(" ", 1)[0].rsplit(":", 1)[1] for line in lines if line.endswith(f" {path}")]
        return [next(server for server in self.servers if str(server.port) == port) for port in ports]


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("behind")
    with ExitStack() as stack:
        settings = Settings(stack.enter_context(Postgres(durable=True)).fresh(), only_choices(folder / "questions"))
        prepare(settings)
        given = {"database_url": settings.database_url, "questions": str(settings.questions), "behind_proxy": "yes"}
        servers = [stack.enter_context(Server(folder / name, **given)) for name in ("one", "two")]
        yield stack.enter_context(Nginx(folder, servers))


def test_a_browser_stays_with_one_process_and_browsers_spread_over_both(nginx: Nginx) -> None:
    cookies = [nginx.get("/")[0]["Set-Cookie"] for _ in range(20)]
    assert all(re.fullmatch("quiz_node=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", one) for one in cookies)
    assert set(nginx.asked("/", 20)) == set(nginx.servers)

    before = len(nginx.asked("/", 20))
    mine = cookies[0].partition(";")[0]
    for _ in range(10):
        assert nginx.get("/", mine)[0]["Set-Cookie"] is None
    assert len(set(nginx.asked("/", before + 10)[before:])) == 1


def test_what_a_browser_made_up_is_no_number(nginx: Nginx) -> None:
    assert "quiz_node=" in nginx.get("/", "quiz_node=u1")[0]["Set-Cookie"]


def test_scripts_arrive_packed_and_what_is_nobodys_business_not_at_all(nginx: Nginx) -> None:
    script = re.search(rb"static/js/[^\"]+", nginx.get("/")[1])
    assert script is not None
    headers, _ = nginx.get(f"/{script[0].decode()}")
    assert headers["Content-Encoding"] == "gzip"
    assert nginx.get("/healthz")[1] == b'{"ok":true}'
    with pytest.raises(urllib.error.HTTPError, match="404"):
        nginx.get("/_stcore/metrics")


def test_a_learner_whose_process_is_killed_goes_on_at_the_other(nginx: Nginx, browser: Browser) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    learner = Learner(page, nginx.url)
    learner.start()
    learner.choose()
    learner.check()
    learner.next()
    learner.at(2)

    dead = nginx.asked("/_stcore/health")[-1]
    dead.kill()
    learner.choose()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".headline")).to_be_visible(timeout=30_000)
    learner.next()
    learner.at(3)
    page.reload()
    learner.at(3)
    assert nginx.asked("/practice")[-1] is not dead

    dead.start()
    learner.choose()
    learner.check()
    context.close()
