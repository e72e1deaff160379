"""Receipts in euros, yen and crowns, in one ledger.

Three people at Polarvind AB sell wind turbines, and nobody buys those in Sweden any more. In May
they are in Hamburg, Gdańsk, Reykjavík, Zürich and Tokyo, and every receipt is in the money of the
place. The rate of the day stands on each expense, four decimals of it; the voucher books what that
comes to in the currency of the company, rounded to the öre, expense by expense.

Foreign VAT is nothing that a Swedish company deducts from its own, so abroad there is none. At
home there is, and so the same voucher has a VAT row for the taxi to Arlanda and none for the one
from Narita. Yen and Icelandic crowns have no decimals; the rates move from day to day, and so does
what a night at a hotel costs.

The export is left for you to fetch: amounts in it are in the base currency throughout.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    bought,
    country,
    exact,
    expect,
    founded,
    known,
    rate,
    ready,
    rounded,
    spent,
    sums,
    told,
    total,
    weekdays,
)

SWEDEN = country("sv_SE")
DAYS = weekdays(date(2026, 5, 1))
SELLERS = ("Elsa Wikström", "Jonas Åberg", "Priya Raman")
ABROAD = {
    "Hamburg": ("EUR", "Hansa-Taxi, Flughafen", 34.80, "Hotel Alsterblick, 1 Nacht", 148.00),
    "Gdańsk": ("PLN", "Taxi Żuraw, Lotnisko", 92.00, "Hotel Stągiewna, 1 noc", 489.00),
    "Reykjavík": ("ISK", "Hreyfill, Keflavík", 21900, "Hótel Öndvegi, 1 nótt", 34500),
    "Zürich": ("CHF", "Taxi Zürichberg, Flughafen", 58.50, "Hotel Limmatblick, 1 Nacht", 236.00),
    "Tokyo": ("JPY", "日本交通, 成田空港", 24300, "ホテル銀座, 一泊", 28600),
    "Bergen": ("NOK", "Bergen Taxi, Flesland", 489.00, "Hotell Bryggen, 1 natt", 1890.00),
    "Aarhus": ("DKK", "Aarhus Taxa, Tirstrup", 735.00, "Hotel Åboulevarden, 1 nat", 1295.00),
    "Aberdeen": ("GBP", "Rainbow City Taxis, Dyce", 19.40, "The Granite, one night", 112.50),
    "Houston": ("USD", "Yellow Cab, Airport", 63.75, "The Bayou Inn, one night", 189.00),
}

WITHOUT_CENTS = ("ISK", "JPY")


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    trips: Annotated[int, "How many journeys each of the three makes.", range(1, 101)] = 3,
    base_currency: Annotated[str, "The currency of the ledger, such as SEK or EUR."] = "SEK",
) -> dict[str, Any]:
    rate("EUR", base_currency)
    begin(findity, "polarvind", "2026-05-29T08:00:00Z")
    rng = random.Random(f"{seed} multi-currency")
    company = founded(findity, SWEDEN, "polarvind", name="Polarvind AB", vat="559377-6102")
    company.settings(base_currency=base_currency)
    people = [known(name, 31 + at) for at, name in enumerate(SELLERS)]
    company.users(*(person.as_user() for person in people))
    written: list[dict[str, Any]] = []
    for number in range(trips * len(people)):
        town = rng.choice(sorted(ABROAD))
        tell(number + 1, trips * len(people), f"a journey to {town}")
        expenses = journey(rng, town, base_currency)
        ready(company, people[number % len(people)].key, f"{town}, maj", expenses)
        written += expenses
    vouchers = (export := company.bulk_send()).vouchers()
    figures = sums(vouchers)
    comes_to = float(total(in_base(one) for one in written))
    expect(figures["credit"] == comes_to, f"{figures['credit']} was booked, and not {comes_to}.")
    currencies = Counter(one["currency"] for one in written)
    check_taxes(vouchers)
    return told(
        company,
        [export],
        baseCurrency=base_currency,
        expenses=len(written),
        currencies=dict(sorted(currencies.items())),
        **figures,
    )


def journey(rng: random.Random, town: str, base: str) -> list[dict[str, Any]]:
    """A taxi to Arlanda; there a taxi, and one or two nights, each at the rate of its day."""
    days = DAYS[(start := rng.randrange(len(DAYS) - 3)) : start + 3]
    taxi = SWEDEN.sellers("Travel")[0]
    home = {"currency": "SEK", "exchangeRate": float(rate("SEK", base))}
    expenses = [bought(rng, taxi, days[0], **home)]
    currency, ride, fare, hotel, night = ABROAD[town]
    stays = [("Travel", ride, fare)] + [("Hotel and meals", hotel, night)] * rng.randint(1, 2)
    for day, (category, what, price) in zip(days, stays, strict=False):
        spread = Decimal(rng.randint(80, 130)) / 100
        smallest = Decimal(1) if currency in WITHOUT_CENTS else Decimal("0.01")
        amount = (exact(price) * spread).quantize(smallest)
        foreign = {"currency": currency, "exchangeRate": float(rate(currency, base, rng))}
        paid = {"paymentType": "Company card"} if category == "Hotel and meals" else {}
        expenses.append(spent(what, day, amount, category=category, **foreign, **paid))
    return expenses


def in_base(expense: dict[str, Any]) -> Decimal:
    """What an expense comes to in the ledger."""
    return rounded(exact(expense["amount"]) * exact(expense["exchangeRate"]))


def check_taxes(vouchers: list[Any]) -> None:
    """There is VAT of the taxi at home, and of nothing else: one row a voucher."""
    for voucher in vouchers:
        taxed = [row for row in voucher["voucherRows"] if row["taxAmount"]]
        home = [row for row in taxed if row["description"].startswith("Taxi Stockholm")]
        what = f"{voucher['description']}: VAT was booked of {len(taxed)} expenses"
        expect(len(taxed) == len(home) == 1, f"{what}, and only the first of them was at home.")
