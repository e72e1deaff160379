"""A whole company hands in, and the last Friday of May is over at last.

Everybody has waited until today. Twenty people, or as many as you like, empty their pockets: taxis,
trains and hotels, lunches and laptops' chargers, mileage, nights away. Each writes one to three
reports, names the cost center of every expense, and hands them in. The heads of the departments
approve, one report after the other; now and then one is rejected, for a receipt that cannot be
read, and comes back better. Then the administrator sends everything that is ready.

The company is of the country you choose with ``locale``: ``sv_SE``, ``nb_NO``, ``da_DK``,
``fi_FI`` or ``en_GB``. So are its people, its merchants, its chart of accounts, the VAT rates on
its receipts, and its currency. Where the law lets nobody deduct VAT, as for dinners with customers
in Norway, Finland and Britain, there is none in the ledger.

One export is left to fetch, with a voucher for every report, each with a PDF of its receipts. The
names come from Faker: ``pip install 'mockfindity[scenarios]'``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Country,
    Person,
    Tell,
    anything,
    begin,
    cost_center,
    country,
    departments,
    expect,
    expect_status,
    founded,
    hired,
    sums,
    told,
    total,
    weekdays,
)

DAYS = weekdays(date(2026, 5, 1))
CENTERS = {"CC-100": "Sales", "CC-200": "Engineering", "CC-300": "Administration"}


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    employees: Annotated[int, "How many employees.", range(1, 10_001)] = 20,
    locale: Annotated[str, "Where: sv_SE, nb_NO, da_DK, fi_FI or en_GB."] = "sv_SE",
) -> dict[str, Any]:
    here = country(locale)
    rng = random.Random(f"{seed} month-end")
    heads, people = cast(rng, here, employees)
    begin(findity, "month-end", "2026-05-29T15:00:00Z")
    company = founded(findity, here, "month-end")
    company.users(*(person.as_user() for person in (*heads, *people)))
    keys = dict(zip(CENTERS, ([head.key] for head in heads), strict=True))
    departments(company, CENTERS, keys)
    reports, rejected = [], 0
    for done, person in enumerate(people, 1):
        tell(done, employees, f"the reports of {person.first} {person.last}")
        for number in range(rng.randint(1, 3)):
            center = rng.choice(list(CENTERS))
            expenses = [
                anything(rng, here, day, **cost_center(center))
                for day in sorted(rng.choices(DAYS, k=rng.randint(2, 8)))
            ]
            report = company.report(person.key, expenses, name=f"05/2026 {number + 1}").submit()
            expect_status("a report that was handed in", report.data["status"], "APPROVAL")
            if rng.random() < 0.1:
                rejected += 1
                expect_status("a rejected report", report.reject().data["status"], "REJECTED")
                report.submit()
            expect_status("a report", report.approve().data["status"], "READY_TO_SEND")
            reports.append(report)
    export = company.bulk_send()
    figures = figures_of(export.vouchers(), reports)
    return told(
        company,
        [export],
        locale=locale,
        currency=here.currency,
        employees=employees,
        reports=len(reports),
        rejected=rejected,
        **figures,
    )


def cast(rng: random.Random, here: Country, count: int) -> tuple[list[Person], list[Person]]:
    """The heads of the departments, and everybody else."""
    everybody = hired(rng, here, count + len(CENTERS))
    return everybody[: len(CENTERS)], everybody[len(CENTERS) :]


def figures_of(vouchers: Sequence[Any], reports: Sequence[Any]) -> dict[str, Any]:
    """What was booked, which must be what was written."""
    figures = sums(vouchers)
    owed = float(total(report.data["total"] for report in reports))
    expect(figures["credit"] == owed, f"{figures['credit']} was booked, and {owed} was written.")
    expect(len(vouchers) == len(reports), f"{len(vouchers)} vouchers of {len(reports)} reports.")
    vat = total(row["taxAmount"] for one in vouchers for row in one["voucherRows"])
    expenses = sum(len(one["expenseRecordIds"]) for one in vouchers)
    return {"expenses": expenses, "vat": float(vat), **figures}
