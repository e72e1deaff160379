from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import pytest

from mockfindity import __version__
from mockfindity.cli import COMMANDS, commands


def test_help_imports_nothing_that_only_a_command_needs(mockfindity: Any) -> None:
    done = mockfindity("--help", PYTHONPROFILEIMPORTTIME="1")

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported
    heavy = {"starlette", "pydantic", "uvicorn", "rich", "httpx2", "msgspec", "reportlab"}
    assert imported & heavy == set()


def test_help_names_every_command_in_the_order_of_need(mockfindity: Any) -> None:
    text = mockfindity("--help").stdout

    lines = text.partition("Commands:\n")[2].splitlines()
    listed = [line.split()[0] for line in lines if not line.startswith("   ")]
    assert listed == [
        "serve",
        "demo",
        "scenario",
        "wait",
        "healthy",
        "env",
        "routes",
        "openapi",
        "check",
        "verify",
        "reset",
        "bulk-send",
        "webhooks",
        "requests",
        "conduct",
        "clock",
        "faults",
        "sandbox",
        "snapshot",
        "state",
        "doctor",
        "version",
    ]


def test_help_says_of_a_command_what_the_command_says_of_itself() -> None:
    context = click.Context(commands)

    for name, (_, says) in COMMANDS.items():
        command = commands.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(limit=1000) == says


def test_an_unknown_command_is_an_error_and_no_violation(mockfindity: Any) -> None:
    done = mockfindity("serv", code=1)

    assert "No such command 'serv'" in done.stderr


def test_version_is_one_line(mockfindity: Any) -> None:
    assert mockfindity("version").stdout == f"mockfindity {__version__}\n"


def test_version_for_scripts_names_python_and_the_platform(mockfindity: Any) -> None:
    done = mockfindity("version", MOCKFINDITY_JSON="1")

    assert f'"mockfindity": "{__version__}"' in done.stdout
    assert '"python": "3.' in done.stdout
    assert '"platform": "' in done.stdout


def options(group: click.Group, ctx: click.Context) -> Iterator[Any]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from options(command, ctx)
        elif command is not None:
            for option in command.params:
                if isinstance(option, click.Option):
                    yield pytest.param(option, id=f"{name} {option.opts[0]}")


@pytest.mark.parametrize("option", list(options(commands, click.Context(commands))))
def test_every_option_has_a_variable_and_an_explanation(option: click.Option) -> None:
    named = option.opts[0].removeprefix("--").replace("-", "_").upper()

    assert option.envvar is not None
    assert option.envvar[0] == f"MOCKFINDITY_{named}"
    assert (option.help or "").endswith(".")
