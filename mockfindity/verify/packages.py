"""What must add up in a voucher package."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .place import Place, elements
from .session import Session

PACKAGE = "getExportVouchers"
SIDES = {"DEBIT": "totalDebitAmount", "CREDIT": "totalCreditAmount"}


def look_into(
    session: Session, place: Place, export: dict[str, Any], package: dict[str, Any]
) -> None:
    """Note where a package does not agree with its export, its recipient, or itself."""
    vouchers = elements(package, "vouchers")
    recipients = list(_recipients(package))
    formats = {str(r.get("verificationListsType")) for r in recipients}
    told = export.get("recipient")
    if isinstance(told, dict) and recipients:
        wanted = told.get("verificationListsType")
        where = "body.organizations[0].recipients[0].verificationListsType"
        found = recipients[0].get("verificationListsType")
        session.agree(PACKAGE, where, wanted, found, source="of the export's recipient")
    if isinstance(export.get("numberOfVouchers"), int):
        wanted = export["numberOfVouchers"]
        where = "body.vouchers"
        session.agree(PACKAGE, where, wanted, len(vouchers), "chosen", source="numberOfVouchers")
    ids = [voucher.get("id") for voucher in vouchers]
    session.agree(PACKAGE, "body.vouchers", len(ids), len(set(map(str, ids))), source="ids")
    for index, voucher in enumerate(vouchers):
        where = f"body.vouchers[{index}]"
        if len(formats) == 1:
            wanted = next(iter(formats))
            found = voucher.get("listType")
            session.agree(PACKAGE, f"{where}.listType", wanted, found, source="of the recipient")
        found = voucher.get("organizationId")
        session.agree(PACKAGE, f"{where}.organizationId", place.organization_id, found)
        _adds_up(session, voucher, where)
        _rows(session, voucher, where)


def _recipients(package: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for organization in elements(package, "organizations"):
        yield from elements(organization, "recipients")


def _adds_up(session: Session, voucher: dict[str, Any], where: str) -> None:
    """Debit equals credit where both are booked, and each is the sum of its rows.

    That a row's ``amount`` is what it books is chosen: the guide says it is without tax.
    """
    totals = {side: _money(voucher.get(name)) for side, name in SIDES.items()}
    debit, credit = totals["DEBIT"], totals["CREDIT"]
    if debit is not None and credit is not None:
        name = f"{where}.{SIDES['DEBIT']}"
        source = SIDES["CREDIT"]
        session.agree(PACKAGE, name, float(credit), float(debit), "inferred", source=source)
    for side, total in totals.items():
        rows = [r for r in elements(voucher, "voucherRows") if r.get("type") == side]
        amounts = [_money(row.get("amount")) for row in rows]
        if total is not None and None not in amounts:
            booked = float(sum((a for a in amounts if a is not None), Decimal(0)))
            name = f"{where}.{SIDES[side]}"
            source = f"the {side} rows"
            session.agree(PACKAGE, name, booked, float(total), "chosen", source=source)


def _rows(session: Session, voucher: dict[str, Any], where: str) -> None:
    """Every expense of a row is one of the voucher."""
    known = voucher.get("expenseRecordIds")
    if not isinstance(known, list):
        return
    for number, row in enumerate(elements(voucher, "voucherRows")):
        given = row.get("expenseRecordId")
        if given is not None and given not in known:
            place = f"{where}.voucherRows[{number}].expenseRecordId"
            expected = "one of the voucher's expenseRecordIds"
            session.differs(session.last(PACKAGE), place, expected, "another")


def _money(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None
