"""``mockfindity env``: what a client needs to know, for the shell."""

from __future__ import annotations

from typing import Any

import click

from .. import environment
from .control import Control, Refused, with_control
from .options import Problem, json_option, option
from .output import print_json


@click.command()
@with_control
@option("--create", is_flag=True, help="Make the sandbox if it is not there.")
@option("--organization", help="The organization to name, by its id or external id.")
@json_option
def env(control: Control, create: bool, organization: str | None, as_json: bool) -> None:
    """Print the variables that lead a client to a sandbox.

    As in: eval "$(mockfindity env)". The organization's two are printed if the
    sandbox has exactly one, or if --organization names it.
    """
    print_variables(variables(control, _key(control, create), organization), as_json)


def variables(control: Control, key: Any, organization: str | None) -> dict[str, str]:
    """What leads a client to a sandbox, whose own API key ``key`` has; with the organization's, if
    it is named or the only one. Raises ``Problem`` for a name that there is not."""
    return environment.variables(control.url, key, _organization(control, organization))


def print_variables(named: dict[str, str], as_json: bool) -> None:
    """As the lines that a shell reads, or as JSON."""
    if as_json:
        print_json(named)
    else:
        for line in environment.exported(named):
            click.echo(line)


def _key(control: Control, create: bool) -> Any:
    """The sandbox with its key, made where it is not there and ``create`` says so."""
    try:
        return control("GET", "")
    except Refused as refused:
        if refused.code != "SANDBOX_NOT_FOUND":
            raise
        if not create:
            raise Problem(f"there is no sandbox {control.name!r}; --create makes it.") from None
    return control.send("POST", "/_mockfindity/sandboxes", json={"name": control.name})


def _organization(control: Control, named: str | None) -> Any:
    """The organization named, or else the only one, or else none."""
    found = control("GET", "/organizations")["data"]
    if named is None:
        if len(found) > 1:
            there = ", ".join(o["externalSourceId"] for o in found)
            click.echo(
                f"There are several organizations: --organization names one of {there}.", err=True
            )
        return found[0] if len(found) == 1 else None
    for organization in found:
        if named in (organization["id"], organization["externalSourceId"]):
            return organization
    there = ", ".join(o["externalSourceId"] for o in found) or "none"
    raise Problem(f"there is no organization {named!r}; there are: {there}.")
