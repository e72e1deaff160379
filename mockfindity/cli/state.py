"""``mockfindity state``: the whole of a sandbox as a file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from .control import Control, with_control
from .options import Problem, json_option
from .output import many, print_json


@click.group()
def state() -> None:
    """Write the whole of a sandbox to a file, or read it from one."""


@state.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@with_control
def export(control: Control, file: Path) -> None:
    """Write what the sandbox is to FILE, or to stdout for -.

    One JSON document: records, keys, tokens, clock and settings. The same
    sandbox gives the same bytes.
    """
    document = control.request("GET", f"{control.sandbox}/state").content
    if str(file) == "-":
        click.echo(document)
        return
    try:
        file.write_bytes(document + b"\n")
    except OSError as error:
        raise Problem(f"{file} cannot be written: {error.strerror}.") from None


@state.command("import")
@click.argument("file", type=click.File("rb"))
@with_control
@json_option
def import_(control: Control, file: BinaryIO, as_json: bool) -> None:
    """Make the sandbox what FILE says, or stdin for -.

    It keeps its own keys and tokens; those in the file are dropped. A file of a
    newer version, or a damaged one, is refused and changes nothing.
    """
    path = f"{control.sandbox}/state"
    made = control.send("PUT", path, content=file.read(), timeout=300)
    if as_json:
        print_json(made)
    else:
        click.echo(f"The sandbox {control.name} has {many(made['records'], 'record')} now.")
