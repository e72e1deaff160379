"""docs/team.md is run: every command on it, from the first certificate to the fourth server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fleets import TEAM, free_port, needs_haproxy

PAGE = (TEAM.parent / "team.md").read_text()
PORTS = ("8443", "4701", "4702", "4703", "4704")

pytestmark = [needs_haproxy, pytest.mark.xdist_group("fleet")]


def script() -> str:
    """The commands of the page, but for the ports and what ``make`` does, which is tried apart."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    text = "\n".join(block for block in blocks if not block.startswith("make "))
    for port in PORTS:
        text = text.replace(port, str(free_port()))
    return text


def test_every_command_on_the_page_works(tmp_path: Path) -> None:
    shutil.copytree(TEAM, tmp_path / "docs/team")
    strict = 'set -eu -o pipefail\ncurl() { command curl --fail-with-body "$@" && echo; }\n'
    ask = "mockfindity sandbox list --json --url $MOCKFINDITY_URL/_servers/"
    end = "for server in one two three four; do " + ask + "$server > $server.json; done\n"

    code = run(strict + script() + end, tmp_path)

    assert code == 0, (tmp_path / "output").read_text()[-3000:]
    named = {n: names(tmp_path / f"{n}.json") for n in ("one", "two", "three", "four")}
    assert named == {"one": [], "two": [], "three": [], "four": ["march", "march--retry", "april"]}


def run(script: str, folder: Path) -> int:
    """The exit code of a script in bash, 124 if it did not end. What it leaves running is ended."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    with (
        (folder / "output").open("w") as output,
        subprocess.Popen(
            ["bash", "-c", script],
            cwd=folder,
            env={**os.environ, "PATH": path},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as shell,
    ):
        try:
            return shell.wait(60)
        except subprocess.TimeoutExpired:
            return 124
        finally:
            os.killpg(shell.pid, signal.SIGKILL)


def names(listed: Path) -> list[str]:
    """The sandboxes of a list, without ``default``, which each server has."""
    return [name for name in re.findall(r'"name": "(.*)"', listed.read_text()) if name != "default"]
