"""The command line: ``mockfindity <command>``, one command group a file.

Importing this imports click and nothing else. A command's file is imported when the command is
run or its help is shown, and imports what it works with inside its functions, so that ``--help``
and ``version`` answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from .. import __version__
from .reader import may_leave

COMMANDS = {
    "serve": ("serve", "Run a server until Ctrl-C."),
    "demo": ("demo", "Run a server and see it at work."),
    "scenario": (
        "scenario",
        "Stories that fill a sandbox: see which there are, play one (list, if not said).",
    ),
    "wait": ("wait", "Wait until a server is ready."),
    "healthy": ("healthy", "Say whether the server of this container is ready."),
    "env": ("env", "Print the variables that lead a client to a sandbox."),
    "routes": ("routes", "List every URL that is served."),
    "openapi": ("openapi", "Print an OpenAPI 3.1 document: oauth, admin, connect or control."),
    "check": ("check", "Judge a client: does it keep Findity's rules?"),
    "verify": ("verify", "Hold a real or a second server against the contracts."),
    "reset": ("reset", "Put a sandbox back to how it was made."),
    "bulk-send": ("bulk_send", "Send reports that are ready, as an administrator."),
    "webhooks": (
        "webhooks",
        "See the webhooks that were sent, or send one again (list, if not said).",
    ),
    "requests": ("requests", "See what was asked of Findity in a sandbox (list, if not said)."),
    "conduct": ("conduct", "Say what the client did that it should not have."),
    "clock": ("clock", "Look at the clock of a sandbox, stop it, move it (show, if not said)."),
    "faults": ("faults", "Make requests go wrong (list, if not said)."),
    "sandbox": ("sandbox", "Make a sandbox, see which there are, drop one (list, if not said)."),
    "snapshot": (
        "snapshot",
        "Keep what a sandbox is under a name, and go back to it (list, if not said).",
    ),
    "state": ("state", "Write the whole of a sandbox to a file, or read it from one."),
    "doctor": ("doctor", "Say what is wrong with a set-up, and what to do."),
    "version": ("version", "Say which version this is."),
}
"""Each command, in the order of ``--help``: the file that has it under the same name, and what it
says of itself there, so that ``--help`` need not import them all."""


class Commands(click.Group):
    """The commands, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the defaults from a file first; help is given even where that is wrong."""
        if "--help" not in args:
            from pathlib import Path

            from .defaults import from_file

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
