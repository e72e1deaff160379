"""Pages of marks: lines of text, rules, pictures. In points from the lower left corner of A4."""

from __future__ import annotations

from typing import NamedTuple

from mockfindity.documents import typeface
from mockfindity.documents.pictures import Picture

__all__ = [
    "BOTTOM", "FAINT", "INK", "LEFT", "PAGE", "QUIET", "RIGHT", "TOP", "WIDTH",
    "Mark", "Photo", "Rule", "Sheets", "Words",
]  # fmt: skip

PAGE = (595.28, 841.89)
LEFT, RIGHT, TOP, BOTTOM = 42.0, 553.0, 795.0, 58.0
WIDTH = RIGHT - LEFT
INK, QUIET, FAINT = 0.12, 0.45, 0.82


class Words(NamedTuple):
    """One line of text with its left end at (x, y) on the baseline; `gray` 0 is black."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    gray: float = INK


class Rule(NamedTuple):
    """A filled rectangle, mostly so thin that it is a line."""

    x: float
    y: float
    width: float
    height: float
    gray: float = FAINT


class Photo(NamedTuple):
    """A picture filling a rectangle."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


Mark = Words | Rule | Photo


class Sheets:
    """Pages filled from the top down. `y` is the lower edge of what is there already."""

    def __init__(self) -> None:
        self.pages: list[list[Mark]] = []
        self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = TOP

    def need(self, height: float) -> bool:
        """Begin a new page if less than `height` is left, and say whether that happened."""
        full = self.y - height < BOTTOM and self.y < TOP
        if full:
            self.turn()
        return full

    def add(self, mark: Mark) -> None:
        """Put a mark on the current page."""
        self.pages[-1].append(mark)

    def words(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, gray: float = INK
    ) -> None:
        """A line of text that begins at x."""
        if text:
            self.add(Words(x, y, text, size, bold, gray))

    def words_to(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, gray: float = INK
    ) -> None:
        """A line of text that ends at x."""
        start = x - typeface.line(text, bold).width * size
        self.words(start, y, text, size, bold=bold, gray=gray)

    def rule(self, y: float, gray: float = FAINT, height: float = 0.5) -> None:
        """A line across the page."""
        self.add(Rule(LEFT, y, WIDTH, height, gray))
