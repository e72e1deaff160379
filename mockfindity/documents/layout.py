"""What stands on the pages of a basis: heading, facts, booking table, receipts, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mockfindity.documents.basis import Basis, Receipt
from mockfindity.documents.booking import booking_table, money
from mockfindity.documents.pictures import Picture
from mockfindity.documents.sheets import (
    BOTTOM,
    INK,
    LEFT,
    QUIET,
    RIGHT,
    TOP,
    WIDTH,
    Mark,
    Photo,
    Rule,
    Sheets,
)
from mockfindity.documents.wrap import elide, wrap

__all__ = ["lay_out", "title"]

LABEL, SIZE, LEADING = 6.5, 9.0, 12.0
COLUMN_GAP = 17.0
_FACTS_A_ROW = 4
_TALLEST_OF_MANY, _TALLEST_ALONE = 290.0, 600.0
_POINTS_A_PIXEL = 0.6
"""Pictures are not blown up beyond 120 dpi: it would only show their pixels."""


def title(basis: Basis) -> str:
    """The title in the properties of the PDF."""
    return f"Voucher basis {basis.voucher_id[:200]}".rstrip()


def lay_out(basis: Basis, shown: Sequence[Picture | str]) -> list[list[Mark]]:
    """All pages. `shown` has, for each receipt, its picture or why there is none."""
    sheets = Sheets()
    _heading(sheets, basis)
    _facts(sheets, basis)
    _description(sheets, basis.description)
    booking_table(sheets, basis)
    if basis.receipts:
        pairs = zip(basis.receipts, shown, strict=True)
        _receipts(sheets, [_tile(*pair, len(shown)) for pair in pairs])
    _feet(sheets, basis)
    return sheets.pages


def _heading(sheets: Sheets, basis: Basis) -> None:
    name = elide(basis.organization, WIDTH, SIZE)
    sheets.words(LEFT, TOP - 16, "Voucher basis", 19, bold=True)
    sheets.words(LEFT, TOP - 32, name, SIZE, gray=QUIET)
    sheets.y = TOP - 44
    sheets.rule(sheets.y, INK, 0.8)
    sheets.y -= 12


def _facts(sheets: Sheets, basis: Basis) -> None:
    facts = (
        ("Voucher", basis.voucher_id), ("Format", basis.format),
        ("Date", basis.date), ("Booking date", basis.booking_date),
        ("Owner", basis.owner), ("Organization", basis.organization),
        ("VAT number", basis.vat), ("Currency", basis.currency),
        ("Total debit", money(basis.total_debit)), ("Total credit", money(basis.total_credit)),
    )  # fmt: skip
    for start in range(0, len(facts), _FACTS_A_ROW):
        _facts_row(sheets, facts[start : start + _FACTS_A_ROW])


def _facts_row(sheets: Sheets, facts: Sequence[tuple[str, str]]) -> None:
    width = (WIDTH + COLUMN_GAP) / _FACTS_A_ROW
    tallest = 1
    for at, (label, value) in enumerate(facts):
        x = LEFT + at * width
        lines = wrap(value or "–", width - COLUMN_GAP, SIZE, limit=3)
        sheets.words(x, sheets.y - LABEL, label, LABEL, gray=QUIET)
        for number, line in enumerate(lines, 1):
            sheets.words(x, sheets.y - LABEL - 1 - number * LEADING, line, SIZE)
        tallest = max(tallest, len(lines))
    sheets.y -= LABEL + tallest * LEADING + 13


def _description(sheets: Sheets, description: str) -> None:
    sheets.words(LEFT, sheets.y - LABEL, "Description", LABEL, gray=QUIET)
    sheets.y -= LABEL + 1
    for line in wrap(description or "–", WIDTH, SIZE):
        sheets.need(LEADING)
        sheets.words(LEFT, sheets.y - LEADING, line, SIZE)
        sheets.y -= LEADING
    sheets.y -= 16


class Tile(NamedTuple):
    """A receipt with its place worked out: lines of its title, and width and height in points."""

    title: list[str]
    picture: Picture | None
    note: list[str]
    width: float
    height: float


def _tile(receipt: Receipt, shown: Picture | str, count: int) -> Tile:
    width, tallest = WIDTH, _TALLEST_ALONE
    if count > 1:
        width, tallest = (WIDTH - COLUMN_GAP) / 2, _TALLEST_OF_MANY
    heading = wrap(receipt.title or "Receipt", width, SIZE - 1, bold=True, limit=2)
    if isinstance(shown, str):
        note = wrap(shown, width - 20, SIZE - 1, limit=3)
        return Tile(heading, None, note, width, 20 + len(note) * LEADING)
    pixels = shown.upright
    scale = min(width / pixels[0], tallest / pixels[1], _POINTS_A_PIXEL)
    return Tile(heading, shown, [], max(1, pixels[0] * scale), max(1, pixels[1] * scale))


def _receipts(sheets: Sheets, tiles: Sequence[Tile]) -> None:
    shelves = [tiles[start : start + 2] for start in range(0, len(tiles), 2)]
    sheets.y -= 20
    sheets.need(30 + _shelf_height(shelves[0]))
    sheets.words(LEFT, sheets.y - 12, "Receipts", 12, bold=True)
    sheets.y -= 30
    for shelf in shelves:
        sheets.need(_shelf_height(shelf))
        for at, tile in enumerate(shelf):
            _draw_tile(sheets, tile, LEFT + at * (WIDTH + COLUMN_GAP) / 2)
        sheets.y -= _shelf_height(shelf) + 18


def _shelf_height(shelf: Sequence[Tile]) -> float:
    return max(len(tile.title) * LEADING + 5 + tile.height for tile in shelf)


def _draw_tile(sheets: Sheets, tile: Tile, x: float) -> None:
    top = sheets.y
    for line in tile.title:
        top -= LEADING
        sheets.words(x, top + 2, line, SIZE - 1, bold=True)
    y = top - 3 - tile.height
    if tile.picture is not None:
        _frame(sheets, x, y, tile)
        sheets.add(Photo(x, y, tile.width, tile.height, tile.picture))
        return
    sheets.add(Rule(x, y, tile.width, tile.height, 0.95))
    for number, line in enumerate(tile.note):
        sheets.words(x + 10, y + tile.height - 19 - number * LEADING, line, SIZE - 1, gray=QUIET)


def _frame(sheets: Sheets, x: float, y: float, tile: Tile) -> None:
    """A hairline round a picture, so that white paper does not fade into the page."""
    sheets.add(Rule(x - 0.5, y - 0.5, tile.width + 1, tile.height + 1, 0.88))


def _feet(sheets: Sheets, basis: Basis) -> None:
    """Page numbers come last, when it is known how many pages there are."""
    name = elide(f"{basis.organization} · {basis.voucher_id}".strip(" ·"), 400, 7)
    for number, page in enumerate(sheets.pages, 1):
        foot = Sheets()
        foot.words(LEFT, BOTTOM - 24, name, 7, gray=QUIET)
        foot.words_to(RIGHT, BOTTOM - 24, f"page {number} of {len(sheets.pages)}", 7, gray=QUIET)
        page.extend(foot.pages[0])
