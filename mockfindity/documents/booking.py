"""The booking table: one row for each row of the voucher, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from mockfindity.documents import typeface
from mockfindity.documents.basis import Basis, BasisRow
from mockfindity.documents.sheets import LEFT, QUIET, Sheets
from mockfindity.documents.wrap import elide, wrap

__all__ = ["booking_table", "money"]

SIZE, HEAD_SIZE, LEADING = 7.5, 6.5, 10.0
GAP = 7.0
HEAD_HEIGHT = 17.0
_MOST_LINES = 40
"""A row with more lines is continued, on the next page if need be."""


class Column(NamedTuple):
    """`limit` is the most lines a cell may have; None wraps the whole text, 0 means money."""

    title: str
    width: float
    limit: int | None


COLUMNS = (
    Column("Side", 42, 1),
    Column("Account", 46, 2),
    Column("Text", 85, 3),
    Column("Description", 104, None),
    Column("Dimensions", 76, 4),
    Column("Debit", 57, 0),
    Column("Credit", 57, 0),
    Column("Tax", 44, 0),
)  # together as wide as the page between its margins


def money(amount: Decimal | None) -> str:
    """An amount such as `-1,234.50`; a dash for none; powers of ten when it is absurdly large."""
    if amount is None:
        return "–"
    if amount.is_finite() and amount.adjusted() > 20:
        return f"{amount:.2E}"
    return f"{amount:,.2f}"


def booking_table(sheets: Sheets, basis: Basis) -> None:
    """The table with its head on every page, and the totals under it."""
    sheets.need(HEAD_HEIGHT + 4 * LEADING)
    _head(sheets)
    for row in basis.rows:
        for part in _parts(_cells(row)):
            _row(sheets, part)
        sheets.rule(sheets.y)
    if not basis.rows:
        sheets.y -= LEADING + 4
        sheets.words(LEFT, sheets.y, "No rows", SIZE, gray=QUIET)
        sheets.y -= 5
    _totals(sheets, basis)


def _places() -> Iterator[tuple[Column, float, float]]:
    """Each column with the left edge of its text and the right edge of it."""
    x = LEFT
    for column in COLUMNS:
        start, x = x, x + column.width
        yield (column, start + GAP, x) if column.limit == 0 else (column, start, x - GAP)


def _head(sheets: Sheets) -> None:
    base = sheets.y - HEAD_HEIGHT + 5.5
    for column, left, right in _places():
        if column.limit == 0:
            sheets.words_to(right, base, column.title, HEAD_SIZE, gray=QUIET)
        else:
            sheets.words(left, base, column.title, HEAD_SIZE, gray=QUIET)
    sheets.y -= HEAD_HEIGHT
    sheets.rule(sheets.y, QUIET)


def _cells(row: BasisRow) -> list[list[str]]:
    amount = money(row.amount)
    debit, credit = ("", amount) if row.side.upper() == "CREDIT" else (amount, "")
    texts = (row.side, row.account, row.text, row.description, row.dimensions)
    cells = []
    for (column, left, right), text in zip(_places(), texts, strict=False):
        cells.append(wrap(text, right - left, SIZE, limit=column.limit))
    return [*cells, [debit], [credit], [money(row.tax)]]


def _parts(cells: list[list[str]]) -> Iterator[list[list[str]]]:
    for start in range(0, max(map(len, cells)), _MOST_LINES):
        yield [cell[start : start + _MOST_LINES] for cell in cells]


def _row(sheets: Sheets, cells: list[list[str]]) -> None:
    height = max(map(len, cells)) * LEADING + 5
    if sheets.need(height):
        _head(sheets)
    for (column, left, right), lines in zip(_places(), cells, strict=True):
        for at, text in enumerate(lines):
            base = sheets.y - (at + 1) * LEADING
            if column.limit == 0:
                _amount(sheets, right, base, text, right - left)
            else:
                sheets.words(left, base, text, SIZE)
    sheets.y -= height


def _amount(
    sheets: Sheets, right: float, base: float, text: str, width: float, *, bold: bool = False
) -> None:
    """An amount that ends at `right`, set smaller if it is wider than its column."""
    wide = typeface.line(text, bold).width * SIZE
    size = SIZE if wide <= width else max(3.0, SIZE * width / wide)
    sheets.words_to(right, base, elide(text, width + 0.1, size, bold=bold), size, bold=bold)


def _totals(sheets: Sheets, basis: Basis) -> None:
    if sheets.need(LEADING + 8):
        _head(sheets)
    sheets.rule(sheets.y, QUIET, 0.8)
    base = sheets.y - LEADING - 2
    label = elide(f"Total {basis.currency}", 300, SIZE, bold=True)
    sheets.words(LEFT, base, label, SIZE, bold=True)
    totals = {"Debit": basis.total_debit, "Credit": basis.total_credit}
    for column, left, right in _places():
        if column.title in totals:
            _amount(sheets, right, base, money(totals[column.title]), right - left, bold=True)
    sheets.y -= LEADING + 8
