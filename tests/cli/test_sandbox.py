"""Sandboxes made, listed and dropped from the shell."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from support import Findity


@pytest.fixture
def name(server: str) -> Iterator[str]:
    """The name of a sandbox that is not there; it is dropped if it was made."""
    made_up = f"cli-{uuid.uuid4().hex[:12]}"
    yield made_up
    httpx2.delete(f"{server}/_mockfindity/sandboxes/{made_up}", verify=False)


def test_one_is_made_and_told_to_the_shell(shell: Any, server: str, name: str) -> None:
    made = shell("sandbox", "create", name).stdout

    first, *_, last = made.splitlines()
    assert first == f"export FINDITY_BASE_URL={server}"
    assert last.startswith(f"export FINDITY_CLIENT_SECRET={name}.")
    assert shell("env", "--sandbox", name).stdout == made


def test_it_can_begin_with_a_scenario(shell: Any, name: str) -> None:
    made = shell.json("sandbox", "create", name, "--scenario", "expense")

    assert made["FINDITY_EXTERNAL_ORGANIZATION_ID"] == "nordljus"
    assert shell.json("env", "--sandbox", name) == made


def test_it_can_be_a_fork(shell: Any, acme: Findity, name: str) -> None:
    shell("snapshot", "save", "before")
    shell("reset")

    empty = shell.json("sandbox", "create", name, "--from", acme.name)
    shell("sandbox", "drop", name)
    full = shell.json("sandbox", "create", name, "--from", f"{acme.name}/before")

    assert "FINDITY_ORGANIZATION_ID" not in empty
    assert full["FINDITY_ORGANIZATION_ID"] == acme.org


def test_its_seed_decides_its_ids(shell: Any, name: str) -> None:
    ids = []
    for seed in ("7", "7", "8"):
        made = shell.json("sandbox", "create", name, "--seed", seed, "--scenario", "expense")
        ids.append(made["FINDITY_ORGANIZATION_ID"])
        shell("sandbox", "drop", name)

    assert ids[0] == ids[1]
    assert ids[0] != ids[2]


def test_all_are_listed(shell: Any, findity: Findity) -> None:
    headings, *rows = [line.split() for line in shell("sandbox").stdout.splitlines()]

    assert headings == ["name", "clientId"]
    assert ["default", "mockfindity-client"] in rows
    assert [findity.name, findity.client_id] in rows
    assert [findity.name, findity.client_secret] in [
        [one["name"], one["clientSecret"]] for one in shell.json("sandbox", "list")
    ]


def test_one_that_is_dropped_is_gone(shell: Any, name: str) -> None:
    shell("sandbox", "create", name)

    dropped = shell("sandbox", "drop", name)
    again = shell("sandbox", "drop", name, code=1)

    assert dropped.stdout == f"The sandbox {name} is gone.\n"
    assert again.stderr == (
        f"Error: there is no sandbox '{name}'; `mockfindity sandbox create {name}` makes it. "
        "(SANDBOX_NOT_FOUND)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "default"), "Error: there is a sandbox 'default' already: delete it, or"),
        (("create", "A B"), "Error: name 'A B': up to 64 lower-case letters, digits, - and _"),
        (("create", "new", "--scenario", "none"), "Error: there is no scenario 'none'; there is"),
        (("create", "new", "--from", "nobody"), "Error: there is no sandbox 'nobody'"),
        (("drop", "default"), "Error: the sandbox 'default' always exists: reset it instead."),
    ],
)
def test_what_cannot_be_is_said_and_makes_nothing(
    shell: Any, arguments: tuple[str, ...], said: str
) -> None:
    done = shell("sandbox", *arguments, code=1)

    assert done.stderr.startswith(said)
    assert "new" not in [line.split()[0] for line in shell("sandbox").stdout.splitlines()]
