"""``mockfindity sandbox``: make a sandbox, see which there are, drop one."""

from __future__ import annotations

from typing import Any

import click

from .control import ALL, Control, with_server
from .env import print_variables, variables
from .options import Group, json_option, option
from .output import print_json, print_table

HEADINGS = ("name", "clientId")
PATH = "/_mockfindity/sandboxes"


@click.group(cls=Group, default="list")
def sandbox() -> None:
    """Make a sandbox, see which there are, drop one (list, if not said).

    Each is a whole Findity of its own, with a key that leads to it and no other.
    """


@sandbox.command("list")
@with_server
@json_option
def list_(control: Control, as_json: bool) -> None:
    """List the sandboxes; --json has their keys too."""
    found = control.send("GET", PATH, params={"max": ALL})["data"]
    if as_json:
        print_json(found)
    else:
        print_table(HEADINGS, [(one["name"], one["clientId"]) for one in found])


@sandbox.command()
@click.argument("name")
@option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    help="Another seed gives other ids; 0, if not said.",
)
@option("--scenario", metavar="NAME", help="Play this scenario in it.")
@option(
    "--from",
    "source",
    metavar="SANDBOX[/SNAPSHOT]",
    help="Make it a fork of this sandbox, or of a snapshot of it.",
)
@with_server
@json_option
def create(control: Control, name: str, as_json: bool, **how: Any) -> None:
    """Make the sandbox NAME, and print what leads a client to it.

    As in: eval "$(mockfindity sandbox create other)". `mockfindity env --sandbox
    other` prints them again.
    """
    wanted = {"name": name, "seed": how["seed"], "scenario": how["scenario"], "from": how["source"]}
    body = {key: value for key, value in wanted.items() if value is not None}
    # A large scenario takes longer to play than any other answer takes to come.
    made = control.send("POST", PATH, json=body, timeout=None)
    with Control(control.url, name, control.token) as there:
        print_variables(variables(there, made, None), as_json)


@sandbox.command()
@click.argument("name")
@with_server
def drop(control: Control, name: str) -> None:
    """Drop the sandbox NAME, with all that is in it. Its keys are nobody's then."""
    with Control(control.url, name, control.token) as there:
        there("DELETE", "")
    click.echo(f"The sandbox {name} is gone.")
