"""Resources: the basis of a voucher as JSON or PDF, and the pictures of icons and logos.

Source: connect guide, "append ``?format=pdf``"; the path and the JSON are ``chosen``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from ...auth import authenticate, bearer
from ...call import Bytes, Call
from ...documents.basis import Basis, BasisRow, Receipt, render_pdf
from ...documents.icon import icon_png
from ...documents.receipt import ReceiptText, draw_receipt
from ...domain.reports import Expense
from ...domain.reports import Receipt as OwnReceipt
from ...domain.voucher_rows import VoucherRow
from ...domain.vouchers import Voucher
from ...errors import ResourceNotFound, Unauthorized
from ...query import Param, one_of
from ...state import State
from ..admin.objects import ICON_IDS
from .package import basis_prefix, voucher_object

if TYPE_CHECKING:
    from ...shapes.reports import ExpenseOut
    from ...shapes.resources import BasisOut

FORMAT = (Param("format", one_of("json", "pdf"), "How to give it.", "json"),)


def get_resource(call: Call) -> BasisOut | Bytes | Awaitable[Bytes]:
    """Get the basis of a voucher, as a PDF with ``?format=pdf``; or the picture of an icon."""
    resource_id = call.path["resourceId"]
    if resource_id in ICON_IDS:
        return Bytes(icon_png(), "image/png")
    voucher = _voucher(call, resource_id)
    if call.query["format"] == "pdf":
        return basis_pdf(call.state, voucher)
    expenses = expenses_of(call.state, voucher)
    return {
        "voucher": voucher_object(voucher, basis_prefix(call.sandbox, call.sandboxes.base_url)),
        "expenses": [expense_object(expense) for expense in expenses],
    }


def _voucher(call: Call, resource_id: str) -> Voucher:
    """The voucher whose basis this is, if the caller may see it."""
    token = bearer(call.headers.get("authorization"))
    name, _, basis_id = resource_id.rpartition(".")
    try:
        call.key = authenticate(call.sandbox, token)
    except Unauthorized:
        return _open_voucher(call, name, basis_id)
    voucher = call.state.vouchers.one("basis", basis_id)
    if voucher is None or name not in ("", call.sandbox.name):
        raise ResourceNotFound(f"there is no resource {resource_id!r}.")
    organization = call.state.organizations.rows[voucher.organization_id]
    if organization.client_application_id != call.key.client_application_id:
        raise ResourceNotFound(f"there is no resource {resource_id!r}.")
    call.check_reach(organization)
    return voucher


def _open_voucher(call: Call, name: str, basis_id: str) -> Voucher:
    """The voucher behind a ``basisUrl`` that needs no token: its sandbox is named in it, or the
    only one of those that ask for none to have it."""
    open_ones = [s for s in call.sandboxes if not s.settings.basis_url_auth]
    found = [
        (sandbox, voucher)
        for sandbox in open_ones
        if name in ("", sandbox.name)
        and (voucher := sandbox.state.vouchers.one("basis", basis_id)) is not None
    ]
    if len(found) != 1:
        raise Unauthorized(
            "a voucher's basis needs a token, unless its sandbox has basisUrlAuth off."
        )
    call.sandbox, voucher = found[0]
    return voucher


def expenses_of(state: State, voucher: Voucher) -> list[Expense]:
    """The expenses in a voucher."""
    wanted = set(voucher.expense_record_ids)
    reports = (state.reports.rows[report_id] for report_id in voucher.report_ids)
    return [e for report in reports for e in report.expenses if e.id in wanted]


def expense_object(expense: Expense) -> ExpenseOut:
    """An expense as the control API shows it; its receipts by name, without their bytes."""
    return {
        "id": expense.id,
        "type": expense.type,
        "categoryId": expense.category_id,
        "paymentTypeId": expense.payment_type_id,
        "description": expense.description,
        "date": expense.date,
        "amount": expense.amount,
        "currency": expense.currency,
        "exchangeRate": expense.exchange_rate,
        "taxAmount": expense.tax_amount,
        "dimensionValues": expense.dimension_values,
        "quantity": expense.quantity,
        "unit": expense.unit,
        "rate": expense.rate,
        "receipts": [
            {
                "fileName": receipt.file_name,
                "contentType": receipt.content_type,
                "size": None if receipt.content is None else len(receipt.content),
            }
            for receipt in expense.receipts
        ],
    }


async def basis_pdf(state: State, voucher: Voucher) -> Bytes:
    """The basis of a voucher as a PDF.

    Drawn in a thread: a page in a rare script loads a large font first.
    """
    organization = state.organizations.rows[voucher.organization_id]
    owner = state.users.rows[voucher.owner_id]
    expenses = expenses_of(state, voucher)

    def drawn() -> bytes:
        basis = Basis(
            organization=organization.name,
            vat=organization.vat or "",
            voucher_id=voucher.id,
            format=voucher.list_type,
            owner=owner.full_name,
            description=voucher.description,
            date=voucher.date[:10],
            booking_date=voucher.booking_date[:10],
            currency=organization.base_currency,
            total_debit=voucher.total_debit_amount,
            total_credit=voucher.total_credit_amount,
            rows=[_row(row) for row in voucher.voucher_rows],
            receipts=[r for expense in expenses for r in _receipts(expense)],
        )
        return render_pdf(basis)

    return Bytes(await asyncio.to_thread(drawn), "application/pdf")


def _row(row: VoucherRow) -> BasisRow:
    number = row.accounting_number
    return BasisRow(
        side=row.type,
        account=number.number if number else "",
        text=number.text if number else "",
        description=row.description,
        dimensions=", ".join(f"{use.dimension}: {use.value}" for use in row.dimension_values),
        amount=row.amount,
        tax=row.tax_amount,
    )


def _receipts(expense: Expense) -> list[Receipt]:
    return [
        Receipt(
            title=f"{expense.date}  {expense.description}  ({receipt.file_name})",
            content=picture(expense, receipt),
            content_type=receipt.content_type,
        )
        for receipt in expense.receipts
    ]


def picture(expense: Expense, receipt: OwnReceipt) -> bytes:
    """The picture of a receipt; one that was given without bytes is drawn from the expense.

    People write "Scandic, one night": what is before the comma goes on top of the receipt.
    """
    if receipt.content is not None:
        return receipt.content
    merchant, _, bought = expense.description.partition(", ")
    text = ReceiptText(
        merchant=merchant,
        description=bought or merchant,
        date=expense.date,
        currency=expense.currency,
        amount=expense.amount,
        tax=expense.tax_amount,
        number=expense.id[:8],
    )
    return draw_receipt(text)
