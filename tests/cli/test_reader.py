"""What commands do when nobody reads what they print, as behind ``| head -1``."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import Findity

BROKEN = Path(__file__).parents[2] / "contracts" / "clients" / "breaking.py"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("routes",), 0),
        (("routes", "--provenance"), 0),
        (("routes", "--json"), 0),
        (("scenario", "list"), 0),
        (("openapi", "admin"), 0),
        (("--help",), 0),
        (("check", "--list"), 0),
        # What a command has found does not depend on who reads it.
        (("check", "--client", f"{BROKEN}:EXP_2", "--only", "EXP-2"), 2),
        (("scenario", "show", "nothing"), 1),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else None,
)
def test_it_goes_on_in_silence_to_its_exit_code(
    mockfindity: Any, arguments: tuple[str, ...], code: int
) -> None:
    with mockfindity.running(*arguments) as process:
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)

    assert process.returncode == code
    assert "Traceback" not in said
    assert "Broken pipe" not in said


def test_nobody_reads_what_it_says_on_stderr_either(mockfindity: Any) -> None:
    with mockfindity.running("scenario", "run", "expense", "--standalone") as process:
        process.stderr.close()
        told = process.stdout.read()
        process.wait(60)

    assert process.returncode == 0
    assert told.startswith("Played expense: ")


def test_what_follows_for_ever_ends_where_nobody_reads(mockfindity: Any, findity: Findity) -> None:
    at = ("--url", findity.url, "--sandbox", findity.name)
    findity.api.get("/api/admin/organizations/")
    with mockfindity.running("requests", "list", "--follow", *at) as process:
        assert "/oauth/token" in process.stdout.readline()
        assert "/api/admin/organizations/" in process.stdout.readline()
        process.stdout.close()
        findity.api.get("/api/admin/organizations/")
        process.wait(30)

    assert process.returncode == 0


def test_stdout_may_be_closed_from_the_start(mockfindity: Any) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(mockfindity.command('routes'))} >&-"],
        env=mockfindity.environment({}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
