"""Expenses as an employee writes them; dictionaries for ``Organization.report``."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .countries import Country, Merchant
from .money import between, exact, tax_in

Expense = dict[str, Any]


def weekdays(month: date) -> list[date]:
    """The days of a month from Monday to Friday; ``month`` is its first day."""
    days = [month + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.month == month.month and day.weekday() < 5]


def spent(
    what: str, day: date | str, amount: Any, percent: Any = 0, *, category: str, **more: Any
) -> Expense:
    """A receipt: its gross amount, and the VAT of that rate in it. ``more`` are further fields
    as the control API has them, such as ``paymentType`` and ``currency``."""
    tax = tax_in(exact(amount), exact(percent))
    expense = {"category": category, "description": what, "date": f"{day}", "amount": float(amount)}
    return expense | {"taxAmount": float(tax)} | more


def bought(rng: random.Random, merchant: Merchant, day: date, **more: Any) -> Expense:
    """A receipt of a merchant, at one of its prices."""
    price = between(rng, merchant.low, merchant.high, merchant.step)
    percent, category = merchant.percent, merchant.category
    return spent(merchant.description, day, price, percent, category=category, **more)


def driven(country: Country, day: date, distance: int, what: str = "", **more: Any) -> Expense:
    """Mileage: so many kilometres, or miles where those are counted, in one's own car."""
    expense = {"type": "MILEAGE", "category": "Mileage", "description": what or country.drive}
    counted = {"quantity": distance, "unit": country.unit, "rate": float(country.mileage)}
    return expense | {"date": f"{day}"} | counted | more


def stayed(country: Country, day: date, days: Any, what: str = "", **more: Any) -> Expense:
    """Per diem for so many days; a half is one on which the traveller left or came home late."""
    expense = {"type": "PER_DIEM", "category": "Per diem", "description": what or country.stay}
    counted = {"quantity": float(days), "unit": "DAYS", "rate": float(country.per_diem)}
    return expense | {"date": f"{day}"} | counted | more


def anything(rng: random.Random, country: Country, day: date, **more: Any) -> Expense:
    """One of the things people have expenses for: mostly a receipt, now and then an allowance."""
    lot = rng.random()
    if lot < 0.08:
        return driven(country, day, rng.randint(18, 240), **more)
    if lot < 0.14:
        return stayed(country, day, Decimal(rng.randint(2, 6)) / 2, **more)
    merchant = rng.choice(country.merchants)
    return bought(rng, merchant, day, **more)
