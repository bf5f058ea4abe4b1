"""nginx with deploy/nginx.conf before two servers, of which only the ports and the certificate are replaced."""

import gzip
import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.request
from contextlib import closing, suppress
from http.client import HTTPMessage, HTTPSConnection
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlencode

from driving.school import School
from driving.server import ROOT, Server, free_port

# administrators' programs are often not on everybody's path
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
OPENSSL = shutil.which("openssl")

FRAME = """
{user} daemon off; pid nginx.pid; error_log nginx.log;
events {{ worker_connections 512; }}
http {{
    log_format who '$upstream_addr $uri'; access_log who.log who;
    client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {site}
}}
"""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str


class Nginx:
    """nginx in a folder of its own, before two servers."""

    def __init__(self, folder: Path, school: School) -> None:
        self.school, self.servers = school, school.servers
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

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> "Answer":
        """Give an answer whatever its status; nothing is followed."""
        connection = HTTPSConnection("127.0.0.1", self._port, timeout=30, context=self._tls)
        with closing(connection):
            connection.request("GET" if data is None else "POST", path, data, headers)
            came = connection.getresponse()
            return Answer(came.status, came.headers, came.read().decode())

    def post(self, path: str, fields: dict[str, str], **headers: str) -> "Answer":
        """Send a form as the app's own page does; nothing is followed."""
        ours = {"Origin": self.url, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, urlencode(fields).encode(), **{**ours, **headers})

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
