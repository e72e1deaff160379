"""``mockfindity check`` as a user runs it: a process of its own, in a folder with a client."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockfindity.kit.traffic import Watched, watched

CHECKOUT = Path(__file__).parents[2]
CLIENTS = CHECKOUT / "contracts" / "clients"
Done = subprocess.CompletedProcess[str]


class Check:
    """``mockfindity check`` with an environment in which nothing is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, code: int = 0, **environment: str) -> Done:
        """Run to the end, which must be the exit code ``code``."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment() | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "mockfindity", "check", *arguments]

    def environment(self) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if name != "PORT" and not name.startswith(("MOCKFINDITY_", "GITHUB_", "FINDITY_"))
        }
        return clean | {"PYTHONPATH": str(CHECKOUT)}

    def client(self, source: str, name: str = "client.py") -> Path:
        """A file with a client's source."""
        path = self.folder / name
        path.write_text(source)
        return path


@pytest.fixture(scope="module")
def played() -> Iterator[Watched]:
    """A Findity to play to clients."""
    with watched() as found:
        yield found


@pytest.fixture
def check(tmp_path: Path) -> Check:
    return Check(tmp_path)
