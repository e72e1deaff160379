"""Three pay runs: what goes to the bank, and reports that are PAID.

Lindqvist & Döttrar is a small restorer of churches. It keeps no accounts in Findity's sense: it
wants to know whom to pay, and how much. That is what the three formats are for whose names end in
``_PAID``: no account numbers, no credit side, one amount a row.

Three pay runs, a fortnight apart. In the first the payment file has a line per report, in the
second a line per employee, whatever they handed in, in the third a line per expense, so that
everybody can see on their bank statement what they were paid for. Each time the payment system
fetches the package and says SUCCESS with the reference of the transfer, and the reports are SENT.
When the money has arrived they are PAID. That is the end of the road: paying once more is refused.

The third run is left at the bank's door, for your payment client to fetch.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
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
    refused,
    sums,
    told,
    total,
)

SWEDEN = country("sv_SE")
RUNS = ("REPORT_PER_REPORT_PAID", "USER_PER_REPORT_PAID", "REPORT_PER_EXPENSE_PAID")
RESTORERS = ("Astrid Lindqvist", "Märta Lindqvist", "Olle Ström", "Wiktoria Nowak", "Yusuf Demir")
FIRST_PAY_DAY = date(2026, 4, 10)


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    reports: Annotated[int, "How many reports there are in each run.", range(1, 201)] = 8,
) -> dict[str, Any]:
    begin(findity, "lindqvist", f"{FIRST_PAY_DAY}T08:00:00Z")
    rng = random.Random(f"{seed} payment")
    company = founded(findity, SWEDEN, "lindqvist", name="Lindqvist & Döttrar HB")
    people = [known(name, 11 + at) for at, name in enumerate(RESTORERS)]
    company.users(*(person.as_user() for person in people))
    exports, runs = [], []
    for number, kind in enumerate(RUNS):
        tell(number + 1, len(RUNS), f"the pay run with {kind}")
        day = FIRST_PAY_DAY + timedelta(weeks=2 * number)
        findity.clock.freeze(f"{day}T08:00:00Z")
        owners = [people[at % len(people)] for at in range(reports)]
        written = [
            ready(company, owner.key, f"Utlägg {at}", outlays(rng, day))
            for at, owner in enumerate(owners, 1)
        ]
        exports.append(company.bulk_send(format=kind))
        run = checked(kind, exports[-1].vouchers(), written)
        if kind is not RUNS[-1]:
            pay(exports[-1], written, day)
            run["status"] = "PAID"
        runs.append({"format": kind, "status": "TRANSFER"} | run)
    return told(company, exports, runs=runs)


def outlays(rng: random.Random, day: date) -> list[dict[str, Any]]:
    """One to five outlays of the fortnight before."""
    days = sorted(rng.randint(1, 14) for _ in range(rng.randint(1, 5)))
    return [anything(rng, SWEDEN, day - timedelta(days=ago)) for ago in reversed(days)]


def checked(kind: str, vouchers: list[Any], reports: list[Any]) -> dict[str, Any]:
    """What the run pays: as much as the reports say, on as many vouchers as the format has."""
    people = {report.data["owner"] for report in reports}
    figures = sums(vouchers)
    wanted = len(people) if kind.startswith("USER") else len(reports)
    expect(len(vouchers) == wanted, f"{kind}: {len(vouchers)} vouchers, and not {wanted}.")
    owed = float(total(report.data["total"] for report in reports))
    expect(figures["debit"] == owed, f"{kind} pays {figures['debit']}, and {owed} is owed.")
    for voucher in vouchers:
        bare = all(row["accountingNumber"] is None for row in voucher["voucherRows"])
        expect(bare, f"{kind} names accounts, which a payment file has no use for.")
    return {"vouchers": len(vouchers), "rows": figures["rows"], "paid": owed}


def pay(export: Any, reports: list[Any], day: date) -> None:
    """The transfers are made, the reports are paid, and cannot be paid twice."""
    booked(export, f"BG-{day:%m%d}-", day=f"{day}T14:00:00Z")
    for report in reports:
        expect_status("a report that was transferred", report.status, "SENT")
        expect_status("a report that was paid", report.pay().data["status"], "PAID")
    refused("INVALID_SEND_STATE", reports[0].pay)
