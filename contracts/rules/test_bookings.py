"""Bookings: each voucher once, whatever goes wrong; the right amounts; what cannot be booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mockfindity.kit import MUST, Client, Company, rule, violated
from mockfindity.kit.company import HOTEL, MILEAGE, TAXI
from mockfindity.kit.seen import UPDATE

if TYPE_CHECKING:
    from mockfindity.testing import Export

REFUSED: dict[str, Any] = {"status": 503, "headers": {"Retry-After": "0"}}
"""An acknowledgement that does not get through, however often it is tried; at once, if it likes."""

HELD_MS = 300
"""How long an acknowledgement is held up, for the client to be killed at it."""

REFUND = {"category": "Travel", "description": "Refund", "amount": -80.5, "taxAmount": -4.56}
ABROAD = {
    "category": "Hotel and meals",
    "description": "Lunch abroad",
    "amount": 40.0,
    "currency": "EUR",
    "exchangeRate": 11.2345,
}


@rule(
    "EXP-5",
    MUST,
    "exports",
    source="connect guide: Idempotent processing",
    says="The same export may be fetched more than once; its id tells that it is the same.",
    remedy="Keep the number that each voucher was booked under, and report the same number again.",
)
def test_the_same_export_twice_is_booked_once(company: Company, client: Client) -> None:
    """The same export twice books once: no second, different acknowledgement."""
    company.has_trouble(UPDATE, **REFUSED)
    export = company.sends(reports=2)
    client.works()
    company.findity.faults.clear()

    client.works()

    company.expect_booked_once(export)


@rule(
    "EXP-6",
    MUST,
    "exports",
    source="connect guide: Idempotent processing",
    says="An integration is to cope with network retries. That a status which was reported stands, "
    "also where its answer was lost, and may be reported again, is chosen here.",
    remedy="When no answer comes, report the same again; take the export for neither failed nor "
    "new.",
)
def test_a_lost_answer_is_no_failure(company: Company, client: Client) -> None:
    """After a lost acknowledgement it neither books twice nor leaves the export open."""
    company.has_trouble(UPDATE, phase="after", connection="reset", times=1)
    export = company.sends(reports=2)
    client.works()
    company.findity.faults.clear()

    client.works()

    failed = [said for said in company.seen.acknowledged(export) if said.status == "FAILED"]
    if failed:
        raise violated(
            f"it reported voucher {failed[0].voucher} as FAILED, which it had reported as SUCCESS",
            company.seen.about(export),
        )
    company.expect_booked_once(export)


@rule(
    "EXP-7",
    MUST,
    "exports",
    source="connect guide: Idempotent processing",
    says="An export stays in the list until its status was reported.",
    remedy="Take for done only what Findity has answered; do the rest again at the next start, and "
    "report what is in your books by then under the number that it has, without booking it again.",
)
def test_a_crash_is_made_good(company: Company, client: Client) -> None:
    """A crash between download and acknowledgement is made good by the next run."""
    company.has_trouble(UPDATE, **REFUSED, delay_ms=HELD_MS if client.can_crash else 0)
    export = company.sends(reports=2)
    if client.can_crash:
        # It has booked by now, and waits for an answer that never comes.
        client.crashes(when=lambda: any(fault["hits"] for fault in company.findity.faults.all()))
    else:
        client.works()
    company.findity.faults.clear()

    client.works()

    company.expect_downloaded(export)
    company.expect_booked(export)
    company.expect_no_row_booked_twice()


@rule(
    "EXP-13",
    MUST,
    "exports",
    source="voucher-structure guide: Processing vouchers",
    says="A voucher that cannot be booked is FAILED, and errorText tells the administrator why.",
    remedy="Report FAILED with an errorText for that voucher, and SUCCESS for the others.",
    needs=("refuses",),
)
def test_it_says_what_it_cannot_book(company: Company, client: Client) -> None:
    """A voucher it cannot book is FAILED with an errorText, the others SUCCESS."""
    formats = company.formats(accounting=True)
    if not formats:
        pytest.skip("the client declares no format with accounts")
    account = company.configuration.refuses or ""
    export = _with_a_voucher_on(company, account, formats[0])
    if all(_is_on(account, voucher) for voucher in export.vouchers()):
        pytest.skip(
            f"every voucher is on account {account}, which the client refuses: declare one that "
            "only some are on, or none"
        )

    client.works()

    said = {word.voucher: word for word in company.seen.reported(export)}
    for voucher in export.vouchers():
        word = said.get(voucher["id"])
        expected = "FAILED" if _is_on(account, voucher) else "SUCCESS"
        if word is None or word.status != expected:
            raise violated(
                f"it reported {word.status if word else 'nothing'} of voucher {voucher['id']}, "
                f"where {expected} was expected: {account} is on the FAILED ones only"
                f"{company.refused(export)}",
                company.seen.about(export) or company.seen.all(),
            )
        if expected == "FAILED" and not str(word.fields.get("errorText") or "").strip():
            raise violated("it reported FAILED without an errorText", [word.request])


def _with_a_voucher_on(company: Company, account: str, form: str) -> Export:
    """An export of three vouchers, one of them on this account; also where ordinary expenses of
    one kind are on it, one of another kind is not."""
    company.organization.accounts({account: "Not in the client's books"})
    company.organization.category("Not bookable", account=account)
    company.writes([TAXI], "OMAR")
    company.writes([TAXI | {"category": "Not bookable"}], "SOFIA")
    return company.sends(form, expenses=[MILEAGE])


def _is_on(account: str, voucher: dict[str, Any]) -> bool:
    """Whether a row of a voucher is to be booked on an account."""
    return account in map(_account, voucher["voucherRows"])


def _account(row: Any) -> str | None:
    """The number that a row is to be booked on, if it is on one."""
    number = row["accountingNumber"]
    return str(number["number"]) if number else None


@rule(
    "EXP-16",
    MUST,
    "exports",
    source="voucher-structure guide: Voucher row structure",
    says="A row says what is booked on which account, as debit or credit; tax that is booked "
    "separately has a row of its own.",
    remedy="Book each row's amount on its accountingNumber, on the side that type says.",
    needs=("bookings",),
)
def test_its_bookings_add_up(company: Company, client: Client) -> None:
    """What it booked adds up to what was sent, per account."""
    forms = company.formats(accounting=True)[:1] + company.formats(accounting=False)[:1]
    expenses = (TAXI, HOTEL, MILEAGE, REFUND, ABROAD)
    exports = [company.sends(form, reports=2, expenses=expenses) for form in forms]

    client.works()

    company.expect_booked(*exports)
    rows: list[Any] = [
        row for voucher in company.vouchers(*exports) for row in voucher["voucherRows"]
    ]
    sent = _sums((_account(row), row["type"].lower(), row["amount"]) for row in rows)
    booked = _sums(
        (line.get("account"), side, line.get(side) or 0)
        for line in company.bookings()
        for side in ("debit", "credit")
    )
    for account, side in sorted(sent.keys() | booked.keys()):
        there, here = sent[account, side], booked[account, side]
        if here != there:
            where = f"account {account}" if account else "no account"
            raise violated(
                f"it booked {here} as {side} on {where}, of {there} sent",
                [request for export in exports for request in company.seen.about(export)],
            )


def _sums(amounts: Iterable[tuple[Any, str, Any]]) -> dict[tuple[str, str], Decimal]:
    """What comes together, by account and side."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for account, side, amount in amounts:
        sums["" if account is None else str(account), side] += Decimal(str(amount))
    return sums
