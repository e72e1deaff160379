"""Currencies: what one unit costs, near enough to the spring of 2026 to be believed."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from ..scenario_parameters import ParameterError

PER_EURO: dict[str, Decimal] = {
    "EUR": Decimal(1),
    "SEK": Decimal("10.92"),
    "NOK": Decimal("11.31"),
    "DKK": Decimal("7.47"),
    "GBP": Decimal("0.869"),
    "USD": Decimal("1.168"),
    "CHF": Decimal("0.928"),
    "PLN": Decimal("4.24"),
    "ISK": Decimal("145.6"),
    "JPY": Decimal("183.2"),
}
"""How much of each currency a euro buys."""


def rate(currency: str, base: str, rng: random.Random | None = None) -> Decimal:
    """What a unit of ``currency`` costs in ``base``, up to one per cent off with ``rng``.

    Raises ``ParameterError`` for a currency that is not in ``PER_EURO``.
    """
    for name in (currency, base):
        if name not in PER_EURO:
            known = ", ".join(PER_EURO)
            raise ParameterError(f"currency: one of {known} was expected, got {name!r}")
    if currency == base:
        return Decimal(1)
    mood = Decimal(1) if rng is None else 1 + Decimal(rng.randint(-100, 100)) / 10_000
    return (PER_EURO[base] / PER_EURO[currency] * mood).quantize(Decimal("0.0001"), ROUND_HALF_UP)
