"""Work that can stop in between: a generator that yields where others may have their turn, and
returns what came of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Slices: TypeAlias = Generator[None, None, T]


def whole(slices: Slices[T]) -> T:
    """What comes of it, done in one go."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: T = end.value
            return result
