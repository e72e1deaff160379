"""Reports on their way, and what bookkeeping sees of them: sums, and numbers in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .expenses import Expense
from .money import total
from .telling import expect, expect_status

if TYPE_CHECKING:
    from ..testing.export import Export
    from ..testing.organization import Organization
    from ..testing.report import Report

Figures = dict[str, Any]


def ready(company: Organization, owner: str, name: str, expenses: Sequence[Expense]) -> Report:
    """A report that was written, submitted and approved by everybody who has to."""
    report = company.report(owner, expenses, name=name).submit().approve()
    expect_status(f"the report {name!r}", report.data["status"], "READY_TO_SEND")
    return report


def sums(vouchers: Iterable[Any]) -> Figures:
    """How many vouchers and rows there are, and what they book on each side.

    Raises ``StoryError`` for a voucher whose rows do not add up to its totals, or whose sides
    differ where both are booked.
    """
    figures: Figures = {"vouchers": 0, "rows": 0, "debit": total(()), "credit": total(())}
    for voucher in vouchers:
        rows = voucher["voucherRows"]
        debit, credit = (_side(voucher, side) for side in ("DEBIT", "CREDIT"))
        both = voucher["totalDebitAmount"] is not None and voucher["totalCreditAmount"] is not None
        what = f"voucher {voucher['description']!r}"
        expect(debit == credit or not both, f"{what} does not balance: {debit} and {credit}.")
        figures["vouchers"] += 1
        figures["rows"] += len(rows)
        figures["debit"] += debit
        figures["credit"] += credit
    return figures | {side: float(figures[side]) for side in ("debit", "credit")}


def _side(voucher: Any, side: str) -> Any:
    """What the rows of a side add up to, which must be what the voucher says of it."""
    rows = total(row["amount"] for row in voucher["voucherRows"] if row["type"] == side)
    said = voucher["totalDebitAmount"] if side == "DEBIT" else voucher["totalCreditAmount"]
    right = total([said or 0]) == rows
    expect(right, f"voucher {voucher['description']!r}: {side} adds up to {rows}, not {said}.")
    return rows


def on_account(vouchers: Iterable[Any], number: str, side: str = "DEBIT") -> float:
    """What vouchers book on an account, or on a salary code."""
    rows = (row for voucher in vouchers for row in voucher["voucherRows"])
    return float(
        total(
            row["amount"]
            for row in rows
            if row["type"] == side and (row["accountingNumber"] or {}).get("number") == number
        )
    )


def booked(export: Export, series: str = "A", *, day: str | None = None) -> list[str]:
    """Book every voucher of an export; gives their numbers in the ledger: ``A1``, ``A2``, …

    Raises ``StoryError`` unless the export is SENT afterwards.
    """
    numbers, updates = [], []
    for place, voucher in enumerate(export.vouchers(), 1):
        numbers.append(f"{series}{place}")
        update = {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": numbers[-1]}
        updates.append(update | ({"bookingDate": day} if day else {}))
    expect_status("the export", export.acknowledge(*updates), "SENT")
    return numbers


def told(company: Organization, exports: Iterable[Export], **figures: Any) -> Figures:
    """What a story gives back: where it was played, its exports, and its figures."""
    return {
        "organizationId": company.id,
        "externalOrganizationId": company.external_id,
        "exports": [export.id for export in exports],
        **figures,
    }
