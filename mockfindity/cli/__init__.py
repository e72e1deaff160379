"""The command line: ``mockfindity <command>``, one command group a file.

Importing this imports click and nothing else. A command's file is imported when the command is
run or its help is shown, and imports what it works with inside its functions, so that ``--help``
and ``version`` answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .. import __version__
from .defaults import from_file
from .reader import may_leave

COMMANDS = {
    "serve": "serve",
    "demo": "demo",
    "scenario": "scenario",
    "wait": "wait",
    "env": "env",
    "routes": "routes",
    "openapi": "openapi",
    "check": "check",
    "verify": "verify",
    "reset": "reset",
    "bulk-send": "bulk_send",
    "webhooks": "webhooks",
    "requests": "requests",
    "conduct": "conduct",
    "clock": "clock",
    "faults": "faults",
    "sandbox": "sandbox",
    "snapshot": "snapshot",
    "state": "state",
    "doctor": "doctor",
    "version": "version",
}
"""Each command, in the order of ``--help``, and the file that has it under the same name."""


class Commands(click.Group):
    """The commands, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = COMMANDS.get(cmd_name)
        if name is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the defaults from a file first; help is given even where that is wrong."""
        if "--help" not in args:
            ctx.default_map = from_file(Path(), self, ctx)
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        with _wrong_usage_is_1():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _wrong_usage_is_1():
            return super().invoke(ctx)


@contextmanager
def _wrong_usage_is_1() -> Iterator[None]:
    """Exit code 1 for wrong usage; click has 2, which here says that a check found a violation."""
    try:
        yield
    except click.UsageError as error:
        error.show()
        raise click.exceptions.Exit(1) from None


@click.command(cls=Commands, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="mockfindity", message="%(prog)s %(version)s")
def commands() -> None:
    """A local Findity to develop and test against.

    Every option can also be given in the environment, as MOCKFINDITY_<OPTION>
    (MOCKFINDITY_BASE_URL is --base-url; plain PORT counts for --port too), or in
    the current folder in mockfindity.toml, or else under [tool.mockfindity] in
    pyproject.toml:

    \b
        port = 5000
        base-url = "http://findity.test:5000"

    A key of the file is an option without its dashes and holds for every command
    that has the option. The command line beats the environment, and the
    environment the file. Exit codes: 0 well, 1 error, 2 a check found a violation.
    """


def main() -> None:
    """Run the command line and exit."""
    may_leave()
    commands(prog_name="mockfindity")
