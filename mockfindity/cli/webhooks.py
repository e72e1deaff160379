"""``mockfindity webhooks``: what was sent to the client, and once more."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import click

from .control import Control, with_control
from .options import Group, Problem, json_option, option, timeout_option
from .output import many, print_json, print_table
from .waiting import waited

HEADINGS = ("id", "created", "cause", "status", "answer", "export", "url")


@click.group(cls=Group, default="list")
def webhooks() -> None:
    """See the webhooks that were sent, or send one again (list, if not said)."""


@webhooks.command("list")
@option("--status", help="Only those of this status, such as FAILED.")
@with_control
@json_option
def list_(control: Control, status: str | None, as_json: bool) -> None:
    """List the webhooks of a sandbox, oldest first."""
    _print(control.all("/webhooks", {"status": status and status.upper()}), as_json)


@webhooks.command()
@option("--count", type=click.IntRange(0), default=1, help="How many to wait for.")
@timeout_option
@with_control
@json_option
def wait(control: Control, count: int, timeout: float, as_json: bool) -> None:
    """Wait until so many webhooks are over, and list them.

    Whether they were accepted or not; counts those since the last reset. Exits
    with 1 if they do not come.
    """
    found, is_enough = waited(control, "/webhooks/wait", {"count": count}, timeout)
    _print(found, as_json)
    if not is_enough:
        raise Problem(f"{len(found)} of {many(count, 'webhook')} were over within {timeout:g} s.")


@webhooks.command()
@click.argument("export")
@option("--times", type=int, default=1, help="How often.")
@option("--payload", help="What to send, as it stands, instead of the export's own payload.")
@timeout_option
@with_control
@json_option
def fire(
    control: Control,
    export: str,
    times: int,
    payload: str | None,
    timeout: float,
    as_json: bool,
) -> None:
    """Send the webhook of an EXPORT, by its id, and wait for the answer.

    No report changes. Exits with 1 if it is not accepted.
    """
    body = {"exportId": export, "times": times}
    fired = control(
        "POST", "/webhooks/fire", body if payload is None else body | {"payload": payload}
    )
    end = time.monotonic() + timeout
    sent = [_ended(control, delivery, end, timeout) for delivery in fired["data"]]
    _print(sent, as_json)
    _check_accepted(sent)


@webhooks.command()
@click.argument("delivery_id", metavar="ID")
@timeout_option
@with_control
@json_option
def redeliver(control: Control, delivery_id: str, timeout: float, as_json: bool) -> None:
    """Send a webhook once more and wait for the answer.

    The payload is the same, and no report changes. Exits with 1 if it is not
    accepted.
    """
    sent = control("POST", f"/webhooks/{quote(delivery_id, safe='')}/redeliver")
    sent = _ended(control, sent, time.monotonic() + timeout, timeout)
    if as_json:
        print_json(sent)
    else:
        click.echo(f"Webhook {sent['id']}: {sent['status']}, answer {_answer(sent)}.")
    _check_accepted([sent])


def _ended(
    control: Control, delivery: dict[str, Any], end: float, timeout: float
) -> dict[str, Any]:
    while delivery["status"] == "PENDING":
        if time.monotonic() >= end:
            raise Problem(f"webhook {delivery['id']} was not over within {timeout:g} s.")
        time.sleep(0.02)
        delivery = control("GET", f"/webhooks/{delivery['id']}")
    return delivery


def _check_accepted(sent: list[dict[str, Any]]) -> None:
    for delivery in sent:
        if delivery["status"] not in ("DELIVERED", "COLLECTED"):
            raise Problem(f"{delivery['request']['url']} did not accept it.")


def _print(deliveries: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(deliveries)
    else:
        print_table(HEADINGS, [_row(delivery) for delivery in deliveries])


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
