"""``mockfindity bulk-send``: what an administrator does when reports are to be sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from .control import Control
from .options import json_option, option, sandbox_option, url_option
from .output import print_json


@click.command()
@click.argument("organization")
@option("--recipient", help="The id of the API recipient; if not given, the next one in order.")
@option(
    "--report",
    multiple=True,
    help="The id of a report; may be given more than once. If not given, all that are ready.",
)
@url_option
@sandbox_option
@json_option
def bulk_send(
    organization: str,
    recipient: str | None,
    report: tuple[str, ...],
    url: str,
    sandbox: str,
    as_json: bool,
) -> None:
    """Send reports that are ready, as an administrator.

    ORGANIZATION is its id or its external id.
    """
    body: dict[str, Any] = {}
    if recipient is not None:
        body["recipientId"] = recipient
    if report:
        body["reportIds"] = list(report)
    with Control(url, sandbox) as control:
        path = f"/organizations/{quote(organization, safe='')}/bulk-send"
        sent = control("POST", path, body)
    if as_json:
        print_json(sent)
        return
    webhook = sent["webhook"]
    click.echo(
        f"Export {sent['exportId']}: {_many(sent['numberOfReports'], 'report')}, "
        f"{_many(sent['numberOfVouchers'], 'voucher')}, "
        + (f"webhook {webhook}." if webhook else "no webhook.")
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
