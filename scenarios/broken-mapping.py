"""An account is deleted under a category, and nothing can be sent.

The ledger of Kvarnby Data AB is tidied up one evening, and the nightly job deletes what it does not
find there any more: account 6212, Mobiltelefon. It may; the guide warns that whoever does it has to
look after the categories. Nobody did.

A week later the administrator sends the reports of May and is refused: ``ACCOUNT_NOT_MAPPED``,
naming the category and the report. Nothing has moved, not even the reports that have no telephone
bill in them. She sends those by themselves, and that works.

Then the obvious repair, which is none: making account 6212 again. A category knows its account by
id, and the new account has another one. Refused again. Only when the category is mapped to the new
account does the last report go out. Its export is left for you to fetch.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    bought,
    country,
    expect,
    expect_status,
    founded,
    known,
    on_account,
    ready,
    refused,
    sums,
    told,
    weekdays,
)

SWEDEN = country("sv_SE")
DAYS = weekdays(date(2026, 5, 1))


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    reports: Annotated[int, "How many reports there are without a bill.", range(1, 201)] = 3,
) -> dict[str, Any]:
    begin(findity, "kvarnby", "2026-05-21T23:30:00Z")
    rng = random.Random(f"{seed} broken-mapping")
    company = founded(findity, SWEDEN, "kvarnby", name="Kvarnby Data AB", vat="556903-4417")
    company.users(*(one.as_user() for one in (known("Petra Dahl", 61), known("Simon Ask", 62))))
    others = [
        ready(company, "PETRA", f"Resa {number}", some(rng, "Travel", "Tickets"))
        for number in range(1, reports + 1)
    ]
    phone = ready(company, "SIMON", "Telefon i maj", some(rng, "Mobile phone"))
    tell(1, 4, "the nightly job deletes account 6212")
    company.delete_account("6212")
    findity.clock.freeze("2026-05-29T08:00:00Z")
    tell(2, 4, "the bulk send is refused")
    refusal = refused("ACCOUNT_NOT_MAPPED", company.bulk_send)
    expect("Mobile phone" in refusal.description, f"the refusal names no category: {refusal}")
    for report in (*others, phone):
        expect_status("a report that could not be sent", report.status, "READY_TO_SEND")
    first = company.bulk_send(reports=others)
    tell(3, 4, "the account is made again, which mends nothing")
    company.accounts({"6212": "Mobiltelefon"})
    again = refused("ACCOUNT_NOT_MAPPED", company.bulk_send)
    tell(4, 4, "the category is mapped, and the last report goes out")
    company.category("Mobile phone", account="6212")
    second = company.bulk_send()
    bill = on_account(second.vouchers(), "6212")
    expect(bill > 0, "the telephone bill is not on 6212.")
    return told(
        company,
        [first, second],
        refusals=[refusal.code, again.code],
        refusal=refusal.description,
        first=sums(first.vouchers()),
        second=sums(second.vouchers()),
        onAccount6212=bill,
    )


def some(rng: random.Random, *categories: str) -> list[dict[str, Any]]:
    """A receipt of each of these categories."""
    sellers = [rng.choice(SWEDEN.sellers(category)) for category in categories]
    return [bought(rng, one, rng.choice(DAYS)) for one in sellers]
