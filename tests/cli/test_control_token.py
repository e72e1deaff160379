"""A server that asks for a token: every command can give it, and Findity's own API is not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import pytest

from mockfindity.app import App
from mockfindity.cli import commands
from mockfindity.gate import Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen

TOKEN = "hemligt-å"


@pytest.fixture
def locked(shell: Any) -> Iterator[Sandboxes]:
    """A server of its own, to which ``shell`` is led."""
    listener = listen(port=0)
    sandboxes = Sandboxes(address(listener))
    shell.environment |= {
        "MOCKFINDITY_URL": sandboxes.base_url,
        "MOCKFINDITY_SANDBOX": "default",
    }
    with in_thread(App(sandboxes, Gate(TOKEN)), listener):
        yield sandboxes


def leaves(group: click.Group, ctx: click.Context) -> Iterator[click.Command]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from leaves(command, ctx)
        elif command is not None:
            yield command


def test_every_command_that_talks_to_a_server_takes_a_token() -> None:
    options = [
        {name for parameter in command.params for name in parameter.opts}
        for command in leaves(commands, click.Context(commands))
    ]
    talking = [names for names in options if "--url" in names]

    assert len(talking) > 20
    assert all("--control-token" in names for names in talking)


@pytest.mark.parametrize(
    "command",
    [
        ("wait",),
        ("env",),
        ("reset",),
        ("webhooks",),
        ("requests", "count"),
        ("conduct",),
        ("clock", "freeze"),
        ("faults",),
        ("snapshot", "save", "x"),
        ("state", "export", "-"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_the_token_opens_the_control_api(
    shell: Any, locked: Sandboxes, command: tuple[str, ...]
) -> None:
    shell(*command, MOCKFINDITY_CONTROL_TOKEN=f" {TOKEN}\n")

    assert not any(b"x-mockfindity-token" in e.headers for e in locked.default.journal)


def test_without_it_the_server_says_what_is_missing(shell: Any, locked: Sandboxes) -> None:
    refused = shell("reset", code=1)
    two_lines = shell("reset", "--control-token", "a\nb", code=1)

    assert "asks for X-Mockfindity-Token" in refused.stderr
    assert "a token is one line" in two_lines.stderr


def test_the_doctor_says_so_too(shell: Any, locked: Sandboxes) -> None:
    done = shell("doctor", code=1)

    assert "the server asks for a control token" in done.stdout
    assert "-> give it as --control-token or MOCKFINDITY_CONTROL_TOKEN" in done.stdout
