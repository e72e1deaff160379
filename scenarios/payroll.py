"""A payday for fitters: mileage and per diem, on salary codes.

Nordmark Montage AB builds lifts, and its fitters are always somewhere else. What they get for it,
kilometres in their own cars and days away from home, is not for the bookkeeping: it goes on the
payslip. So their organization has one recipient, the payroll system, which wants one voucher per
employee, booked on salary codes where a category has one, and no credit rows: the net pay is
payroll's own business.

Everybody writes two reports in May. In one stand the drives: tax-free mileage at 2.50 a kilometre,
and the company's own 1.50 on top of it, which is taxed. In the other stand nights away, at 300 a
day and half of that for the day of departure, now and then some days abroad, and a parking ticket,
which has no salary code and stays on its account.

On the last Friday the administrator sends everything. The vouchers add both reports of an employee
up, by salary code, with kilometres and days told apart by their unit. The export is left for your
payroll client to fetch.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    country,
    driven,
    expect,
    founded,
    known,
    on_account,
    ready,
    spent,
    stayed,
    sums,
    told,
    weekdays,
)

SWEDEN = country("sv_SE")
DAYS = weekdays(date(2026, 5, 1))
FITTERS = (
    "Anna Lind",
    "Björn Åkesson",
    "Fatima Noor",
    "Göran Öberg",
    "Ida Sjölund",
    "Kaj Nyström",
    "Liv Månsson",
    "Tariq Aziz",
)
ABROAD = (("Oslo", 981), ("København", 1078), ("Hamburg", 723), ("Tammerfors", 804))
CODES = {
    "mileage": "821",
    "mileageTaxable": "822",
    "perDiem": "811",
    "perDiemAbroad": "813",
}


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    employees: Annotated[int, "How many fitters.", range(1, len(FITTERS) + 1)] = 6,
) -> dict[str, Any]:
    begin(findity, "nordmark", "2026-05-29T08:00:00Z")
    rng = random.Random(f"{seed} payroll")
    company = founded(findity, SWEDEN, "nordmark", name="Nordmark Montage AB", vat="556812-3390")
    company.recipient(
        recipient_name="Payroll",
        format="USER_PER_ACCOUNT",
        uses_salary_codes=True,
        do_credit_accounting=False,
    )
    people = [known(name, 201 + at, "Fitter") for at, name in enumerate(FITTERS[:employees])]
    company.users(*(person.as_user() for person in people))
    for done, person in enumerate(people, 1):
        tell(done, employees, f"the reports of {person.first}")
        ready(company, person.key, "Körningar i maj", drives(rng))
        ready(company, person.key, "Resdagar i maj", nights(rng))
    vouchers = (export := company.bulk_send()).vouchers()
    figures = sums(vouchers)
    paid = {name: on_account(vouchers, code) for name, code in CODES.items()}
    parking = on_account(vouchers, "5800")
    check(vouchers, employees)
    return told(company, [export], **figures, **paid, parking=parking)


def drives(rng: random.Random) -> list[dict[str, Any]]:
    """Three to six drives, each written twice: what is free of tax, and what is not."""
    expenses = []
    for day in sorted(rng.sample(DAYS, rng.randint(3, 6))):
        distance = rng.randint(24, 310)
        town = rng.choice(("Enköping", "Södertälje", "Örebro", "Norrköping", "Gävle"))
        expenses.append(driven(SWEDEN, day, distance, f"Egen bil till {town}"))
        taxed = driven(SWEDEN, day, distance, f"Egen bil till {town}, utöver schablon", rate=1.50)
        expenses.append(taxed | {"category": "Mileage, taxable"})
    return expenses


def nights(rng: random.Random) -> list[dict[str, Any]]:
    """A few days away in the country, for one in two some abroad, and a parking ticket."""
    monday = rng.choice([day for day in DAYS if day.weekday() == 0])
    days = rng.randint(2, 4)
    expenses = [
        stayed(SWEDEN, monday, 0.5, "Traktamente, avresedag"),
        stayed(SWEDEN, monday + timedelta(days=1), days, "Traktamente, heldagar"),
    ]
    if rng.random() < 0.5:
        town, rate = rng.choice(ABROAD)
        abroad = stayed(SWEDEN, rng.choice(DAYS), rng.randint(1, 3), f"Traktamente, {town}")
        expenses.append(abroad | {"category": "Per diem abroad", "rate": rate})
    fee = rng.randrange(40, 260, 5)
    return [*expenses, spent("Q-Park, Parkering", monday, fee, 25, category="Travel")]


def check(vouchers: list[Any], employees: int) -> None:
    """One voucher each, mileage in kilometres and per diem in days, and nothing credited."""
    expect(len(vouchers) == employees, f"{len(vouchers)} vouchers came for {employees} employees.")
    for voucher in vouchers:
        expect(voucher["totalCreditAmount"] is None, "payroll was sent credit rows.")
        for row in voucher["voucherRows"]:
            number = row["accountingNumber"]
            is_code = number["type"] == "SALARY_CODE"
            unit = "KM" if number["number"] in ("821", "822") else "DAYS" if is_code else "PCS"
            expect(row["unit"] == unit, f"{number['number']} counts in {row['unit']}, not {unit}.")
