"""Searching the journal for a text: literally, in capitals or not, in what is shown of an entry.

What is kept are bytes, so bytes are searched. Where an entry may have secrets, a hit counts only if
it is there in what is shown too, so that no search tells what was blotted out.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from ..journal import Entry, blotted, is_text, may_have_secrets, target


class Search:
    """A text to look for."""

    def __init__(self, text: str) -> None:
        self._small = text.lower().encode() if text.isascii() else None
        self._pattern = re.compile(b"".join(map(_either, text)), re.IGNORECASE)

    def finds(self, entry: Entry) -> bool:
        """Whether the path, the query, the body or the answer has it."""
        return (
            self._hits(entry.path.encode())
            or (bool(entry.query) and self._hits(unquote_plus(target(entry)).encode()))
            or self._is_in(entry.answer)
            or self._is_in(entry.body)
        )

    def _is_in(self, body: bytes) -> bool:
        if not self._hits(body):
            return False
        if may_have_secrets(body):
            return self._hits(blotted(body).encode())
        return is_text(body)

    def _hits(self, text: bytes) -> bool:
        if self._small is not None:  # five times as fast as the pattern
            return self._small in text.lower()
        return self._pattern.search(text) is not None


def _either(letter: str) -> bytes:
    """A pattern for a letter of any alphabet, small or capital."""
    if letter.isascii():
        return re.escape(letter.encode())
    ways = {letter, letter.lower(), letter.upper()}
    return b"(?:" + b"|".join(sorted(re.escape(way.encode()) for way in ways)) + b")"
