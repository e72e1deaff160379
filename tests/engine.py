"""A container engine for tests: Docker's API over a real socket, where a container is a process.

It takes what testcontainers' Docker client sends, keeps it to be looked at, and starts a container
as a process of this machine: its ``/tmp`` and ``/etc`` are folders of the test's, and its port is
one that is free. What an engine does beside that (images, isolation) is not here.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from mockfindity.kit.service import free_port

Answer = tuple[int, bytes]


class Container:
    """What was asked for with ``POST /containers/create``, and the process that became of it."""

    def __init__(self, wanted: dict[str, Any], folder: Path, image: dict[str, str]) -> None:
        self.wanted, self.folder, self.image = wanted, folder, image
        self.id = folder.name
        for place in ("tmp", "etc/mockfindity"):
            (folder / place).mkdir(parents=True)
        self.stdout, self.stderr = folder / "stdout", folder / "stderr"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def inside(self, text: str) -> str:
        """A text in which the container's paths are those of its folder."""
        return re.sub(r"/(?=(?:tmp|etc)/)", f"{self.folder}/", text)

    def start(self) -> None:
        given = dict(pair.split("=", 1) for pair in self.wanted.get("Env", []))
        inside = {name: self.inside(value) for name, value in (self.image | given).items()}
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        command = [*self.wanted["Entrypoint"], *(self.wanted.get("Cmd") or [])]
        with self.stdout.open("wb") as stdout, self.stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                [self.inside(word) for word in command],
                env=inside | {"PATH": path, "MOCKFINDITY_PORT": str(self.port)},
                cwd=self.folder,
                stdout=stdout,
                stderr=stderr,
            )

    def unpack(self, archive: bytes) -> None:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for member in tar.getmembers():
                member.name = member.name.removeprefix("/")
            tar.extractall(self.folder, filter="data")

    def inspected(self) -> dict[str, Any]:
        runs = self.process is not None and self.process.poll() is None
        ports = {port: [{"HostPort": str(self.port)}] for port in self.wanted["ExposedPorts"]}
        return {
            "Id": self.id,
            "State": {"Status": "running" if runs else "exited"},
            "Config": {"Tty": True},
            "NetworkSettings": {"Ports": ports},
        }

    def log(self, query: str) -> bytes:
        """What it said, of the streams that are asked for."""
        asked = {"stdout=1": self.stdout, "stderr=1": self.stderr}
        return b"".join(file.read_bytes() for name, file in asked.items() if name in query)

    def remove(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Engine(ThreadingHTTPServer):
    """Its containers are folders below one of the test's; ``containers`` are those that it made."""

    daemon_threads = True

    def __init__(self, folder: Path, image: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Api)
        self.folder, self.image = folder, image
        self.containers: list[Container] = []

    def answer(self, method: str, url: str, body: bytes) -> Answer:
        """What Docker would say, as status and body."""
        path, _, query = url.partition("?")
        if path.endswith("/version"):
            return 200, b'{"ApiVersion": "1.44"}'
        if "/images/" in path:
            return 200, b'{"Id": "sha256:0", "RepoTags": []}'
        if path.endswith("/containers/create"):
            folder = self.folder / f"container{len(self.containers)}"
            self.containers.append(Container(json.loads(body), folder, self.image))
            return 201, json.dumps({"Id": folder.name}).encode()
        name, _, what = path.partition("/containers/")[2].partition("/")
        (it,) = (container for container in self.containers if container.id == name)
        return self.of_a_container(it, method, what, query, body)

    def of_a_container(
        self, it: Container, method: str, what: str, query: str, body: bytes
    ) -> Answer:
        if what == "start":
            it.start()
            return 204, b""
        if what == "archive":
            it.unpack(body)
            return 200, b""
        if what == "logs":
            return 200, it.log(query)
        if method == "DELETE":
            it.remove()
            return 204, b""
        return 200, json.dumps(it.inspected()).encode()


class _Api(BaseHTTPRequestHandler):
    server: Engine

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        status, said = self.server.answer(self.command, self.path, body)
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_POST(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def engine(folder: Path, image: dict[str, str]) -> Iterator[Engine]:
    """An engine while the block runs, for containers of an image with that environment."""
    with Engine(folder, image) as served:
        thread = Thread(target=served.serve_forever, args=[0.02])
        thread.start()
        try:
            yield served
        finally:
            served.shutdown()
            thread.join()
            for container in served.containers:
                container.remove()
