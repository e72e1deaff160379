"""Exports: list, get, download the package, report back, attach a file.

Source: connect guide and voucher-structure guide. The fields of an export beside its ``id`` are
not documented: ``chosen``, in the words of the guides.
"""

from __future__ import annotations

import contextlib
from email.message import Message
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pydantic import Field

from ...call import Bytes, Call, Large
from ...domain.acknowledgements import Update, acknowledge
from ...domain.exports import Content, ContentBytes, Export
from ...domain.organizations import Organization
from ...domain.recipients import api_recipients
from ...domain.record import replace
from ...domain.voucher_rows import Result
from ...errors import BadRequest, ContentNotFound, ExportNotFound, RecipientNotFound
from ...query import Param, one_of, text
from ...state import of_organization
from ...wire import Moment, NumberText, Text, Wire
from ..page import PAGED, page
from .desk import progress_of
from .package import large_package

if TYPE_CHECKING:
    from ...shapes.base import Page
    from ...shapes.exports import ExportOut
    from ...shapes.vouchers import PackageOut

STATUSES = ("TRANSFER", "SENT", "FAILED", "WITHDRAWN", "ALL")
EXPORT_QUERY = (
    *PAGED,
    Param(
        "status",
        one_of(*STATUSES),
        "Exports of this status; those not processed yet, if not sent.",
        "TRANSFER",
        chosen=True,
    ),
)
FILE_NAME = (
    Param("fileName", text("a file name"), "What the attached file is called.", chosen=True),
)


class VoucherUpdate(Wire):
    id: Text = Field(description="The voucher's id, from the package.")
    status: Literal["SUCCESS", "FAILED"]
    booking_date: Moment | None = Field(None, description="When it was booked, ISO 8601.")
    voucher_number: NumberText | None = Field(None, description="Its number in the ledger.")
    information_text: str | None = None
    error_text: str | None = Field(None, description="What is wrong and how to mend it.")


class StatusUpdate(Wire):
    voucher_updates: list[VoucherUpdate] = Field(
        min_length=1, description="What became of each; no voucher stands in it twice."
    )


def export_object(organization: Organization, export: Export) -> ExportOut:
    """An export as the Connect API shows it."""
    recipient = export.recipient
    return {
        "id": export.id,
        "organizationId": organization.id,
        "externalOrganizationId": organization.external_source_id,
        "status": export.status,
        "dateCreated": export.date_created,
        "lastUpdated": export.last_updated,
        "numberOfVouchers": export.number_of_vouchers,
        "numberOfReports": len(export.report_ids),
        "recipient": {
            "id": recipient.id,
            "recipientName": recipient.recipient_name,
            "pluginName": recipient.integration_plugin_name,
            "verificationListsType": recipient.verification_lists_type,
        },
        "content": export.content,
        "meta": None,
    }


def _found(call: Call, *, withdrawn: bool = True) -> tuple[Organization, Export]:
    organization = call.organization()
    export = call.state.exports.get(call.path["exportId"])
    if export is None or export.organization_id != organization.id:
        raise ExportNotFound(
            f"organization {organization.id} has no export {call.path['exportId']!r}: take the id "
            "from the list of exports."
        )
    if export.status == "WITHDRAWN" and not withdrawn:
        raise ExportNotFound(
            f"export {export.id} was withdrawn because its webhook was not accepted; its reports "
            "are sent again in another export."
        )
    return organization, export


def list_exports(call: Call) -> Page[ExportOut] | list[ExportOut]:
    """List the exports that are not processed yet, oldest first."""
    organization, state = call.organization(), call.state
    if not api_recipients(state.recipients.many("organization", organization.id)):
        raise RecipientNotFound(
            f"organization {organization.id} has no API recipient: an administrator sets one up, "
            f"here POST /_mockfindity/organizations/{organization.id}/recipients."
        )
    status = None if call.query["status"] == "ALL" else call.query["status"]
    exports = of_organization(state.exports, organization.id, status)
    found = page(exports, call, lambda export: export_object(organization, export))
    return found["data"] if call.sandbox.settings.export_list_shape == "array" else found


def get_export(call: Call) -> ExportOut:
    """Get one export: its recipient's configuration and its status."""
    return export_object(*_found(call))


def get_export_vouchers(call: Call) -> Large[PackageOut]:
    """Download the voucher package of an export, in the recipient's format."""
    _, export = _found(call, withdrawn=False)
    return large_package(call.sandbox, export, call.sandboxes.base_url)


def update_export_status(call: Call) -> ExportOut:
    """Report for each voucher whether it was booked; all updates are applied, or none.

    SUCCESS moves a report on once all its vouchers are booked; FAILED gives it back to the
    administrator once all are final.
    """
    organization, export = _found(call, withdrawn=False)
    updates = call.body.voucher_updates
    ids = [update.id for update in updates]
    if len(ids) != len(set(ids)):
        twice = next(voucher_id for voucher_id in ids if ids.count(voucher_id) > 1)
        raise BadRequest(f"voucherUpdates: voucher {twice} stands in it twice.")
    progress = progress_of(call.sandbox, organization, export)
    results = [Update(update.id, _result(update, progress.now)) for update in updates]
    call.sandbox.apply(acknowledge(progress, results))
    return export_object(organization, call.state.exports.rows[export.id])


def _result(update: VoucherUpdate, now: str) -> Result:
    return Result(
        status=update.status,
        voucher_number=update.voucher_number,
        booking_date=update.booking_date,
        information_text=update.information_text,
        error_text=update.error_text,
        date_created=now,
    )


def put_export_content(call: Call) -> ExportOut:
    """Attach a file to an export, for administrators to download: any bytes, up to 25 MiB.

    Its name comes from ``Content-Disposition`` or ``?fileName=``.
    """
    organization, export = _found(call)
    content = Content(
        file_name=call.query["fileName"] or _disposition_name(call) or f"{export.id}.bin",
        content_type=call.headers.get("content-type") or "application/octet-stream",
        size=len(call.raw),
    )
    changed = replace(export, content=content, last_updated=call.now)
    data = ContentBytes(id=export.id, organization_id=organization.id, data=call.raw)
    call.state.put(changed, data)
    return export_object(organization, changed)


def _disposition_name(call: Call) -> str | None:
    text = call.headers.get("content-disposition", "")
    with contextlib.suppress(UnicodeError):  # what is no UTF-8 is latin-1, as HTTP has it
        text = text.encode("latin-1").decode()
    header = Message()
    header["content-disposition"] = text
    return header.get_filename()


def get_export_content(call: Call) -> Bytes:
    """Download the file that was attached to an export."""
    _, export = _found(call)
    data = call.state.contents.get(export.id)
    if data is None or export.content is None:
        raise ContentNotFound(f"nothing was attached to export {export.id} yet.")
    name = quote(export.content.file_name, safe="")
    disposition = ("content-disposition", f"attachment; filename*=UTF-8''{name}")
    return Bytes(data.data, export.content.content_type, (disposition,))
