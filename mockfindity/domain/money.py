"""Money: ``Decimal``, rounded half away from zero to the öre.

Python's own rounding is half to even, which would make 0.125 into 0.12; bookkeepers, and
``behaviour`` as chosen for mockfindity, want 0.13 and, for a refund, -0.13.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
ORE = Decimal("0.01")
LARGEST = Decimal("999999999999.99")


def rounded(amount: Decimal) -> Decimal:
    """``amount`` to two decimals, half away from zero; never ``-0.00``."""
    return amount.quantize(ORE, rounding=ROUND_HALF_UP) + ZERO


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, with two decimals even when there is nothing to add."""
    return sum(amounts, ZERO)
