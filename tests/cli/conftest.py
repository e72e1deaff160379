"""The command line as a user runs it: a process of its own, in an empty folder."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support import Findity

from mockfindity.cli import commands

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

    def on_a_terminal(self, columns: int, *arguments: str) -> list[str]:
        """The lines that it prints on a terminal of so many columns, without their colours."""
        ours, its = pty.openpty()
        with subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment({"COLUMNS": str(columns)}),
            stdout=its,
        ):
            os.close(its)
            found = b""
            with suppress(OSError):  # so Linux says that the other end is closed
                while more := os.read(ours, 65536):
                    found += more
        os.close(ours)
        return re.sub(r"\x1b\[[0-9;]*m", "", found.decode()).splitlines()

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


class Shell:
    """``mockfindity`` in this process, quickly, led to a sandbox by the environment."""

    def __init__(self, environment: dict[str, str | None]) -> None:
        self.environment = environment

    def __call__(
        self, *arguments: str, code: int = 0, given: str | bytes | None = None, **more: str
    ) -> Result:
        """Run to the end, which must be the exit code ``code``."""
        runner = CliRunner(env=self.environment | more)
        done = runner.invoke(commands, arguments, given, catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    def json(self, *arguments: str, code: int = 0, **more: str) -> Any:
        """What it prints with ``--json``."""
        return json.loads(self(*arguments, "--json", code=code, **more).stdout)


@pytest.fixture
def shell(findity: Findity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A command line whose server is the tests' and whose sandbox is the test's own."""
    monkeypatch.chdir(tmp_path)
    environment: dict[str, str | None] = dict.fromkeys(
        name for name in os.environ if name.startswith("FINDITY_")
    )
    environment |= {"MOCKFINDITY_URL": findity.url, "MOCKFINDITY_SANDBOX": findity.name}
    return Shell(environment)
