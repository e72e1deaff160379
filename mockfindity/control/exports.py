"""Exports as an administrator sees them: of every status, with what became of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from ..api.connect.exports import export_object
from ..api.page import PAGED, page
from ..call import Call
from ..deliveries import Delivery
from ..domain.exports import Export, Status
from ..errors import ExportNotFound
from ..query import Param, one_of
from ..state import of_organization

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.export_vouchers import AnnouncementOut, ExportOutcomeOut

EXPORTS_QUERY = (*PAGED, Param("status", one_of(*get_args(Status)), "Exports of this status."))


def list_export_outcomes(call: Call) -> Page[ExportOutcomeOut]:
    """List the exports of an organization, of every status, and what became of each."""
    organization, status = call.organization(), call.query["status"]
    exports = of_organization(call.state.exports, organization.id, status)
    return page(exports, call, partial(_outcome, call, _announcements(call)))


def get_export_outcome(call: Call) -> ExportOutcomeOut:
    """Get one export of any organization, and what became of it."""
    return _outcome(call, _announcements(call), found_export(call))


def found_export(call: Call) -> Export:
    """The export of the path. Raises ``ExportNotFound``."""
    export = call.state.exports.get(call.path["exportId"])
    if export is None:
        raise ExportNotFound(f"there is no export {call.path['exportId']!r} in this sandbox.")
    return export


def _announcements(call: Call) -> dict[str, Delivery]:
    """The webhook of each export that was announced."""
    return {d.export_id: d for d in call.sandbox.deliveries.all() if d.cause == "export"}


def _outcome(call: Call, announced: dict[str, Delivery], export: Export) -> ExportOutcomeOut:
    organization = call.state.organizations.rows[export.organization_id]
    webhook = announced.get(export.id)
    return {
        **export_object(organization, export),
        "numberOfPending": export.pending,
        "numberOfFailed": export.failed,
        "webhook": None if webhook is None else _announcement(webhook),
    }


def _announcement(webhook: Delivery) -> AnnouncementOut:
    return {
        "id": webhook.id,
        "status": webhook.status,
        "bounced": webhook.bounced,
        "dateCreated": webhook.date_created,
    }
