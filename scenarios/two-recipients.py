"""Payroll first, then bookkeeping.

At Havsvik Hotell AB an expense is two things at once. The money goes out with the salary, so
payroll has to know; and it is a cost, so bookkeeping has to know. Findity sends each report to
both, one after the other, by their sort order: payroll gets one voucher per employee, on salary
codes and debit only; bookkeeping gets one per report, with both sides.

The administrator sends once. When payroll says SUCCESS, the export for bookkeeping makes itself,
and the reports stay in TRANSFER: they are not done before both have them. When bookkeeping says
SUCCESS too, they are SENT.

In May something goes wrong in the middle. Bookkeeping says FAILED to one of the reports, so that
one is back in READY_TO_SEND. It is sent again, and only bookkeeping gets it: payroll had it before,
and nobody is paid twice.

June's reports are on their way when the story ends: an export for payroll is left to fetch, and as
soon as your client books it there will be one for bookkeeping.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    anything,
    begin,
    booked,
    country,
    expect,
    expect_status,
    founded,
    known,
    ready,
    sums,
    told,
    weekdays,
)

SWEDEN = country("sv_SE")
STAFF = ("Agnes Thor", "Dragan Ilić", "Hanna Löv", "Måns Ekeby")
MONTHS = (4, 5, 6)


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    expenses: Annotated[int, "How many expenses each report has.", range(1, 201)] = 4,
) -> dict[str, Any]:
    begin(findity, "havsvik", "2026-04-30T08:00:00Z")
    rng = random.Random(f"{seed} two-recipients")
    company = founded(findity, SWEDEN, "havsvik", name="Havsvik Hotell AB", vat="556431-0829")
    company.recipient(
        recipient_name="Payroll",
        format="USER_PER_ACCOUNT",
        uses_salary_codes=True,
        do_credit_accounting=False,
    )
    company.add_recipient("Bookkeeping", format="REPORT_PER_EXPENSE")
    people = [known(name, 41 + at) for at, name in enumerate(STAFF)]
    company.users(*(person.as_user() for person in people))
    for done, (month, act) in enumerate(zip(MONTHS, (april, may, june), strict=True), 1):
        tell(done, len(MONTHS), f"{date(2026, month, 1):%B}")
        days = weekdays(date(2026, month, 1))
        findity.clock.freeze(f"{days[-1]}T08:00:00Z")
        reports = [
            ready(company, person.key, f"Utlägg {date(2026, month, 1):%m/%Y}", lines)
            for person in people
            if (lines := [anything(rng, SWEDEN, rng.choice(days)) for _ in range(expenses)])
        ]
        act(company, reports)
    exports = company.exports()
    kinds = [export.data["recipient"]["recipientName"] for export in exports]
    wanted = ["Payroll", "Bookkeeping", "Payroll", "Bookkeeping", "Bookkeeping", "Payroll"]
    expect(kinds == wanted, f"the exports went to {kinds}.")
    debits = [sums(export.vouchers())["debit"] for export in exports]
    return told(
        company,
        exports,
        recipients=kinds,
        statuses=[export.status for export in exports],
        vouchers=[len(export.vouchers()) for export in exports],
        debits=debits,
    )


def april(company: Any, reports: list[Any]) -> None:
    """Everything goes well, twice."""
    payroll, bookkeeping = handed_over(company, reports, "L04-")
    expect(bookkeeping.id != payroll.id, "payroll and bookkeeping share an export.")
    booked(bookkeeping, "V")
    for report in reports:
        expect_status("a report that both have booked", report.status, "SENT")


def may(company: Any, reports: list[Any]) -> None:
    """Bookkeeping turns one report down, and gets it again; payroll does not."""
    _, bookkeeping = handed_over(company, reports, "L05-")
    first, *others = bookkeeping.vouchers()
    bad = {"id": first["id"], "status": "FAILED", "errorText": "The period is closed. Send later."}
    good = [
        {"id": one["id"], "status": "SUCCESS", "voucherNumber": f"W{at}"}
        for at, one in enumerate(others, 1)
    ]
    expect_status("the export", bookkeeping.acknowledge(bad, *good), "FAILED")
    expect_status("the report that failed", reports[0].status, "READY_TO_SEND")
    again = company.bulk_send()
    expect_recipient(again, "Bookkeeping")
    result = again.vouchers()[0]["integrationModuleResult"]
    expect(result["errorText"] == bad["errorText"], "the voucher has forgotten why it failed.")
    booked(again, "X")
    expect_status("the report that was sent again", reports[0].status, "SENT")


def june(company: Any, reports: list[Any]) -> None:
    """Payroll has not come yet."""
    expect_recipient(company.bulk_send(), "Payroll")
    for report in reports:
        expect_status("a report on its way", report.status, "TRANSFER")


def handed_over(company: Any, reports: list[Any], series: str) -> tuple[Any, Any]:
    """Send, let payroll book it, and find what that made for bookkeeping."""
    payroll = company.bulk_send()
    expect_recipient(payroll, "Payroll")
    booked(payroll, series)
    for report in reports:
        expect_status("a report that payroll has booked", report.status, "TRANSFER")
    (bookkeeping,) = company.exports("TRANSFER")
    expect_recipient(bookkeeping, "Bookkeeping")
    return payroll, bookkeeping


def expect_recipient(export: Any, name: str) -> None:
    found = export.data["recipient"]["recipientName"]
    expect(found == name, f"an export went to {found} that should have gone to {name}.")
