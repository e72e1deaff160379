"""``mockfindity snapshot``: keep what a sandbox is, and go back to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from .control import Control, with_control
from .options import Group, json_option
from .output import many, print_json, print_table

HEADINGS = ("name", "clock", "mode", "records")


@click.group(cls=Group, default="list")
def snapshot() -> None:
    """Keep what a sandbox is under a name, and go back to it (list, if not said).

    A snapshot lives in its sandbox, on the server; `mockfindity state` makes files.
    """


@snapshot.command("list")
@with_control
@json_option
def list_(control: Control, as_json: bool) -> None:
    """List the snapshots of a sandbox."""
    found = control.all("/snapshots")
    if as_json:
        print_json(found)
    else:
        rows = [(s["name"], s["clock"]["now"], s["clock"]["mode"], s["records"]) for s in found]
        print_table(HEADINGS, rows, right=("records",))


@snapshot.command()
@click.argument("name")
@with_control
@json_option
def save(control: Control, name: str, as_json: bool) -> None:
    """Keep what the sandbox is now as NAME; one of that name is replaced.

    Its records, keys, tokens, clock and settings; no requests, faults or webhooks.
    """
    kept = control("PUT", _path(name))
    _print(kept, "The snapshot {name} is kept: {records}.", as_json)


@snapshot.command()
@click.argument("name")
@with_control
@json_option
def restore(control: Control, name: str, as_json: bool) -> None:
    """Go back to the snapshot NAME; webhooks that are pending are cancelled."""
    kept = control("POST", f"{_path(name)}/restore")
    _print(kept, "The sandbox is the snapshot {name} again: {records}.", as_json)


@snapshot.command()
@click.argument("name")
@with_control
def delete(control: Control, name: str) -> None:
    """Forget the snapshot NAME."""
    control("DELETE", _path(name))
    click.echo(f"The snapshot {name} is gone.")


def _path(name: str) -> str:
    return f"/snapshots/{quote(name, safe='')}"


def _print(kept: dict[str, Any], sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(kept)
    else:
        records = many(kept["records"], "record")
        click.echo(sentence.format(name=kept["name"], records=records))
