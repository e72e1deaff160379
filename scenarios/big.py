"""A year's expenses in one bulk send, to see what your client does with that many.

Stormvik Shipping AB has not sent anything since it signed up. Today it does: every report of every
sailor, fifty expenses each, in one export. 10,000 expenses by default, and 100,000 if you ask for
them; say how many, and mind your client's memory:

    mockfindity scenario run big expenses=100000

Reports are written one after the other, so that the same seed gives the same bytes, and the script
keeps none of them: it counts. In the end it downloads the package as a stream, piece by piece, and
adds up the totals of the vouchers as they pass; they must come to what was written. The export is
left for you to fetch.

The names come from Faker: ``pip install 'mockfindity[scenarios]'``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

import httpx2

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    anything,
    begin,
    country,
    expect,
    founded,
    hired,
    told,
    total,
)

SWEDEN = country("sv_SE")
TOTALS = re.compile(rb'"totalDebitAmount":(-?[\d.]+),"totalCreditAmount":(-?[\d.]+)[,}]')
TOLD = 10_000_000
"""How many bytes of the package go by before the next word about it."""
LONGEST = 200
"""More bytes than any match of ``TOTALS`` has: what is kept of a piece for the next one."""


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    expenses: Annotated[int, "How many expenses there are in all.", range(1, 1_000_001)] = 10_000,
    per_report: Annotated[int, "How many expenses a report has.", range(1, 1001)] = 50,
    employees: Annotated[int, "How many sailors.", range(1, 10_001)] = 100,
) -> dict[str, Any]:
    rng = random.Random(f"{seed} big")
    sailors = hired(rng, SWEDEN, employees)
    begin(findity, "stormvik", "2026-12-30T08:00:00Z")
    company = founded(findity, SWEDEN, "stormvik", name="Stormvik Shipping AB", vat="556088-2051")
    company.users(*(person.as_user() for person in sailors))
    reports, written = 0, Decimal(0)
    for start in range(0, expenses, per_report):
        tell(start, expenses, "expenses")
        count = min(per_report, expenses - start)
        day = date(2026, 1, 1) + timedelta(days=rng.randrange(360))
        lines = [anything(rng, SWEDEN, day) for _ in range(count)]
        owner = sailors[reports % employees].key
        report = company.report(owner, lines, name=f"Resa {reports + 1}")
        written += total([report.data["total"]])
        report.submit()
        reports += 1
    tell(expenses, expenses, "bulk send")
    export = company.bulk_send()
    debit, credit, vouchers, size = Decimal(0), Decimal(0), 0, 0
    for piece, found in passing(findity, f"{export.path}/export"):
        if (size + piece) // TOLD > size // TOLD:
            tell(expenses, expenses, f"the package, {(size + piece) // 1_000_000} MB so far")
        size += piece
        vouchers += len(found)
        debit += total(one[0].decode() for one in found)
        credit += total(one[1].decode() for one in found)
    expect(vouchers == reports, f"{vouchers} vouchers passed of {reports} reports.")
    expect(debit == credit == written, f"{written} was written; booked was {debit} and {credit}.")
    figures = {"reports": reports, "expenses": expenses, "vouchers": vouchers}
    return told(company, [export], **figures, debit=float(debit), packageBytes=size)


def passing(findity: Findity, path: str) -> Iterator[tuple[int, list[Any]]]:
    """The package as it comes: the size of each piece, and the totals that are whole in it."""
    headers = {"authorization": f"Bearer {findity.token()}", "x-mockfindity-aside": "yes"}
    kept = b""
    with httpx2.stream(
        "GET", f"{findity.line.url}{path}", headers=headers, timeout=600, trust_env=False
    ) as answer:
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            text = kept + piece
            found = list(TOTALS.finditer(text))
            yield len(piece), [one.groups() for one in found]
            end = found[-1].end() if found else 0
            kept = text[max(end, len(text) - LONGEST) :]
