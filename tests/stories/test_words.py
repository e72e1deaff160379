"""The words of stories: expenses, people, sums, and what is said when something is wrong."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mockfindity import FindityError
from mockfindity.stories import (
    StoryError,
    country,
    driven,
    exact,
    expect,
    hired,
    known,
    refused,
    spent,
    stayed,
    sums,
    tax_in,
    weekdays,
)
from mockfindity.stories.people import plain


def test_the_tax_in_a_receipt_is_the_share_of_its_rate() -> None:
    assert tax_in(Decimal("125.00"), Decimal(6)) == Decimal("7.08")
    assert tax_in(Decimal("-799.00"), Decimal(25)) == Decimal("-159.80")
    assert tax_in(Decimal("139.00"), Decimal("13.5")) == Decimal("16.53")


def test_numbers_of_json_are_exact() -> None:
    assert exact(0.1) + exact(0.2) == exact(0.3)


def test_expenses_are_what_the_control_api_takes() -> None:
    day, norway = date(2026, 5, 4), country("nb_NO")

    assert spent("Kiosk, Kaffe", day, 45, 25, category="Travel") == {
        "category": "Travel",
        "description": "Kiosk, Kaffe",
        "date": "2026-05-04",
        "amount": 45.0,
        "taxAmount": 9.0,
    }
    assert driven(norway, day, 120)["rate"] == 5.3
    assert driven(country("en_GB"), day, 120)["unit"] == "MI"
    assert stayed(norway, day, 0.5)["quantity"] == 0.5


def test_may_2026_has_21_weekdays() -> None:
    days = weekdays(date(2026, 5, 1))

    assert (len(days), days[0], days[-1]) == (21, date(2026, 5, 1), date(2026, 5, 29))


@pytest.mark.parametrize("locale", ["sv_SE", "nb_NO", "da_DK", "fi_FI", "en_GB"])
def test_people_are_the_same_for_the_same_seed_and_have_addresses_of_their_own(
    locale: str,
) -> None:
    people = hired(random.Random(7), country(locale), 300)

    assert people == hired(random.Random(7), country(locale), 300)
    assert people != hired(random.Random(8), country(locale), 300)
    assert len({person.mail for person in people}) == 300
    assert all(person.mail.isascii() and "@" in person.mail for person in people)


def test_names_keep_their_letters_and_mail_addresses_lose_them() -> None:
    names = {
        person.first + person.last
        for locale in ("sv_SE", "nb_NO", "da_DK", "fi_FI")
        for person in hired(random.Random(1), country(locale), 200)
    }

    assert set("äöåø") <= set("".join(names).lower())
    assert known("Björn Åkesson", 7).mail == "bjorn.akesson@company.example"
    assert plain("Søren Ærø O'Neill") == "soren-aero-o-neill"


def test_a_voucher_that_does_not_balance_is_told_of() -> None:
    with pytest.raises(StoryError, match="voucher 'Taxi' does not balance: 100 and 125"):
        sums([voucher(100, 125)])


def test_a_voucher_whose_rows_are_not_its_total_is_told_of() -> None:
    wrong = voucher(100, 100) | {"totalDebitAmount": 90}

    with pytest.raises(StoryError, match="voucher 'Taxi': DEBIT adds up to 100, not 90"):
        sums([wrong])


def test_vouchers_are_added_up() -> None:
    assert sums([voucher(0.1, 0.1), voucher(0.2, 0.2)]) == {
        "vouchers": 2,
        "rows": 4,
        "debit": 0.3,
        "credit": 0.3,
    }


def voucher(debit: float, credit: float) -> dict[str, Any]:
    sides = {"DEBIT": debit, "CREDIT": credit}
    return {
        "description": "Taxi",
        "voucherRows": [{"type": side, "amount": amount} for side, amount in sides.items()],
        "totalDebitAmount": debit,
        "totalCreditAmount": credit,
    }


def test_what_is_not_as_the_story_says_ends_it() -> None:
    expect(True, "never said")

    with pytest.raises(StoryError, match="the report is PAID"):
        expect(False, "the report is PAID")


def test_a_step_that_should_be_refused_must_be_and_for_that_reason() -> None:
    def step() -> None:
        raise FindityError(400, "NO_REPORTS_READY", "nothing is ready")

    assert refused("NO_REPORTS_READY", step).description == "nothing is ready"
    with pytest.raises(StoryError, match="expected the refusal ACCOUNT_NOT_MAPPED"):
        refused("ACCOUNT_NOT_MAPPED", step)
    with pytest.raises(StoryError, match="should have been refused with NO_REPORTS_READY"):
        refused("NO_REPORTS_READY", lambda: None)
