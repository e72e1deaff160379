"""What stands in the YAML of somebody's CI, run by bash as the CI would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is needed")
needs_shellcheck = pytest.mark.skipif(
    not shutil.which("shellcheck"), reason="shellcheck is needed; it is a package of Debian's"
)


def clean_environment() -> dict[str, str]:
    """This process's environment, in which nobody has set anything, and mockfindity is on the
    path."""
    ours = ("MOCKFINDITY_", "FINDITY_", "GITHUB_", "RUNNER_")
    kept = {n: v for n, v in os.environ.items() if n != "PORT" and not n.startswith(ours)}
    return kept | {"PATH": f"{BIN}:{os.environ['PATH']}"}


def bash(
    script: str, folder: Path, environment: dict[str, str], log: Path
) -> subprocess.CompletedProcess[bytes]:
    """A script as GitHub runs it, and GitLab: it ends with the first command that fails. What it
    says goes to a file, which a server that it leaves behind may keep open."""
    with log.open("ab") as said:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            timeout=240,
            check=False,
        )


def shellcheck(script: str) -> str:
    """What shellcheck has to say of a script of bash's."""
    done = subprocess.run(
        ["shellcheck", "--shell=bash", "-"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
