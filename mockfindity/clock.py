"""The clock of a sandbox: real, moved, or frozen. It rules every timestamp and token."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import msgspec

from .errors import BadRequest

LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Real time plus ``offset`` seconds, or standing still at ``frozen`` (seconds since 1970)."""

    frozen: float | None = None
    offset: float = 0.0

    @property
    def mode(self) -> Literal["real", "frozen"]:
        return "real" if self.frozen is None else "frozen"

    def now(self) -> float:
        """Seconds since 1970 by this clock."""
        return time.time() + self.offset if self.frozen is None else self.frozen

    def stamp(self) -> str:
        """Now, as Findity writes it: ``YYYY-MM-DDTHH:MM:SSZ``."""
        return stamp(self.now())

    def advanced(self, seconds: float) -> Clock:
        """The clock moved forward; raises ``BadRequest`` past the year 9998."""
        if self.now() + seconds > LATEST:
            raise BadRequest(f"seconds: {seconds:g} would move the clock past the year 9998.")
        if self.frozen is None:
            return Clock(offset=self.offset + seconds)
        return Clock(frozen=self.frozen + seconds)


def stamp(seconds: float) -> str:
    """``seconds`` since 1970 as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return _stamp(int(seconds))


# Most of what happens, happens in the same second as what happened before.
@lru_cache(maxsize=16)
def _stamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def parsed(moment: str) -> float:
    """Seconds since 1970 of an ISO 8601 time; one without a zone is UTC.

    Raises ``BadRequest`` for anything else, and for years outside 1970 to 9998.
    """
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        found = None
    if found is None or not 1970 < found.year < 9999:
        raise BadRequest(
            f"now: an ISO 8601 time such as 2026-03-01T08:00:00Z was expected, got {moment!r}."
        )
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
