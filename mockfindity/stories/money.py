"""Amounts: exact inside, JSON numbers outside."""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")


def exact(number: Any) -> Decimal:
    """A JSON number as it was written, without the errors of binary fractions."""
    return Decimal(str(number))


def rounded(amount: Decimal) -> Decimal:
    """To the cent, half away from zero, as Findity's money is here."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def tax_in(gross: Decimal, percent: Decimal) -> Decimal:
    """The VAT that stands on a receipt: the share of a rate in a gross amount."""
    return rounded(gross * percent / (100 + percent))


def total(numbers: Iterable[Any]) -> Decimal:
    """JSON numbers, added up exactly."""
    return sum((exact(number) for number in numbers), Decimal(0))


def between(rng: random.Random, low: Decimal, high: Decimal, step: Decimal) -> Decimal:
    """An amount from ``low`` to ``high`` in steps, as prices are: whole crowns, tenths of euros."""
    return low + rng.randrange(int((high - low) / step) + 1) * step
