"""How writing runs across a line: right-to-left pieces, and the joined letters of Arabic.

A PDF shows glyphs from left to right, and whoever reads its text expects right-to-left writing
to lie there as the eye sees it. So those pieces are turned round here. This is less than the
Unicode bidirectional algorithm: lines run left to right, and numbers and brackets stand where
they were typed, because readers of PDF text find them again only there.

Arabic letters change shape with their neighbours. Unicode has the shapes as characters of
their own (presentation forms), but a reader of the PDF wants the plain letters. So a shape is
drawn under a private code (`SHAPED` + presentation form) and the PDF says which letters it means.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["SHAPED", "is_shaped", "plain", "visual"]

SHAPED = 0x100000
"""What is added to a presentation form to get its private code."""

_RIGHT = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_INSIDE = " .,:;!?'\"/\u2000-\u206f-"
_PIECE = re.compile(f"[{_RIGHT}]+(?:[{_INSIDE}]+[{_RIGHT}]+)*")
_FORMS_A, _FORMS_B = range(0xFB50, 0xFE00), range(0xFE70, 0xFF00)
_LAM_ALEF = {"\u0622": 0xFEF5, "\u0623": 0xFEF7, "\u0625": 0xFEF9, "\u0627": 0xFEFB}
"""By alef: the form for it after a lam, when the two stand alone; the next one is joined."""


def visual(text: str) -> list[tuple[str, bool]]:
    """Pieces of one line as they stand from left to right; True marks a right-to-left one."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _PIECE.finditer(text):
        pieces.append((text[end : found.start()], False))
        pieces.append((_shape(found[0])[::-1], True))
        end = found.end()
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def is_shaped(code: int) -> bool:
    """Whether a code point is a private code of this module."""
    return code - SHAPED in _FORMS_A or code - SHAPED in _FORMS_B


def plain(code: int) -> str:
    """The characters a drawn code stands for: itself, but the letters of a private code."""
    if not is_shaped(code):
        return chr(code)
    _, *letters = unicodedata.decomposition(chr(code - SHAPED)).split()
    return "".join(chr(int(letter, 16)) for letter in letters)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """By letter: its presentation forms by name (`initial`, `medial`, `final`)."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*_FORMS_A, *_FORMS_B):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if len(letters) == 4:  # one letter, written as four hexadecimal digits
            forms.setdefault(chr(int(letters, 16)), {})[kind.strip("<>")] = chr(code + SHAPED)
    for ligature in _LAM_ALEF.values():
        forms[chr(ligature + SHAPED)] = {"final": chr(ligature + SHAPED + 1)}
    # The stroke that lengthens a word joins on both sides and looks the same everywhere.
    forms["\u0640"] = dict.fromkeys(("initial", "medial", "final"), "\u0640")
    return forms


def _shape(text: str) -> str:
    for alef, ligature in _LAM_ALEF.items():
        text = text.replace("\u0644" + alef, chr(ligature + SHAPED))
    forms = _forms()
    if forms.keys().isdisjoint(text):
        return text
    return "".join(_form(text, at, forms) for at in range(len(text)))


def _form(text: str, at: int, forms: dict[str, dict[str, str]]) -> str:
    own = forms.get(text[at])
    if own is None:
        return text[at]
    before = "final" in own and "initial" in forms.get(_neighbour(text, at, -1), ())
    after = "initial" in own and "final" in forms.get(_neighbour(text, at, 1), ())
    kind = {(True, True): "medial", (True, False): "final", (False, True): "initial"}
    return own.get(kind.get((before, after), "isolated"), text[at])


def _neighbour(text: str, at: int, step: int) -> str:
    """The next letter in one direction; marks above and below do not part letters."""
    at += step
    while 0 <= at < len(text) and unicodedata.combining(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""
