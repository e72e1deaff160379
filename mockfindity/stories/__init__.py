"""What scenarios are made of, for those in ``scenarios/`` and for your own.

A scenario is a file with a function ``play(findity, tell, *, seed=0, …)`` that acts in a fresh
sandbox; the words here save it from inventing a company:

    countries       VAT rates, merchants, charts of accounts, allowances: country("nb_NO")
    company         begin(findity, "ACME", "2026-05-29T08:00:00Z"),
                    founded(findity, country, "ACME"), departments(…), cost_center("CC-1")
    people          known("Anna Lind", 101), hired(rng, country, 40) (needs Faker)
    expenses        spent(…), bought(…), driven(…), stayed(…), anything(…)
    currencies      rate("EUR", "SEK")
    books           ready(…), sums(vouchers), booked(export), told(company, exports, …)
    telling         expect(…), refused("ACCOUNT_NOT_MAPPED", lambda: …), StoryError
    money           exact, total, tax_in

``begin`` freezes the clock; draw every choice from ``random.Random(f"{seed} name")``, and the same
seed gives the same bytes.
"""

from __future__ import annotations

from ..scenario_files import StoryError, Tell
from .books import booked, on_account, ready, sums, told
from .company import begin, cost_center, departments, founded
from .countries import HOMES, Country, Merchant, country
from .currencies import rate
from .expenses import anything, bought, driven, spent, stayed, weekdays
from .money import exact, rounded, tax_in, total
from .people import Person, hired, known
from .telling import expect, expect_status, refused

__all__ = [
    "HOMES",
    "Country",
    "Merchant",
    "Person",
    "StoryError",
    "Tell",
    "anything",
    "begin",
    "booked",
    "bought",
    "cost_center",
    "country",
    "departments",
    "driven",
    "exact",
    "expect",
    "expect_status",
    "founded",
    "hired",
    "known",
    "on_account",
    "rate",
    "ready",
    "refused",
    "rounded",
    "spent",
    "stayed",
    "sums",
    "tax_in",
    "told",
    "total",
    "weekdays",
]
