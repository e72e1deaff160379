"""What a page of an export shows is what its package says, to the öre, in each of the formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from support import Findity

from mockfindity.domain.vouchers import FORMATS

AMOUNT = r"(-?[\d\N{NARROW NO-BREAK SPACE}]+\.\d\d)"
TOTALS = re.compile(rf'data-total="(\w+)">{AMOUNT}</td>')
OF_ALL = re.compile(rf"<dt>(\w+) of all vouchers</dt><dd>{AMOUNT} SEK</dd>")


@pytest.fixture(scope="module")
def demo(server: str) -> Iterator[Findity]:
    """A sandbox with the demo played: an export in each format."""
    answer = httpx2.post(
        f"{server}/_mockfindity/sandboxes", json={"scenario": "demo"}, timeout=60, verify=False
    )
    findity = Findity(server, answer.json())
    findity.org = findity.control("GET", "/organizations").json()["data"][0]["id"]
    yield findity
    findity.close()


def exports(findity: Findity) -> dict[str, str]:
    """An export of each format."""
    found = findity.control("GET", f"/organizations/{findity.org}/exports?status=SENT").json()
    return {one["recipient"]["verificationListsType"]: one["id"] for one in found["data"]}


def pages(findity: Findity, export: str, **query: str) -> Iterator[str]:
    """Every page of an export."""
    offset = 0
    while True:
        asked = query | {"offset": str(offset)}
        page = findity.http.get(f"/dashboard/{findity.name}/exports/{export}", params=asked).text
        if "No voucher stands here" in page:
            return
        yield page
        offset += 10


def decimal(text: str) -> Decimal:
    return Decimal(text.replace("\N{NARROW NO-BREAK SPACE}", ""))


def shown(page: str, pattern: re.Pattern[str]) -> list[tuple[str, Decimal]]:
    return [(side, decimal(amount)) for side, amount in pattern.findall(page)]


def told(voucher: dict[str, Any]) -> list[tuple[str, Decimal]]:
    """The totals that the package has of a voucher, and the tax in its rows."""
    sides = {"DEBIT": voucher["totalDebitAmount"], "CREDIT": voucher["totalCreditAmount"]}
    tax = sum((Decimal(str(row["taxAmount"])) for row in voucher["voucherRows"]), Decimal(0))
    found = [(side, Decimal(str(amount))) for side, amount in sides.items() if amount is not None]
    return [*found, ("TAX", tax)]


def summed(vouchers: list[dict[str, Any]], side: str) -> Decimal:
    return sum((dict(told(voucher)).get(side, Decimal(0)) for voucher in vouchers), Decimal(0))


@pytest.mark.parametrize("list_type", FORMATS)
def test_the_totals_of_every_voucher_are_the_packages(demo: Findity, list_type: str) -> None:
    export = exports(demo)[list_type]

    found = [total for page in pages(demo, export) for total in shown(page, TOTALS)]

    vouchers = demo.vouchers(export)
    assert found == [total for voucher in vouchers for total in told(voucher)]
    assert {voucher["listType"] for voucher in vouchers} == {list_type}


@pytest.mark.parametrize("list_type", FORMATS)
def test_the_totals_of_all_are_the_sums_of_the_package(demo: Findity, list_type: str) -> None:
    export = exports(demo)[list_type]

    page = next(pages(demo, export)).replace("Total of all", "Debit of all")

    found, vouchers = dict(shown(page, OF_ALL)), demo.vouchers(export)
    assert found["Debit"] == summed(vouchers, "DEBIT") > 0
    assert found.get("Credit", Decimal(0)) == summed(vouchers, "CREDIT")


@pytest.mark.parametrize("list_type", FORMATS)
def test_what_an_export_comes_to_is_the_same_in_every_format(demo: Findity, list_type: str) -> None:
    export = exports(demo)[list_type]

    found = {wanted: debit_of_pages(demo, export, wanted) for wanted in FORMATS}

    assert found == dict.fromkeys(FORMATS, summed(demo.vouchers(export), "DEBIT"))


def debit_of_pages(findity: Findity, export: str, wanted: str) -> Decimal:
    """What the vouchers on all pages of an export come to, shown in a format."""
    totals = [t for page in pages(findity, export, format=wanted) for t in shown(page, TOTALS)]
    return sum((amount for side, amount in totals if side == "DEBIT"), Decimal(0))
