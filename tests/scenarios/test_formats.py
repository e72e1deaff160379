"""The scenarios that are named after a voucher format: what each of them leaves."""

from __future__ import annotations

from typing import Any

import pytest

import mockfindity
from mockfindity.scenario_files import names
from mockfindity.stories.nordljus import FORMATS

BY_NAME = {kind.lower().replace("_", "-"): kind for kind in FORMATS}

SHAPES = {
    "report-per-expense": [8, 6, 9, 5],
    "report-per-account": [6, 3, 6, 5],
    "user-per-expense": [14, 9, 5],
    "user-per-account": [8, 6, 5],
    "expense": [3, 3, 2, 3, 3, 2, 3, 2, 2, 2, 3],
    "report-per-report-paid": [1, 1, 1, 1],
    "user-per-report-paid": [1, 1, 1],
    "report-per-expense-paid": [3, 2, 4, 2],
}
"""How many rows each voucher has."""


@pytest.fixture
def findity() -> Any:
    with mockfindity.running() as findity:
        yield findity


def test_there_is_one_for_each_format() -> None:
    assert set(BY_NAME) <= set(names())


@pytest.mark.parametrize("name", SHAPES)
def test_it_leaves_one_export_to_be_fetched(findity: mockfindity.Findity, name: str) -> None:
    made = findity.scenario(name)

    (export,) = findity.here.exports("TRANSFER")
    assert made["exports"] == [export.id]
    assert export.data["recipient"]["verificationListsType"] == BY_NAME[name]
    assert [len(voucher["voucherRows"]) for voucher in export.vouchers()] == SHAPES[name]
    assert findity.here.exports() != []


def test_a_set_has_all_that_vouchers_are_about(findity: mockfindity.Findity) -> None:
    findity.scenario("report-per-expense")

    vouchers = findity.here.exports()[0].vouchers()

    rows: list[Any] = [row for voucher in vouchers for row in voucher["voucherRows"]]
    tagged = {use["dimension"] for row in rows for use in row["dimensionValues"]}
    assert tagged == {"Cost center", "Project", "Customer"}
    assert {row["unit"] for row in rows} == {"PCS", "KM", "DAYS"}
    assert any(row["amount"] < 0 for row in rows)
    assert {voucher["ownerId"] for voucher in vouchers} == {
        user["id"]
        for user in findity.users()
        if user["externalSourceId"] in ("anna", "omar", "sofia")
    }


def test_more_weeks_are_more_reports_in_the_one_export(findity: mockfindity.Findity) -> None:
    made = findity.scenario("user-per-report-paid", weeks=3)

    assert (made["reports"], made["vouchers"], len(made["exports"])) == (12, 3, 1)


def test_all_formats_leaves_eight_exports(findity: mockfindity.Findity) -> None:
    made = findity.scenario("all-formats")

    exports = findity.here.exports("TRANSFER")
    kinds = [export.data["recipient"]["verificationListsType"] for export in exports]
    assert kinds == FORMATS
    assert [export.id for export in exports] == made["exports"]
    assert [one["format"] for one in made["formats"]] == FORMATS
