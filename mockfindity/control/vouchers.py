"""The vouchers of an export: what was said of each, its PDF and its receipts, and what they would
be in another format."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, NamedTuple, get_args

from ..api.connect.basis import basis_pdf, expenses_of, picture
from ..api.connect.desk import desk_of
from ..api.connect.package import basis_prefix, voucher_object
from ..api.page import PAGED, window
from ..call import Bytes, Call
from ..documents.picture_type import picture_type
from ..domain.exports import Export, Person
from ..domain.money import total
from ..domain.previews import Preview, Totals, carried, preview, totals_of
from ..domain.recipients import ListType
from ..domain.reports import Expense, Receipt
from ..domain.voucher_rows import VoucherRow
from ..domain.vouchers import Voucher
from ..errors import ResourceNotFound
from ..query import Param, one_of, whole
from ..state import Ids
from .exports import found_export
from .voucher_history import history_of

if TYPE_CHECKING:
    from ..shapes.export_vouchers import (
        ExportVoucherOut,
        ExportVouchersOut,
        VoucherReceiptOut,
        VoucherUpdateOut,
    )

VOUCHERS_QUERY = (
    *PAGED,
    Param("rows", whole(), "How many rows of a voucher to give at the most; all, if not sent."),
    Param("rowsOffset", whole(), "How many rows of a voucher to pass over.", 0),
    Param("format", one_of(*get_args(ListType)), "Show them in this format; its own, if not sent."),
)
DRAWN = "image/jpeg"
"""What a receipt is that is drawn from its expense."""


def list_export_vouchers(call: Call) -> ExportVouchersOut:
    """List the vouchers of an export, in its format or another, and what was said of each.

    In another ``format`` they are a preview, made on the fly and not kept: by the recipient as it
    was at the send and the accounts as they are now. Its vouchers have ids of their own, the same
    every time, by which nothing else is found; so their `basisUrl` leads nowhere, and nothing was
    said of them. A withdrawn export still shows what it carried. A voucher may have thousands of
    rows: ``rows`` and ``rowsOffset`` ask for a part of them.
    """
    export = found_export(call)
    wanted: ListType = call.query["format"] or export.recipient.verification_lists_type
    if wanted == export.recipient.verification_lists_type:
        return _vouchers(call, export, _stored(call, export))
    return _vouchers(call, export, _previewed(call, export, wanted))


def get_voucher_pdf(call: Call) -> Awaitable[Bytes]:
    """Get the basis of a voucher as a PDF, as its ``basisUrl`` gives it."""
    return basis_pdf(call.state, _voucher(call))


def get_voucher_receipt(call: Call) -> Bytes:
    """Get the picture of a receipt of a voucher, as what it is by its own bytes.

    ``receipt`` is its place among the voucher's receipts, from 0. One that is no picture is not
    found, whatever it was called.
    """
    voucher, place = _voucher(call), call.path["receipt"]
    receipts = _receipts(call, voucher)
    if not (place.isascii() and place.isdigit() and len(place) < 9 and int(place) < len(receipts)):
        raise ResourceNotFound(
            f"voucher {voucher.id} has no receipt {place!r}: they count from 0, and it has "
            f"{len(receipts)}."
        )
    expense, receipt = receipts[int(place)]
    media_type = _picture_type(receipt)
    if media_type is None:
        raise ResourceNotFound(f"receipt {place} of voucher {voucher.id} is no picture.")
    return Bytes(picture(expense, receipt), media_type)


# ---- its vouchers --------------------------------------------------------------------------


class _Shown(NamedTuple):
    """The vouchers that are asked for, of so many; ``preview`` says that they are in another
    format than the export's."""

    format: ListType
    vouchers: Sequence[Voucher]
    total: int
    totals: Totals
    preview: bool


def _stored(call: Call, export: Export) -> _Shown:
    rows = call.state.vouchers.rows
    vouchers = [rows[voucher_id] for voucher_id in export.voucher_ids]
    own = export.recipient.verification_lists_type
    return _Shown(own, window(vouchers, call), len(vouchers), totals_of(vouchers), preview=False)


def _previewed(call: Call, export: Export, wanted: ListType) -> _Shown:
    made = _preview(call, export, wanted)
    places = window(range(len(made.batches)), call)
    vouchers = [made.voucher(place) for place in places]
    return _Shown(wanted, vouchers, len(made.batches), made.totals, preview=True)


def _preview(call: Call, export: Export, wanted: ListType) -> Preview:
    state = call.state
    desk = desk_of(call.sandbox, state.organizations.rows[export.organization_id])
    lines = carried(export, state.vouchers.rows, state.reports.rows)

    def ids_at(place: int) -> Ids:
        return Ids(0, stream=f"preview {export.id} {wanted} {place} ")

    return preview(desk, export, wanted, lines, ids_at)


def _vouchers(call: Call, export: Export, shown: _Shown) -> ExportVouchersOut:
    ids = [voucher.id for voucher in shown.vouchers]
    history = history_of(call.sandbox.journal, export.id, ids)
    people = {person.id: person for person in export.persons}
    return {
        "format": shown.format,
        "isPreview": shown.preview,
        "currency": call.state.organizations.rows[export.organization_id].base_currency,
        "totals": {"debit": shown.totals.debit, "credit": shown.totals.credit},
        "data": [
            _voucher_object(call, voucher, people[voucher.owner_id], history[voucher.id])
            for voucher in shown.vouchers
        ],
        "meta": {"count": len(ids), "total": shown.total},
    }


def _voucher_object(
    call: Call, voucher: Voucher, owner: Person, history: list[VoucherUpdateOut]
) -> ExportVoucherOut:
    reports, rows = call.state.reports.rows, voucher.voucher_rows
    whole_one = voucher_object(voucher, basis_prefix(call.sandbox, call.sandboxes.base_url))
    return {
        "voucher": {**whole_one, "voucherRows": _rows(call, voucher)},
        "numberOfRows": len(rows),
        "taxAmount": total(row.tax_amount for row in rows),
        "owner": owner,
        "reports": [{"id": i, "name": reports[i].name} for i in voucher.report_ids],
        "result": voucher.result,
        "history": history,
        "receipts": [_receipt_object(*one) for one in _receipts(call, voucher)],
    }


def _rows(call: Call, voucher: Voucher) -> tuple[VoucherRow, ...]:
    start, most = call.query["rowsOffset"], call.query["rows"]
    return voucher.voucher_rows[start : None if most is None else start + most]


# ---- its receipts -------------------------------------------------------------------------


def _voucher(call: Call) -> Voucher:
    voucher = call.state.vouchers.get(call.path["voucherId"])
    if voucher is None:
        raise ResourceNotFound(f"there is no voucher {call.path['voucherId']!r} in this sandbox.")
    return voucher


def _receipts(call: Call, voucher: Voucher) -> list[tuple[Expense, Receipt]]:
    expenses = expenses_of(call.state, voucher)
    return [(expense, receipt) for expense in expenses for receipt in expense.receipts]


def _receipt_object(expense: Expense, receipt: Receipt) -> VoucherReceiptOut:
    return {
        "fileName": receipt.file_name,
        "description": expense.description,
        "date": expense.date,
        "pictureType": _picture_type(receipt),
    }


def _picture_type(receipt: Receipt) -> str | None:
    return DRAWN if receipt.content is None else picture_type(receipt.content)
