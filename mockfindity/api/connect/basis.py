"""The basis of a voucher as a PDF, and the pictures of its receipts."""

from __future__ import annotations

import asyncio
from functools import partial

from ...call import Bytes, Same
from ...documents.basis import Basis, BasisRow, Receipt, render_pdf
from ...documents.receipt import ReceiptText, draw_receipt
from ...domain.organizations import Organization
from ...domain.reports import Expense
from ...domain.reports import Receipt as OwnReceipt
from ...domain.users import User
from ...domain.voucher_rows import VoucherRow
from ...domain.vouchers import Voucher
from ...recent import BySize
from ...route import MIB
from ...state import State

DRAWN: BySize[tuple[object, ...], bytes] = BySize(16 * MIB)
"""What was drawn lately, by what it was drawn of. Whoever sees vouchers looks at one repeatedly."""


def expenses_of(state: State, voucher: Voucher) -> list[Expense]:
    """The expenses in a voucher."""
    wanted = set(voucher.expense_record_ids)
    reports = (state.reports.rows[report_id] for report_id in voucher.report_ids)
    return [e for report in reports for e in report.expenses if e.id in wanted]


async def basis_pdf(state: State, voucher: Voucher) -> Bytes:
    """The basis of a voucher as a PDF.

    Drawn in a thread: a page in a rare script loads a large font first.
    """
    organization = state.organizations.rows[voucher.organization_id]
    owner = state.users.rows[voucher.owner_id]
    expenses = expenses_of(state, voucher)
    # What an integration says of a voucher makes another record of it, with the same rows.
    key = (Same(voucher.voucher_rows), Same(organization), Same(owner), *map(Same, expenses))
    if key not in DRAWN:
        draw = partial(_drawn, organization, owner, voucher, expenses)
        pdf = await asyncio.to_thread(draw)
        DRAWN.keep(key, pdf, len(pdf))
        return Bytes(pdf, "application/pdf")
    return Bytes(DRAWN[key], "application/pdf")


def _drawn(
    organization: Organization, owner: User, voucher: Voucher, expenses: list[Expense]
) -> bytes:
    return render_pdf(
        Basis(
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
    )


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
