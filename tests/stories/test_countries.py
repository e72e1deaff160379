"""The countries: their rates, their merchants, and what they are booked on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mockfindity.domain.bas import CATEGORIES
from mockfindity.scenario_parameters import ParameterError
from mockfindity.stories import HOMES, country, rate

every_country = pytest.mark.parametrize("locale", HOMES)


@pytest.mark.parametrize(
    ("locale", "currency", "rates"),
    [
        ("sv_SE", "SEK", {"25", "12", "6"}),
        ("nb_NO", "NOK", {"25", "15", "12", "0"}),
        ("da_DK", "DKK", {"25", "0"}),
        ("fi_FI", "EUR", {"25.5", "13.5", "10"}),
        ("en_GB", "GBP", {"20", "0"}),
    ],
)
def test_a_country_has_its_currency_and_its_rates(
    locale: str, currency: str, rates: set[str]
) -> None:
    here = country(locale)

    assert here.currency == currency
    assert {str(merchant.percent) for merchant in here.merchants} == rates


@every_country
def test_every_merchant_sells_under_a_category_that_the_company_has(locale: str) -> None:
    here = country(locale)
    categories = set(here.chart) or {name for name, *_ in CATEGORIES}

    assert {merchant.category for merchant in here.merchants} <= categories
    assert {"Per diem", "Mileage"} <= categories
    assert here.blocked <= categories


@every_country
def test_every_price_is_one_that_can_be_asked(locale: str) -> None:
    wrong = [
        merchant.name
        for merchant in country(locale).merchants
        if not 0 < merchant.low <= merchant.high < 4000 or not Decimal("0.01") <= merchant.step
    ]

    assert wrong == []


@every_country
def test_what_is_bought_stands_after_the_merchant(locale: str) -> None:
    assert [m.name for m in country(locale).merchants if "," in m.name or not m.what] == []


def test_a_country_without_stories_is_refused() -> None:
    with pytest.raises(ParameterError, match="one of sv_SE, nb_NO, da_DK, fi_FI, en_GB was"):
        country("de_DE")


def test_a_currency_costs_what_it_costs() -> None:
    assert rate("EUR", "SEK") == Decimal("10.9200")
    assert rate("JPY", "SEK") == Decimal("0.0596")
    assert rate("SEK", "SEK") == 1
