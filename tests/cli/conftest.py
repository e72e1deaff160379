"""The command line as a user runs it: a process of its own, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]


class CommandLine:
    """``mockfindity`` with an environment in which nothing is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, code: int = 0, **environment: str) -> Done:
        """Run to the end, which must be the exit code ``code``."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(environment),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Run beside the test; killed at its end if it still runs."""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "mockfindity", *arguments]

    def environment(self, more: dict[str, str]) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if name != "PORT" and not name.startswith("MOCKFINDITY_")
        }
        return clean | {"PYTHONPATH": str(CHECKOUT)} | more


@pytest.fixture
def mockfindity(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)
