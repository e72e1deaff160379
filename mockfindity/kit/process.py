"""A client's process: started in a session of its own, heard, and stopped with all its children.

A client may print megabytes, fork, ignore SIGTERM or hang. What it prints is kept up to a limit;
what it started carries a mark in its environment, by which children that left the session are found
where ``/proc`` tells of them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from .output import Output

GRACE = 1.0
"""Seconds from SIGTERM to SIGKILL."""

MARK = "MOCKFINDITY_RUN"


class Process:
    """A client as a process. Raises ``OSError`` where it cannot be started."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        self.output = Output()
        self._mark = secrets.token_hex(16)
        # Marks add up, so that a kit that judges a client which runs a kit finds everything.
        marks = f"{os.environ.get(MARK, '')} {self._mark}".strip()
        self._popen = subprocess.Popen(
            list(command),
            # What Python prints is to come at once, and not when it is killed.
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment, MARK: marks},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._popen.stdout,), daemon=True)
        self._reader.start()

    def _read(self, stream: IO[bytes] | None) -> None:
        while stream is not None and (data := os.read(stream.fileno(), 65536)):
            self.output.add(data)

    @property
    def code(self) -> int | None:
        """The exit code; ``None`` while it runs."""
        return self._popen.poll()

    def wait(self, seconds: float) -> bool:
        """Whether it ended by itself in time."""
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """End it and everything that it started: SIGTERM, and after a second SIGKILL."""
        self._signal(hard=False)
        self.wait(GRACE)
        self.kill()

    def kill(self) -> None:
        """End it at once, as a crash would, with everything that it started."""
        self._signal(hard=True)
        self.wait(GRACE)
        # Again until there are none: one may have started another while they were looked for.
        wait_until(GRACE, lambda: not killed(self._mark))
        self._reader.join(GRACE)
        if self._popen.stdout is not None and not self._reader.is_alive():
            self._popen.stdout.close()

    def _signal(self, *, hard: bool) -> None:
        """Tell its whole session to end; where there are no sessions, it alone."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._popen.kill() if hard else self._popen.terminate()
            else:
                os.killpg(self._popen.pid, signal.SIGKILL if hard else signal.SIGTERM)


def killed(mark: str) -> list[int]:
    """The processes that carry a mark and were killed now, as far as ``/proc`` tells."""
    found = []
    for pid in _marked(mark):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            found.append(pid)
    return found


def _marked(mark: str) -> list[int]:
    """The processes that carry a mark in their environment; none that is dead already."""
    wanted, found = mark.encode(), []
    with contextlib.suppress(OSError):
        for process in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if process.name.isdigit() and wanted in (process / "environ").read_bytes():
                    found.append(int(process.name))
    return found


def wait_until(seconds: float, condition: Callable[[], bool], *, every: float = 0.01) -> bool:
    """Whether ``condition()`` came true in time; asked every 10 ms, or as said."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True
