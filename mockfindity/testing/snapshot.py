"""A snapshot of a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .line import is_refusal

if TYPE_CHECKING:
    from .findity import Findity

__tracebackhide__ = is_refusal


class Snapshot:
    """What a sandbox was when it was taken: records, keys, tokens, clock and settings."""

    def __init__(self, findity: Findity, name: str) -> None:
        self._findity, self.name = findity, name

    def restore(self) -> None:
        """Go back to it."""
        self._findity.restore(self.name)
