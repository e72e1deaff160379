"""The jobs for GitLab: their script is run as GitLab would, line after line in one shell."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from shells import bash, clean_environment, needs_bash, needs_shellcheck, shellcheck
from yamls import complaints, parsed

from mockfindity.kit.service import free_port

CHECKOUT = Path(__file__).parents[2]
FILE = CHECKOUT / "docs" / "example" / "gitlab-ci.yml"
JOBS: dict[str, dict[str, Any]] = {n: job for n, job in parsed(FILE).items() if n.startswith(".")}
CLIENTS = CHECKOUT / "contracts" / "clients"
STOP = "kill %1"
"""What ends the server that a job leaves behind; GitLab removes its container."""


def script(name: str, *more: str) -> str:
    job = JOBS[name]
    return "\n".join([*job["before_script"], *job.get("script", []), *more])


def done(folder: Path, lines: str, **variables: str) -> tuple[int, str]:
    """How a job ends, and what it says."""
    log = folder / "job.log"
    port = str(free_port())
    led = {"MOCKFINDITY_PORT": port, "MOCKFINDITY_URL": f"http://127.0.0.1:{port}"}
    ended = bash(lines, folder, clean_environment() | led | variables, log)
    return ended.returncode, log.read_text()


def test_gitlab_would_take_the_file(tmp_path: Path) -> None:
    # Of jobs with a dot the schema takes anything; and one that is to be extended has no script.
    shown = FILE.read_text().replace("\n.", "\n")
    whole = shown.replace("\nmockfindity:\n", "\nmockfindity:\n  script: [pytest]\n")
    (tmp_path / "gitlab-ci.yml").write_text(whole)

    assert complaints("gitlab-ci", tmp_path / "gitlab-ci.yml") == ""


@needs_shellcheck
@pytest.mark.parametrize("name", JOBS)
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    assert shellcheck(script(name)) == ""


@needs_bash
def test_a_job_beside_a_findity_can_use_it(tmp_path: Path) -> None:
    there = 'mockfindity wait --url "$FINDITY_BASE_URL" --timeout 0'
    code, said = done(tmp_path, script(".mockfindity", there, STOP))

    assert code == 0, said
    assert re.search(r"^Ready\. http://127\.0\.0\.1:\d+$", said, re.MULTILINE)


@needs_bash
@pytest.mark.parametrize(("client", "code"), [("reference.py", 0), ("breaking.py EXP-2", 2)])
def test_a_client_is_judged_with_reports(tmp_path: Path, client: str, code: int) -> None:
    command = f"{sys.executable} {CLIENTS}/{client}"
    settings = {"MOCKFINDITY_COMMAND": command, "MOCKFINDITY_ONLY": "EXP-2"}
    ended, said = done(tmp_path, script(".mockfindity-check"), **settings)

    assert ended == code, said
    artifacts = JOBS[".mockfindity-check"]["artifacts"]
    reports = [*artifacts["paths"], artifacts["reports"]["junit"]]
    assert [name for name in reports if "EXP-2" not in (tmp_path / name).read_text()] == []
