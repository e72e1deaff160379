"""Answers that are kept as bytes for as long as the table that they are made of stays the same.

Nothing has to be thrown away when something is written: a table has another stamp then, so that
what was kept for the last one is not found again, and goes when there is no more room.
"""

from __future__ import annotations

from typing import Any

from .call import Kept
from .jsons import encode

MOST_BYTES = 32 * 1024 * 1024


class KeptAnswers:
    """The answers of one server."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._bytes: dict[tuple[object, ...], bytes] = {}
        self._most, self._size = most_bytes, 0

    def bytes_of(self, operation: str, kept: Kept[Any]) -> bytes:
        """An answer of an operation as JSON, made where it is not kept yet."""
        key = (kept.table.stamp, operation, kept.key)
        found = self._bytes.get(key)
        if found is None:
            found = encode(kept.make())
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[object, ...], found: bytes) -> None:
        if self._size + len(found) > self._most:
            self._bytes.clear()
            self._size = 0
        if len(found) <= self._most:
            self._bytes[key] = found
            self._size += len(found)
