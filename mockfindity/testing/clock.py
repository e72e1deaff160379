"""The clock of a sandbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from .line import is_refusal

if TYPE_CHECKING:
    from .findity import Findity

__tracebackhide__ = is_refusal


class Clock:
    """What time it is in the sandbox: tokens expire and dates are given by it."""

    def __init__(self, findity: Findity) -> None:
        self._findity = findity

    @property
    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.fromisoformat(self._findity.control("GET", "/clock")["now"])

    def freeze(self, at: datetime | str | None = None) -> None:
        """Stop the clock, at a time (UTC, if it has no zone) or where it is."""
        if isinstance(at, datetime):
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
        self._findity.control("PUT", "/clock", {"mode": "frozen"} if at is None else {"now": at})

    def advance(self, by: timedelta | float) -> None:
        """Move the clock forward, by a ``timedelta`` or by seconds."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        self._findity.control("POST", "/clock/advance", {"seconds": seconds})

    def go(self) -> None:
        """Let the clock go by the wall again."""
        self._findity.control("PUT", "/clock", {"mode": "real"})
