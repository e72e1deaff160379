"""The bundled fonts: which one draws a character, and how wide a line of text is.

DejaVu Sans draws what it can. GNU Unifont, a pixel font with a glyph for nearly every other
character, is read from disk only when a character needs it: its first plane takes 0.1 s and
40 MB. A character in no font at all is given the picture of U+FFFD under its own code, so that
it can still be selected and searched.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.pdfbase.ttfonts import TTFont

from mockfindity.documents import script

__all__ = ["FOLDER", "LOCK", "STAND_INS", "Line", "Run", "advance", "clean", "font", "line"]

FOLDER = Path(__file__).parent / "fonts"
LOCK = threading.RLock()
"""Held while fonts are in use: reportlab keeps a reading position inside a font."""

STAND_INS: dict[int, int] = {}
"""By code point: the one whose glyph it was given. For those who draw without reportlab."""

_REGULAR, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_PLANE_0, _PLANE_1 = "Unifont", "UnifontUpper"
_REPLACEMENT, _NOTHING = 0xFFFD, 0x200D
_INVISIBLE = frozenset(("BN", "LRI", "RLI", "FSI", "PDI"))
_SELECTORS = range(0xE0100, 0xE01F0)


class Run(NamedTuple):
    """Characters of one font, in the order they are drawn from left to right."""

    font: str
    text: str
    leftward: bool


class Line(NamedTuple):
    """A line of text ready to be drawn. `width` is in em: times the size gives points."""

    runs: tuple[Run, ...]
    width: float


def clean(text: str) -> str:
    """Text that fonts can take: control characters become spaces, lone surrogates U+FFFD."""
    if text.isprintable():  # no control character and no surrogate is
        return text
    return "".join(map(_clean, text))


@cache
def font(name: str) -> Any:
    """A bundled font as reportlab's `TTFont`, by the stem of its file name."""
    loaded = TTFont(name, str(FOLDER / f"{name}.ttf"), asciiReadable=False, shapable=False)
    face = loaded.face
    for code in list(face.charToGlyph):
        if script.is_shaped(code + script.SHAPED):
            _lend(face, code, code + script.SHAPED)
    return loaded


@lru_cache(maxsize=4096)
def line(text: str, bold: bool = False) -> Line:
    """One line, cleaned, put in order and split by font. For short texts: they are kept."""
    runs: list[Run] = []
    for piece, leftward in script.visual(clean(text)):
        for name, chars in groupby(piece, lambda char: _font_of(char, bold)):
            runs.append(Run(name, "".join(chars), leftward))
    width = sum(font(run.font).face.charWidths[ord(c)] for run in runs for c in run.text)
    return Line(tuple(runs), width / 1000)


@lru_cache(maxsize=8192)
def advance(char: str, bold: bool = False) -> float:
    """The width of one cleaned character that stands alone, in em."""
    width: float = font(_font_of(char, bold)).face.charWidths[ord(char)]
    return width / 1000


def _clean(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs" or script.is_shaped(ord(char)):
        return "\ufffd"
    return " " if category in ("Cc", "Zl", "Zp") else char


@lru_cache(maxsize=8192)
def _font_of(char: str, bold: bool) -> str:
    code = ord(char)
    for name in (_BOLD, _REGULAR) if bold else (_REGULAR,):
        if code in font(name).face.charToGlyph:
            return name
    if script.is_shaped(code):  # no such shape in the font, so the plain letter must do
        return _borrowed(code, ord(script.plain(code)[0]))
    if unicodedata.bidirectional(char) in _INVISIBLE or code in _SELECTORS:
        return _borrowed(code, _NOTHING)
    fallback = _PLANE_0 if code <= 0xFFFF else _PLANE_1
    if code in font(fallback).face.charToGlyph:
        return fallback
    return _borrowed(code, _REPLACEMENT)


def _borrowed(code: int, like: int) -> str:
    """Draw `code` with the glyph of `like`; the PDF still says that it is `code`."""
    name = _font_of(chr(like), False)
    _lend(font(name).face, like, code)
    return name


def _lend(face: Any, like: int, code: int) -> None:
    face.charToGlyph[code] = face.charToGlyph[like]
    face.charWidths[code] = face.charWidths[like]
    STAND_INS[code] = STAND_INS.get(like, like)
