"""The first page: where the reports are in their life, and the buttons that move them on."""

from __future__ import annotations

from typing import Any

from ..call import Bytes, Call
from ..query import Param, text
from .life_picture import picture
from .paging import newest
from .recipients import API
from .visit import PAGED_PAGES, Json, Visit, name_of, shown

FLOW = (
    *PAGED_PAGES,
    Param("status", text("a report's status"), "Only the reports of this status."),
)


def get_first_page(call: Call) -> Bytes:
    """See the sandbox ``default``, as its own page shows it."""
    return get_flow_page(call)


def get_flow_page(call: Call) -> Bytes:
    """See where the reports are in their life, and move them on."""
    return shown(call, "flow.html", _flow)


def get_report_page(call: Call) -> Bytes:
    """See one report with its expenses, and move it on."""
    return shown(call, "report.html", _report)


def _flow(visit: Visit) -> Json:
    life = visit.server("report-life")
    if visit.organization is None:
        nothing = {"picture": picture(life), "counts": None, "status": None}
        return {**nothing, "scenarios": visit.control("scenarios")}
    status = visit.query["status"] if visit.query["status"] in life["statuses"] else None
    recipients = visit.set_up("recipients")["data"]
    return {
        "picture": picture(life),
        "counts": visit.set_up("reports", "count"),
        "reports": visit.newest("organizations", visit.organization_id, "reports", status=status),
        "status": status,
        "link": lambda offset: visit.at(status=status, offset=offset),
        "steps": _steps(life),
        "recipients": [r for r in recipients if r["integrationPluginName"] == API],
        "failed": _failed(visit),
        "scenarios": None,
    }


def _failed(visit: Visit) -> Json | None:
    """The webhook of the organization's latest export, where it failed."""
    (latest,) = newest(lambda **page: visit.set_up("exports", **page), 0, 1)["data"] or (None,)
    told = latest["webhook"] if latest else None
    if told is None or told["status"] != "FAILED":
        return None
    found: Json = visit.control("webhooks", told["id"])
    return found


def _report(visit: Visit) -> Json:
    report = visit.control("reports", visit.call.path["reportId"])
    base = ("organizations", report["organizationId"])
    categories = visit.control(*base, "categories")["data"]
    payments = visit.control(*base, "payment-types")["data"]
    return {
        "report": report,
        "unapproved": None if report["approvers"] else _unapproved(visit, report),
        "steps": _steps(visit.server("report-life")),
        "categories": {one["id"]: one["name"] for one in categories},
        "payments": {one["id"]: one["name"] for one in payments},
    }


def _unapproved(visit: Visit, report: Json) -> str | None:
    """Why nobody has to approve a report; ``None`` where somebody had to, who did."""
    base = ("organizations", report["organizationId"])
    if not visit.control(*base, "settings")["approvalActive"]:
        return "approval is not active"
    used = {(u["dimensionId"], u["id"]) for e in report["expenses"] for u in e["dimensionValues"]}
    for dimension in visit.findity("admin", *base, "customdimensions")["dimensions"]:
        at = ("admin", *base, "customdimensions", name_of(dimension), "list", "approvers")
        for one in visit.findity(*at)["values"]:
            if one["approvers"] and (dimension["id"], one["id"]) in used:
                return None
    return "no approver is set for its dimension values"


def _steps(life: Json) -> dict[str, list[str]]:
    """What a person may do with a report of each status; what is sent is sent in bulk."""
    found: dict[str, Any] = {}
    for step in life["steps"]:
        if not step["follows"] and step["step"] != "bulk send":
            found.setdefault(step["from"], []).append(step["step"])
    return found
