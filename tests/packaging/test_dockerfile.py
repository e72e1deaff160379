"""The Dockerfile and its page, as far as they can be tried without an engine: `make image` does
the rest."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import dockerfile
import pytest
from bare import CHECKOUT, bare_environment

from mockfindity.cli import commands
from mockfindity.kit.service import free_port

TEXT = dockerfile.FILE.read_text().replace("\\\n", " ")
PAGE = (CHECKOUT / "docs/container.md").read_text()


def instructions(name: str, text: str = TEXT) -> list[str]:
    return re.findall(rf"^{name} (.*)$", text, re.MULTILINE)


def test_every_stage_is_built_upon_the_base_that_is_asked_for() -> None:
    assert instructions("FROM") == ["${BASE} AS build", "${BASE}"]
    assert TEXT.index("\nARG BASE=") < TEXT.index("\nFROM ")


def test_it_runs_as_a_user_that_is_known_not_to_be_root() -> None:
    (user,) = instructions("USER", dockerfile.LAST_STAGE)

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_context_has_what_is_copied_and_nothing_else() -> None:
    copied = [
        word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]
    ]
    lines = (CHECKOUT / ".dockerignore").read_text().splitlines()

    assert "*" in lines
    assert sorted(copied) == sorted(line[1:] for line in lines if line.startswith("!"))


def test_what_it_runs_serves_and_its_health_check_says_so(tmp_path: Path) -> None:
    (check,) = instructions("HEALTHCHECK", dockerfile.LAST_STAGE)
    environment = {
        **bare_environment(),
        **dockerfile.environment(),
        "MOCKFINDITY_LOAD": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PORT": str(free_port()),
    }
    more: dict[str, Any] = {"cwd": tmp_path, "env": environment, "text": True}
    with subprocess.Popen(dockerfile.command(), stdout=subprocess.PIPE, **more) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            words = json.loads(check.partition(" CMD ")[2])
            done = subprocess.run(words, capture_output=True, check=False, **more)
        finally:
            process.kill()

    assert ready == f"Ready. http://127.0.0.1:{environment['PORT']}\n"
    assert (done.returncode, done.stdout) == (0, ready)


def told(what: str) -> list[list[str]]:
    """The words of every ``docker run``, or the like, that the page tells."""
    lines = re.findall(rf"^\$ docker {what} (.*)$", PAGE, re.MULTILINE)
    assert lines
    return [shlex.split(line) for line in lines]


def run_options(words: list[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairwise(words) if name[0] == "-"]


@pytest.mark.parametrize("words", told("run"), ids=shlex.join)
def test_what_the_page_runs_in_a_container_the_program_knows(words: list[str]) -> None:
    serve = commands.get_command(click.Context(commands), "serve")
    assert serve is not None
    known = {name for option in serve.params for name in option.envvar or ()}
    given = run_options(words[: words.index("mockfindity")])

    assert {value.partition("=")[0] for name, value in given if name == "-e"} <= known
    places = {value.split(":")[1] for name, value in given if name == "-v"}
    assert places <= {"/etc/mockfindity", "/data"}
    command = [word for word in words[words.index("mockfindity") + 1 :] if word != "--help"]
    assert command[:1] in ([], ["serve"])
    assert serve.make_context("serve", command[1:]).params["host"]


@pytest.mark.parametrize("words", told("build"), ids=shlex.join)
def test_what_the_page_builds_with_the_dockerfile_knows(words: list[str]) -> None:
    arguments = {line.partition("=")[0] for line in instructions("ARG")}
    secrets = set(re.findall(r"type=secret,id=(\w+)", TEXT))

    given = run_options(words)
    assert {value.partition("=")[0] for name, value in given if name == "--build-arg"} <= arguments
    asked = {value.split(",")[0] for name, value in given if name == "--secret"}
    assert asked <= {f"id={name}" for name in secrets}


def test_every_variable_of_the_page_is_one_of_serve() -> None:
    serve = commands.get_command(click.Context(commands), "serve")
    assert serve is not None
    known = {name for option in serve.params for name in option.envvar or ()}

    assert set(re.findall(r"\bMOCKFINDITY_\w+", PAGE)) <= known | {"MOCKFINDITY_URL"}
