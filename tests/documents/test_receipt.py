"""Receipts drawn, and the icon."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mockfindity.documents.icon import icon_png
from mockfindity.documents.receipt import ReceiptText, _percent, _rows, draw_receipt

TAXI = ReceiptText(
    merchant="Taxi Stockholm AB",
    description="Taxi Arlanda",
    date="2024-03-05",
    currency="SEK",
    amount=Decimal("1234.50"),
    tax=Decimal("246.90"),
    number="R-17",
)


def test_a_receipt_is_a_narrow_gray_jpeg() -> None:
    image = Image.open(io.BytesIO(draw_receipt(TAXI)))
    assert (image.format, image.mode, image.width) == ("JPEG", "L", 400)


def test_there_is_ink_on_it() -> None:
    darkest, _ = Image.open(io.BytesIO(draw_receipt(TAXI))).convert("L").getextrema()
    assert isinstance(darkest, int)
    assert darkest < 60


def test_it_is_small() -> None:
    assert len(draw_receipt(TAXI)) < 30_000


def test_equal_receipts_are_equal_bytes() -> None:
    assert draw_receipt(TAXI) == draw_receipt(TAXI)


@pytest.mark.parametrize("description", ["", "出租车 سلام 🚕 टैक्सी \U0002a6d6", "long " * 500])
def test_any_description_is_drawn_on_a_receipt_of_reasonable_length(description: str) -> None:
    text = ReceiptText("", description, "", "", Decimal("NaN"), Decimal(0), "")
    assert Image.open(io.BytesIO(draw_receipt(text))).height < 600


@given(words=st.text(st.characters(), max_size=60), amount=st.decimals())
def test_no_text_and_no_amount_crashes_it(words: str, amount: Decimal) -> None:
    text = ReceiptText(words, words, words, words, amount, amount, words)
    assert draw_receipt(text).startswith(b"\xff\xd8")


def test_the_icon_is_a_png_of_64_pixels() -> None:
    image = Image.open(io.BytesIO(icon_png()))
    image.load()
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (64, 64))


def test_the_icon_has_round_corners() -> None:
    image = Image.open(io.BytesIO(icon_png()))
    assert image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_the_icon_is_drawn_once() -> None:
    assert icon_png() is icon_png()


@pytest.mark.parametrize(
    ("amount", "tax", "percent"),
    [
        ("125.00", "25.00", "25"),
        ("125.00", "7.08", "6"),
        ("16.90", "2.01", "13.5"),
        ("-799.00", "-159.80", "25"),
        ("100.00", "0.00", ""),
        ("100.00", "17.00", ""),
        ("NaN", "1.00", ""),
    ],
)
def test_the_rate_of_the_tax_is_named_where_it_is_a_rate(
    amount: str, tax: str, percent: str
) -> None:
    text = ReceiptText("Kiosk", "Kaffe", "2026-05-05", "SEK", Decimal(amount), Decimal(tax), "1")

    assert _percent(text) == percent


def test_a_refund_says_so_in_the_language_of_the_country() -> None:
    bought = ReceiptText("Kiosk", "Penn", "2026-05-05", "SEK", Decimal(25), Decimal(5), "1")
    back = dataclasses.replace(bought, amount=Decimal(-25), tax=Decimal(-5))

    assert [row.middle for row in _rows(bought) if row.middle] == [
        "Kiosk",
        "Tack och välkommen åter!",
    ]
    assert [row.middle for row in _rows(back) if row.middle] == [
        "Kiosk",
        "RETUR",
        "Tack och välkommen åter!",
    ]
