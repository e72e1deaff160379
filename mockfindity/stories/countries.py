"""Countries: what companies there are like, who they buy from, and what VAT stands on receipts.

The rates are those of 2026, as the merchants charge them: Sweden 25, 12 and 6 % (food 6 since
April), Norway 25, 15 and 12 %, Denmark 25 %, Finland 25.5, 13.5 and 10 %, Britain 20 and 0 %.
Where the law lets nobody deduct the VAT of a category, the category says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import import_module

from ..scenario_parameters import ParameterError

HOMES = {
    "sv_SE": "sweden",
    "nb_NO": "norway",
    "da_DK": "denmark",
    "fi_FI": "finland",
    "en_GB": "britain",
}
"""The locales that there are stories in, each with the module of its country."""

Account = tuple[str, str]
"""An account's number and name."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who sells something: what they are called, what they sell, the category it goes under.

    ``percent`` is the VAT rate on the receipt; prices run from ``low`` to ``high`` in ``step``.
    """

    name: str
    what: str
    category: str
    percent: Decimal
    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def description(self) -> str:
        """What an employee writes: the merchant first, as the drawn receipt has it on top."""
        return f"{self.name}, {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What a company of a country has: its name and VAT number, its ledger, its allowances.

    ``template`` is Findity's for it, if there is one; else ``chart`` maps each category to an
    account. ``blocked`` are the categories without deductible VAT. ``mileage`` is paid per
    ``unit``, ``per_diem`` per day, both in ``currency``.
    """

    code: str
    locale: str
    currency: str
    company: str
    vat: str
    template: str | None
    chart: Mapping[str, Account]
    vat_account: Account
    outlay: Account
    card: Account
    blocked: frozenset[str]
    unit: str
    mileage: Decimal
    drive: str
    per_diem: Decimal
    stay: str
    merchants: tuple[Merchant, ...]

    @property
    def partner(self) -> str:
        """The partner the company is a customer of."""
        return f"partner-{self.code.lower()}"

    def sellers(self, *categories: str) -> list[Merchant]:
        """The merchants of these categories; all, if none is named."""
        return [one for one in self.merchants if not categories or one.category in categories]


def merchants(table: str) -> tuple[Merchant, ...]:
    """Merchants from lines ``name | what | category | VAT % | low | high | step``."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return tuple(
        Merchant(name, what, category, *(Decimal(number) for number in numbers))
        for name, what, category, *numbers in rows
    )


@cache
def country(locale: str) -> Country:
    """The country of a locale. Raises ``ParameterError`` for one without stories."""
    if locale not in HOMES:
        raise ParameterError(f"locale: one of {', '.join(HOMES)} was expected, got {locale!r}")
    module = import_module(f".{HOMES[locale]}", __package__)
    found: Country = module.COUNTRY
    return found
