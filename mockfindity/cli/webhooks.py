"""``mockfindity webhooks``: what was sent to the client, and once more."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import click

from .control import Control
from .options import Problem, json_option, option, sandbox_option, url_option
from .output import print_json, print_table

HEADINGS = ("id", "created", "cause", "status", "answer", "export", "url")
ALL = 10**9


@click.group()
def webhooks() -> None:
    """List the webhooks that were sent, or send one again."""


@webhooks.command("list")
@url_option
@sandbox_option
@json_option
def list_(url: str, sandbox: str, as_json: bool) -> None:
    """List the webhooks of a sandbox, oldest first."""
    with Control(url, sandbox) as control:
        found = control("GET", f"/webhooks?max={ALL}")["data"]
    if as_json:
        print_json(found)
    else:
        print_table(HEADINGS, [_row(delivery) for delivery in found])


def _row(delivery: dict[str, Any]) -> list[str]:
    return [
        delivery["id"],
        delivery["dateCreated"],
        delivery["cause"],
        delivery["status"] + (", bounced" if delivery["bounced"] else ""),
        _answer(delivery),
        delivery["exportId"],
        delivery["request"]["url"],
    ]


def _answer(delivery: dict[str, Any]) -> str:
    answer = delivery["answer"]
    return str(answer["status"]) if answer else delivery["error"] or "-"


@webhooks.command()
@click.argument("delivery_id", metavar="ID")
@option("--timeout", type=click.FloatRange(0), default=30.0, help="Seconds to wait at the most.")
@url_option
@sandbox_option
@json_option
def redeliver(delivery_id: str, timeout: float, url: str, sandbox: str, as_json: bool) -> None:
    """Send a webhook once more and wait for the answer.

    The payload is the same, and no report changes. Exits with 1 if it is not
    accepted.
    """
    with Control(url, sandbox) as control:
        sent = control("POST", f"/webhooks/{quote(delivery_id, safe='')}/redeliver")
        sent = _ended(control, sent, timeout)
    if as_json:
        print_json(sent)
    else:
        click.echo(f"Webhook {sent['id']}: {sent['status']}, answer {_answer(sent)}.")
    if sent["status"] not in ("DELIVERED", "COLLECTED"):
        raise Problem(f"{sent['request']['url']} did not accept it.")


def _ended(control: Control, delivery: dict[str, Any], timeout: float) -> dict[str, Any]:
    end = time.monotonic() + timeout
    while delivery["status"] == "PENDING":
        if time.monotonic() >= end:
            raise Problem(f"webhook {delivery['id']} was not over within {timeout:g} s.")
        time.sleep(0.02)
        delivery = control("GET", f"/webhooks/{delivery['id']}")
    return delivery
