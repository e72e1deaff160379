"""Exports: what was sent, what became of it, and what its vouchers say."""

from __future__ import annotations

from ..call import Bytes, Call
from ..errors import Refusal
from ..query import Param, text, whole
from .recipients import API, FORMATS
from .sheet import ROWS, sheet
from .visit import PAGED_PAGES, Json, Visit, shown, shown_of_organization

STATUSES = ("TRANSFER", "SENT", "FAILED", "WITHDRAWN")
EXPORTS = (
    *PAGED_PAGES,
    Param("status", text("an export's status"), "Only the exports of this status."),
)
EXPORT = (
    *PAGED_PAGES,
    Param("format", text("a format"), "Show the vouchers as they would be in this format."),
    Param("rows", whole(), "Only the voucher at the offset, without so many of its rows."),
)
VOUCHERS = 10
"""How many vouchers stand on one page."""


def get_exports_page(call: Call) -> Bytes:
    """See what an organization sent to its integrations, and what became of it."""
    return shown_of_organization(call, "exports.html", _exports)


def get_export_page(call: Call) -> Bytes:
    """See one export with its vouchers, as it is or as it would be in another format."""
    return shown(call, "export.html", _export)


def _exports(visit: Visit) -> Json:
    status = visit.query["status"] if visit.query["status"] in STATUSES else None
    recipients = visit.set_up("recipients")["data"]
    return {
        "exports": visit.newest("organizations", visit.organization_id, "exports", status=status),
        "status": status,
        "statuses": STATUSES,
        "has_recipient": any(r["integrationPluginName"] == API for r in recipients),
        "link": lambda offset: visit.at("exports", status=status, offset=offset),
    }


def _export(visit: Visit) -> Json:
    export = visit.control("exports", visit.call.path["exportId"])
    visit.turn_to(export["organizationId"])
    wanted = visit.query["format"]
    here = ("exports", export["id"])
    found, refusal = _vouchers(visit, export["id"], wanted)
    return {
        "export": export,
        "formats": FORMATS,
        "found": found,
        "refusal": refusal,
        "size": VOUCHERS,
        "as_format": lambda name: visit.at(*here, format=name),
        "link": lambda offset: visit.at(*here, format=wanted, offset=offset),
        "rows_of": lambda place, rows: visit.at(*here, format=wanted, offset=place, rows=rows),
    }


def _vouchers(visit: Visit, export_id: str, wanted: str | None) -> tuple[Json | None, str]:
    """The vouchers that stand on this page; or why a preview cannot be made."""
    alone = visit.query["rows"] is not None
    asked = {"format": wanted, "offset": visit.query["offset"], "max": 1 if alone else VOUCHERS}
    rows = {"rows": ROWS, "rowsOffset": visit.query["rows"] or 0}
    try:
        found: Json = visit.control("exports", export_id, "vouchers", **asked, **rows)
    except Refusal as refusal:
        return None, refusal.description
    for one in found["data"]:
        one["sheet"] = sheet(one, rows["rowsOffset"])
    return found, ""
