"""Servers as processes of their own: on the first core, while what asks them has the last."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
PROGRAM = str(Path(sys.executable).with_name("mockfindity"))
BARE = (sys.executable, str(HERE / "bare_server.py"))
MOCKFINDITY = (PROGRAM, "serve", "--port", "0")


class Served(NamedTuple):
    """A server that runs: its URL, and its process."""

    url: str
    pid: int

    @property
    def memory(self) -> float:
        """MB of memory that it holds."""
        return self._status("VmRSS")

    @property
    def peak(self) -> float:
        """MB of memory that it held at the most."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) / 1024


@contextmanager
def running(command: Iterable[str] = MOCKFINDITY) -> Iterator[Served]:
    """A server on the first core, which says ``Ready. URL``, while the block runs."""
    pinned = ["taskset", "-c", str(SERVER_CORE), *command]
    with subprocess.Popen(pinned, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Served(ready(process.stdout), process.pid)
        finally:
            process.terminate()


def ready(lines: Iterable[str]) -> str:
    """The URL that a server says it is ready at. Raises ``RuntimeError`` if it never does."""
    for line in lines:
        if line.startswith("Ready. "):
            return line.split()[1]
    raise RuntimeError("the server ended before it was ready")
