"""The receipts in a voucher's PDF: drawn from what the expense says."""

from __future__ import annotations

from decimal import Decimal

import pytest

import mockfindity
from mockfindity.documents.receipt import ReceiptText, draw_receipt


@pytest.mark.parametrize(
    ("description", "merchant", "bought"),
    [
        ("OKQ8, Bensin 95", "OKQ8", "Bensin 95"),
        ("Scandic, one night, breakfast", "Scandic", "one night, breakfast"),
        ("Taxi", "Taxi", "Taxi"),
    ],
)
def test_a_drawn_receipt_has_the_merchant_on_top_and_below_what_was_bought(
    description: str, merchant: str, bought: str
) -> None:
    fuel = {
        "category": "Fuel",
        "description": description,
        "date": "2026-05-04",
        "amount": 625,
        "taxAmount": 125,
    }
    with mockfindity.running() as findity:
        report = findity.report(expenses=[fuel]).submit()
        export = findity.bulk_send()
        pdf = export.pdf(export.vouchers()[0])

    number = report.data["expenses"][0]["id"][:8]
    money = ("SEK", Decimal(625), Decimal(125))
    picture = draw_receipt(ReceiptText(merchant, bought, "2026-05-04", *money, number=number))
    assert picture in pdf
