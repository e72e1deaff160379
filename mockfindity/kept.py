"""Answers that are kept as bytes for as long as the table that they are made of stays the same.

Nothing has to be thrown away when something is written: a table has another stamp then, so that
what was kept for the last one is not found again, and goes when there is no more room.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from .answer import JSON, PIECE, Answer, InPieces
from .call import Kept, Large
from .jsons import encode
from .recent import BySize

MOST_BYTES = 32 * 1024 * 1024


class KeptAnswers:
    """The answers of one server."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._bytes: BySize[tuple[object, ...], bytes] = BySize(most_bytes)
        self._pieces: BySize[tuple[object, ...], tuple[bytes, ...]] = BySize(most_bytes)
        self._most = most_bytes

    def answer(self, operation: str, status: int, made: Kept[Any] | Large[Any]) -> Answer:
        """The answer of an operation as JSON, made where it is not kept yet."""
        if isinstance(made, Large):
            return self._large(operation, status, made)
        key = (made.table.stamp, operation, made.key)
        found = self._bytes.get(key)
        if found is None:
            found = encode(made.make())
            self._bytes.keep(key, found, len(found))
        return Answer(status, found, JSON)

    def _large(self, operation: str, status: int, made: Large[Any]) -> Answer:
        """Whole, where it is kept or turns out to be small, or else in pieces."""
        key = (operation, made.key)
        kept = self._pieces.get(key)
        if kept is not None:
            return InPieces(status, iter(kept), sum(map(len, kept)))
        pieces = self._keeping(key, gathered(made.pieces()))
        first = next(pieces)
        if len(first) < PIECE:
            return Answer(status, first, JSON)
        return InPieces(status, itertools.chain([first], pieces))

    def _keeping(self, key: tuple[object, ...], pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Pieces as they come; once all of them were asked for, they are kept, if there is room."""
        found: list[bytes] = []
        size = 0
        for piece in pieces:
            size += len(piece)
            if size <= self._most:
                found.append(piece)
            else:
                found.clear()
            yield piece
        if size > PIECE:
            self._pieces.keep(key, tuple(found), size)


def gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Small pieces put together, such that none but the last is smaller than ``PIECE``."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    yield b"".join(waiting)
