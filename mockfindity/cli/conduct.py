"""``mockfindity conduct``: what the client did that it should not have."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import click

from .control import Control, with_control
from .options import json_option, option
from .output import many, print_json, printable

SHOWN = 5
"""Requests that are shown of a finding."""


@click.command()
@option("--exit-code", is_flag=True, help="Exit with 2 if a MUST was not kept.")
@with_control
@json_option
@click.pass_context
def conduct(ctx: click.Context, control: Control, exit_code: bool, as_json: bool) -> None:
    """Say what the client did that it should not have.

    Read from the requests since the last clear or reset, rule by rule, with what
    the guides say and what to do.
    """
    found = control("GET", "/conduct")["data"]
    if as_json:
        print_json(found)
    elif not found:
        asked = control("GET", "/requests/count")["count"]
        click.echo(f"Nothing to complain of in {many(asked, 'request')}.")
    else:
        _print(found, {entry["id"]: entry for entry in control.all("/requests")})
    if exit_code and any(finding["level"] == "MUST" for finding in found):
        ctx.exit(2)


def _print(found: list[dict[str, Any]], entries: dict[int, dict[str, Any]]) -> None:
    for _, findings in itertools.groupby(found, lambda f: (f["rule"], f["title"])):
        _print_rule(list(findings), entries)
    musts = sum(finding["level"] == "MUST" for finding in found)
    click.echo(
        f"{many(len(found), 'finding')}: {musts} against a MUST, "
        f"{len(found) - musts} against a SHOULD."
    )


def _print_rule(findings: list[dict[str, Any]], entries: dict[int, dict[str, Any]]) -> None:
    rule = findings[0]
    level = click.style(rule["level"], fg="red" if rule["level"] == "MUST" else "yellow")
    click.echo(f"{rule['rule']} {level}: a client {rule['title']} ({rule['guide']})")
    for finding in findings:
        click.echo(f"  {printable(finding['found'])}")
        for line in _requests(finding["requests"], entries):
            click.echo(f"    {printable(line)}")
    click.echo(f"  What to do: {rule['remedy']}.\n")


def _requests(ids: list[int], entries: dict[int, dict[str, Any]]) -> Iterable[str]:
    for number in ids[:SHOWN]:
        entry = entries.get(number)
        if entry is not None:
            status = entry["status"] or "lost"
            yield f"{number}  {entry['time']}  {entry['method']} {entry['path']}  {status}"
    if len(ids) > SHOWN:
        yield f"and {len(ids) - SHOWN} more"
