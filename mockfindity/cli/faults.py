"""``mockfindity faults``: what goes wrong on demand."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from ..fault_words import does, meets, when
from .control import Control, with_control
from .options import Group, json_option, option
from .output import print_json, print_table

SETS = ("flaky", "rate-limited", "slow", "token-expiry", "outage")
METHODS = ("GET", "POST", "PUT", "DELETE")
PHASES = ("before", "after")
CONNECTIONS = ("reset", "close", "truncate", "drip")
BODIES = ("malformed", "empty", "html")
HEADINGS = ("id", "set", "meets", "does", "when", "hits")


class Header(click.ParamType[tuple[str, str]]):
    """A header as curl takes it: ``Retry-After: 2``; in the environment one a line."""

    name = "NAME: VALUE"
    envvar_list_splitter = "\n"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        name, colon, text = str(value).partition(":")
        if not (colon and name.strip()):
            self.fail(f"{value!r} is no header such as 'Retry-After: 2'.", param, ctx)
        return name.strip(), text.strip()


@click.group(cls=Group, default="list")
def faults() -> None:
    """Make requests go wrong (list, if not said)."""


@faults.command("list")
@with_control
@json_option
def list_(control: Control, as_json: bool) -> None:
    """List the fault rules, oldest first, and how many requests each met and hit."""
    _print(control.all("/faults"), as_json)


@faults.command()
@click.argument("name", metavar="[SET]", required=False, type=click.Choice(SETS))
@option("--operation", help="Only requests of this operation, such as getExport.")
@option("--method", type=click.Choice(METHODS, case_sensitive=False), help="Only this method.")
@option("--path", help="Only this path, or template such as /api/resources/{resourceId}.")
@option("--times", type=int, show_default="always", help="How often.")
@option("--skip", type=int, show_default="0", help="How many requests to let by first.")
@option("--probability", type=float, show_default="1", help="How likely, 0 to 1; seeded.")
@option(
    "--phase",
    type=click.Choice(PHASES),
    show_default="before",
    help="after: the change is made, and the answer is lost.",
)
@option("--status", type=int, help="The status to answer with, 400 to 599.")
@option("--code", help="The code in the error, if not the usual one of the status.")
@option("--header", type=Header(), multiple=True, help="A header of the answer; may be repeated.")
@option("--delay-ms", type=int, help="Milliseconds to wait before the answer.")
@option("--connection", type=click.Choice(CONNECTIONS), help="What becomes of the connection.")
@option("--body", type=click.Choice(BODIES), help="What becomes of the answer's body.")
@with_control
@json_option
def add(
    control: Control,
    name: str | None,
    header: tuple[tuple[str, str], ...],
    delay_ms: int | None,
    as_json: bool,
    **fields: Any,
) -> None:
    """Add a fault rule, or those of a named SET.

    The sets are flaky, rate-limited, slow, token-expiry and outage. A rule of
    your own needs --status, --delay-ms, --connection or --body, and is for every
    request of Findity's unless --operation, --method or --path say which.
    """
    fields |= {"set": name, "delayMs": delay_ms, "headers": dict(header) or None}
    sent = {field: value for field, value in fields.items() if value is not None}
    made = control("POST", "/faults", sent)
    _print(made["data"] if name else [made], as_json)


@faults.command()
@click.argument("name", metavar="[SET]", required=False, type=click.Choice(SETS))
@with_control
def clear(control: Control, name: str | None) -> None:
    """Take every fault rule away, or those of a named SET."""
    control("DELETE", "/faults", query={"set": name})
    click.echo(f"The fault rules of {name} are gone." if name else "No fault rule is left.")


@faults.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_control
def remove(control: Control, ids: tuple[str, ...]) -> None:
    """Take fault rules away by their ids."""
    for fault_id in ids:
        control("DELETE", f"/faults/{quote(fault_id, safe='')}")
        click.echo(f"The fault rule {fault_id} is gone.")


def _print(rules: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(rules)
    else:
        print_table(HEADINGS, [_row(rule) for rule in rules])


def _row(rule: dict[str, Any]) -> list[str]:
    hits = f"{rule['hits']} of {rule['seen']}"
    return [rule["id"], rule["set"] or "-", meets(rule), does(rule), when(rule), hits]
