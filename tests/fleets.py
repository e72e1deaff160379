"""Three servers and the balancer of ``docs/team``, as processes of their own on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from typing import Any

import httpx2
import pytest
from support import Findity

TEAM = Path(__file__).parent.parent / "docs/team"
TOKEN = "team-token"
SERVERS = ("one", "two", "three")

needs_haproxy = pytest.mark.skipif(
    not (shutil.which("haproxy") and shutil.which("openssl")),
    reason="haproxy and openssl are needed",
)


def free_port() -> int:
    """A port that is free and stays so: none of those that the machine gives out by itself."""
    while True:
        port = SystemRandom().randrange(20_000, 30_000)
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                return port


class Fleet:
    """The processes, by name. ``url`` is the balancer's; ``http`` trusts its certificate and brings
    the control token."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.certificate = folder, folder / "cert.pem"
        self.ports = {name: free_port() for name in SERVERS}
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._made: list[Findity] = []
        # It listens before HAProxy takes it over, so that nobody has to wait for HAProxy.
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1000)
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._certify()
        trusted = ssl.create_default_context(cafile=self.certificate)
        self.http = httpx2.Client(
            base_url=self.url, timeout=20, verify=trusted, headers={"x-mockfindity-token": TOKEN}
        )

    def _certify(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        names = ["-subj", "/CN=team", "-addext", "subjectAltName=IP:127.0.0.1"]
        files = ["-keyout", str(self.folder / "cert.pem.key"), "-out", str(self.certificate)]
        subprocess.run([*command, *names, *files], check=True, capture_output=True)

    def start(self, *names: str) -> None:
        """Start servers, each on its data directory; they serve when this returns."""
        for process in [self._begun(name) for name in names]:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Ready. ")

    def _begun(self, name: str) -> subprocess.Popen[str]:
        data = ["--data-dir", str(self.folder / name), "--control-token", TOKEN]
        where = ["--port", str(self.ports[name]), "--base-url", self.url]
        self._processes[name] = process = subprocess.Popen(
            [sys.executable, "-m", "mockfindity", "serve", *where, *data],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        return process

    def bring_back(self, name: str) -> None:
        """Start a server again; the balancer has seen it when this returns."""
        self.start(name)
        while self.http.get(f"/_servers/{name}/_mockfindity/readyz").status_code != 200:
            pass

    def kill(self, name: str) -> None:
        """End a process with SIGKILL."""
        process = self._processes.pop(name)
        process.kill()
        process.communicate()

    def balance(self) -> None:
        """Start HAProxy with the files of ``docs/team`` as they are."""
        addresses = {f"TEAM_{n.upper()}": f"127.0.0.1:{port}" for n, port in self.ports.items()}
        bind = {"TEAM_BIND": f"fd@{self._listener.fileno()}"}
        certificate = {"TEAM_CERTIFICATE": str(self.certificate)}
        options: dict[str, Any] = {
            "env": {**os.environ, **addresses, **bind, **certificate},
            "pass_fds": [self._listener.fileno()],
            "stderr": subprocess.PIPE,
            "text": True,
        }
        command = ["haproxy", "-f", str(TEAM / "haproxy.cfg")]
        subprocess.run([*command, "-c", "-dW"], check=True, stdout=subprocess.DEVNULL, **options)
        options["stderr"] = subprocess.DEVNULL
        self._processes["balancer"] = subprocess.Popen([*command, "-db"], **options)

    def drop_all(self) -> None:
        """Drop the sandboxes that were made."""
        while self._made:
            self._made.pop().close()

    def close(self) -> None:
        for client in [self.http, *(c for made in self._made for c in (made.http, made.api))]:
            client.close()
        self._listener.close()
        for name in list(self._processes):
            self.kill(name)

    def new(self, **options: Any) -> Findity:
        """A new sandbox, signed in to through the balancer."""
        answer = self.http.post("/_mockfindity/sandboxes", json=options)
        assert answer.status_code == 201, answer.text
        findity = Findity(self.url, answer.json())
        findity.http.headers["x-mockfindity-token"] = TOKEN
        self._made.append(findity)
        return findity

    def home(self, sandbox: str) -> str:
        """The server that has a sandbox, as the balancer sees it."""
        answer = self.http.head(f"/_mockfindity/sandboxes/{sandbox}")
        return str(answer.headers["x-mockfindity-server"])


@contextmanager
def fleet(folder: Path) -> Iterator[Fleet]:
    """The whole fleet while the block runs."""
    with ExitStack() as stack:
        made = Fleet(folder)
        stack.callback(made.close)
        made.start(*SERVERS)
        made.balance()
        yield made
