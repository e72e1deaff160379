"""What was worked out lately, for those who ask the same again and again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(dict[K, V]):
    """Answers by what was asked. Where there is no room for another, all of them go: what is asked
    often is soon there again, and nothing has to be counted."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, asked: K, answer: V) -> V:
        """Keep an answer, and give it."""
        if len(self) >= self._most:
            self.clear()
        self[asked] = answer
        return answer


class BySize(dict[K, V]):
    """Answers by what was asked, up to so many bytes. Where there is no room, all of them go; what
    is larger than that is not kept."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._size = most, 0

    def keep(self, asked: K, answer: V, size: int) -> None:
        """Keep an answer of this size."""
        if size > self._most:
            return
        if self._size + size > self._most:
            self.clear()
            self._size = 0
        self[asked] = answer
        self._size += size
