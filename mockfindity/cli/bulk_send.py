"""``mockfindity bulk-send``: what an administrator does when reports are to be sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from .control import Control, with_control
from .options import json_option, option
from .output import many, print_json


@click.command()
@click.argument("organization")
@option("--recipient", help="The id of the API recipient; if not given, the next one in order.")
@option(
    "--report",
    multiple=True,
    help="The id of a report; may be given more than once. If not given, all that are ready.",
)
@with_control
@json_option
def bulk_send(
    control: Control,
    organization: str,
    recipient: str | None,
    report: tuple[str, ...],
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
    sent = control("POST", f"/organizations/{quote(organization, safe='')}/bulk-send", body)
    if as_json:
        print_json(sent)
        return
    webhook = sent["webhook"]
    click.echo(
        f"Export {sent['exportId']}: {many(sent['numberOfReports'], 'report')}, "
        f"{many(sent['numberOfVouchers'], 'voucher')}, "
        + (f"webhook {webhook}." if webhook else "no webhook.")
    )
