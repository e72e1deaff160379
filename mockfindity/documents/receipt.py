"""A till receipt as a picture, for expenses that come without one. Source: chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

__all__ = ["ReceiptText", "draw_receipt"]

WIDTH, MARGIN = 400, 28
INSIDE = WIDTH - 2 * MARGIN
SMALL, NORMAL, LARGE = 15, 18, 25
BARS = 60


class _Words(NamedTuple):
    """What stands on every receipt of a country, in its language."""

    refund: str
    total: str
    net: str
    tax: str
    thanks: str


ENGLISH = _Words("REFUND", "Total", "Net", "VAT", "Thank you!")
WORDS = {
    "SEK": _Words("RETUR", "Totalt", "Netto", "Moms", "Tack och välkommen åter!"),
    "NOK": _Words("RETUR", "Totalt", "Netto", "Mva", "Takk for besøket!"),
    "DKK": _Words("RETUR", "I alt", "Netto", "Moms", "Tak for besøget!"),
}
"""By currency, which is all that a receipt tells of its country; English for the others."""


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """What a receipt says. `amount` includes `tax`; both in `currency` (ISO 4217). Chosen.

    A refund, whose `amount` is below zero, says that it is one.
    """

    merchant: str
    description: str
    date: str
    currency: str
    amount: Decimal
    tax: Decimal
    number: str


def draw_receipt(text: ReceiptText) -> bytes:
    """The receipt as a gray JPEG, 400 pixels wide. Any text is accepted; long ones are cut.

    Equal text gives equal bytes, with equal versions of Pillow. Safe to call from any thread.
    """
    # Imported here so that a server that never draws a receipt never loads Pillow.
    from PIL import Image, ImageDraw

    from mockfindity.documents import typeface

    with typeface.LOCK:
        rows = list(_rows(text))
        height = MARGIN + sum(row.height for row in rows) + BARS + 2 * MARGIN
        image = Image.new("L", (WIDTH, height), 250)
        draw = ImageDraw.Draw(image)
        y = MARGIN
        for row in rows:
            _draw_row(draw, row, y + row.height * 3 // 4)
            y += row.height
        _draw_bars(draw, y + MARGIN // 2, text)
    file = BytesIO()
    image.save(file, "JPEG", quality=75)
    return file.getvalue()


class _Row(NamedTuple):
    """A line with text at both margins, or one in the middle, or dashes if there is neither."""

    left: str
    right: str
    middle: str
    size: int
    bold: bool

    @property
    def height(self) -> int:
        return self.size * 3 // 2


def _rows(text: ReceiptText) -> Iterator[_Row]:
    from mockfindity.documents.booking import money
    from mockfindity.documents.wrap import elide, wrap

    def two(left: str, right: str, size: int = NORMAL, bold: bool = False) -> _Row:
        left, right = (elide(side, INSIDE / 2, size, bold=bold) for side in (left, right))
        return _Row(left, right, "", size, bold)

    words = WORDS.get(text.currency, ENGLISH)
    dashes = _Row("", "", "", NORMAL, False)
    for line in wrap(text.merchant, INSIDE, LARGE, bold=True, limit=2):
        yield _Row("", "", line, LARGE, True)
    yield two(text.date, text.number, SMALL)
    yield dashes
    if _is_refund(text):
        yield _Row("", "", words.refund, NORMAL, True)
    lines = wrap(text.description, INSIDE, NORMAL, limit=4)
    for line in lines[:-1]:
        yield _Row(line, "", "", NORMAL, False)
    yield from _priced(lines[-1] if lines else "", money(text.amount))
    yield dashes
    yield two(f"{words.total} {text.currency}", money(text.amount), LARGE - 3, bold=True)
    percent = _percent(text)
    yield two(f"{words.tax} {percent} %" if percent else words.tax, money(text.tax), SMALL)
    yield two(words.net, money(text.amount - text.tax if _is_plain(text) else None), SMALL)
    yield dashes
    yield _Row("", "", words.thanks, SMALL, False)


def _priced(line: str, price: str) -> Iterator[_Row]:
    """The last line of what was bought, with its price beside it, or below if there is no room."""
    from mockfindity.documents.wrap import elide

    if elide(line, INSIDE * 2 / 3, NORMAL, bold=False) == line:
        yield _Row(line, elide(price, INSIDE / 3, NORMAL, bold=False), "", NORMAL, False)
    else:
        yield _Row(line, "", "", NORMAL, False)
        yield _Row("", elide(price, INSIDE / 2, NORMAL, bold=False), "", NORMAL, False)


def _is_refund(text: ReceiptText) -> bool:
    return text.amount.is_finite() and text.amount < 0


def _is_plain(text: ReceiptText) -> bool:
    """Whether its amounts are such as can be reckoned with."""
    return all(one.is_finite() and abs(one.adjusted()) < 20 for one in (text.amount, text.tax))


def _percent(text: ReceiptText) -> str:
    """The VAT rate in halves of a per cent, such as `25` or `13.5`; empty if it is no such rate."""
    gross, tax = text.amount, text.tax
    if not (_is_plain(text) and gross * tax > 0 and abs(tax) < abs(gross)):
        return ""
    percent = round(200 * tax / (gross - tax)) / Decimal(2)
    exact = gross * percent / (100 + percent)
    return f"{percent.normalize():f}" if abs(exact - tax) < Decimal("0.006") else ""


def _draw_row(draw: ImageDraw, row: _Row, base: int) -> None:
    if not (row.left or row.right or row.middle):
        for x in range(MARGIN, WIDTH - MARGIN, 10):
            draw.line((x, base - 4, x + 5, base - 4), fill=150)
        return
    for text, share in ((row.left, 0.0), (row.middle, 0.5), (row.right, 1.0)):
        _draw_text(draw, text, share, base, row)


def _draw_text(draw: ImageDraw, text: str, share: float, base: int, row: _Row) -> None:
    """A line of text with `share` of the free room on its left."""
    from mockfindity.documents import typeface

    # Measured by Pillow, which rounds every letter to whole pixels.
    pieces = [
        (run.text.translate(typeface.STAND_INS), _font(run.font, row.size))
        for run in typeface.line(text, row.bold).runs
    ]
    x = MARGIN + share * (INSIDE - sum(font.getlength(piece) for piece, font in pieces))
    for piece, font in pieces:
        draw.text((x, base), piece, fill=30, font=font, anchor="ls")
        x += font.getlength(piece)


def _draw_bars(draw: ImageDraw, y: int, text: ReceiptText) -> None:
    """Bars that look like a bar code, the same for the same receipt, and mean nothing."""
    seed = f"{text.merchant}\0{text.number}\0{text.date}".encode(errors="replace")
    x = MARGIN + 30
    for byte in hashlib.shake_256(seed).digest(200):
        wide, gap = 1 + byte % 4, 2 + byte // 4 % 3
        if x + wide > WIDTH - MARGIN - 30:
            return
        draw.rectangle((x, y, x + wide - 1, y + BARS), fill=30)
        x += wide + gap


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    from mockfindity.documents import typeface

    # The basic layout, because the other one depends on what the machine has installed.
    path = str(typeface.FOLDER / f"{name}.ttf")
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
