"""Many expenses, written and ready to be sent."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import get_args

from mockfindity import Findity
from mockfindity.domain.recipients import ListType
from mockfindity.stories import anything, country
from mockfindity.testing.running import RemoteServer

EXPENSES, PER_REPORT, EMPLOYEES = 10_000, 50, 100
FORMATS: tuple[str, ...] = get_args(ListType)
SWEDEN = country("sv_SE")


def write(findity: Findity, expenses: int) -> None:
    """Write so many expenses in reports of fifty, and hand those in."""
    rng = random.Random(0)
    findity.users(*(f"E{number}" for number in range(EMPLOYEES)))
    for number in range(expenses // PER_REPORT):
        day = date(2026, 1, 1) + timedelta(days=rng.randrange(80))
        lines = [anything(rng, SWEDEN, day) for _ in range(PER_REPORT)]
        findity.report(f"E{number % EMPLOYEES}", lines, name=f"Trip {number}").submit()


class Books:
    """A server's sandbox with so many expenses to send, of which each try gets a fork."""

    def __init__(self, url: str, expenses: int = EXPENSES) -> None:
        self.server = RemoteServer(url)
        self.source = self.server.sandbox("books")
        write(self.source, expenses)

    @contextmanager
    def fork(self, kind: str) -> Iterator[Findity]:
        """A fork of it that sends in this format, while the block runs."""
        made = self.server.sandbox(source=self.source.name)
        made.here.recipient(format=kind)
        yield made
        self.server.drop(made)
