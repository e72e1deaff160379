from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockfindity.domain.money import rounded, total


@pytest.mark.parametrize(
    ("amount", "ore"),
    [
        ("449.380", "449.38"),
        ("0.125", "0.13"),
        ("0.135", "0.14"),
        ("-0.125", "-0.13"),
        ("-0.001", "0.00"),
        ("7", "7.00"),
    ],
)
def test_money_is_rounded_half_away_from_zero(amount: str, ore: str) -> None:
    assert str(rounded(Decimal(amount))) == ore


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=6))
def test_a_refund_rounds_as_the_purchase_did(amount: Decimal) -> None:
    assert rounded(-amount) == -rounded(amount)


def test_the_total_of_nothing_has_two_decimals() -> None:
    assert str(total([])) == "0.00"
