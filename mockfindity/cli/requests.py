"""``mockfindity requests``: what a client has asked of Findity, and waiting for it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import click

from .control import Control, with_control
from .options import F, Group, Problem, json_option, option, timeout_option
from .output import many, print_json, print_json_line, print_table, printable
from .reader import has_left
from .waiting import waited

HEADINGS = ("id", "time", "method", "status", "ms", "path", "fault")
NUMBERS = ("id", "ms")
WIDTHS = (6, 20, 6, 6, 8)
"""Of the columns before the path, where lines come one by one."""


def filters(function: F) -> F:
    """Which requests are meant."""
    for decorate in reversed(
        (
            option("--method", help="Only this method."),
            option("--path", help="Only this path or template; * stands for anything."),
            option("--operation", help="Only this operation, such as getExport."),
            option("--status", help="Only what was answered with this status, or a class: 4xx."),
            option("--client", help="Only what came with this key, or a token of it."),
            option("--search", help="Only what has this text in its path, body or answer."),
            option(
                "--since",
                help="Only what came after the request of this id, or at or "
                "after this time of the sandbox's clock.",
            ),
        )
    ):
        function = decorate(function)
    return function


@click.group(cls=Group, default="list")
def requests() -> None:
    """See what was asked of Findity in a sandbox (list, if not said)."""


@requests.command("list")
@filters
@option("--last", type=click.IntRange(0), help="Only the last so many.")
@option("--follow", is_flag=True, help="Go on with those that come, until Ctrl-C.")
@with_control
@json_option
def list_(control: Control, last: int | None, follow: bool, as_json: bool, **wanted: Any) -> None:
    """List the requests, oldest first.

    With --follow, --json prints one document a line.
    """
    found = control.all("/requests", wanted)
    shown = found if last is None else found[len(found) - last if last < len(found) else 0 :]
    if not follow:
        _print(shown, as_json)
        return
    with suppress(KeyboardInterrupt):
        for entry in itertools.chain(shown, _those_that_come(control, wanted, found)):
            if as_json:
                print_json_line(entry)
            else:
                click.echo(_line(entry))
            if has_left():
                return


def _those_that_come(control: Control, wanted: dict[str, Any], found: list[Any]) -> Iterator[Any]:
    """What comes after what was found, for ever."""
    while True:
        if found:
            wanted = wanted | {"since": found[-1]["id"]}
        found, _ = waited(control, "/requests/wait", wanted | {"count": 1}, math.inf)
        yield from found


@requests.command()
@filters
@option("--count", type=click.IntRange(0), default=1, help="How many to wait for.")
@timeout_option
@with_control
@json_option
def wait(control: Control, count: int, timeout: float, as_json: bool, **wanted: Any) -> None:
    """Wait until so many requests were made, and list them.

    Counts those since the last clear or reset. Exits with 1 if they do not come.
    """
    found, is_enough = waited(control, "/requests/wait", wanted | {"count": count}, timeout)
    _print(found, as_json)
    if not is_enough:
        raise Problem(f"{len(found)} of {many(count, 'such request')} came within {timeout:g} s.")


@requests.command()
@filters
@with_control
@json_option
def count(control: Control, as_json: bool, **wanted: Any) -> None:
    """Count the requests."""
    counted = control("GET", "/requests/count", query=wanted)
    if as_json:
        print_json(counted)
    else:
        click.echo(counted["count"])


@requests.command()
@with_control
def clear(control: Control) -> None:
    """Forget every request; counts and waits begin anew."""
    control("DELETE", "/requests")
    click.echo("The requests are forgotten.")


def _print(entries: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(entries)
    else:
        print_table(HEADINGS, [_row(entry) for entry in entries], right=NUMBERS)


def _row(entry: dict[str, Any]) -> list[str]:
    return [
        str(entry["id"]),
        entry["time"],
        entry["method"],
        str(entry["status"] or "lost"),
        f"{entry['durationMs']:.1f}",
        entry["path"],
        entry["fault"] or "",
    ]


def _line(entry: dict[str, Any]) -> str:
    """A row on its own, as wide as its like."""
    cells = [printable(cell) for cell in _row(entry)]
    fixed = (
        cell.rjust(width) if heading in NUMBERS else cell.ljust(width)
        for heading, cell, width in zip(HEADINGS, cells, WIDTHS, strict=False)
    )
    return "  ".join((*fixed, *cells[len(WIDTHS) :])).rstrip()
