"""Bulk sends of many expenses, and what others notice of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from mockfindity import Findity

from .books import EXPENSES, FORMATS, Books
from .company import Company
from .load import Effort, median
from .rows import Row, at_least, at_most
from .servers import running
from .watching import Watch, watching


def sends(effort: Effort) -> Iterator[Row]:
    """Each of the formats: how many expenses a second, and how long others wait."""
    with running() as ours:
        books, other = Books(ours.url), Company(Findity.at(ours.url))
        for kind in FORMATS:
            rate = median([_rate(books, kind) for _ in range(effort.rounds)])
            yield at_least(f"bulk send, {kind}", rate, 25_000, "expenses/s")
            with watching(other) as watch:
                for _ in range(effort.rounds):
                    _watched(books, kind, watch)
            longest = max(watch.p99s(kind))
            told = f"the worst of {effort.rounds}: {longest:.1f} ms"
            yield at_most(
                f"others meanwhile, {kind}, p99", median(watch.p99s(kind)), 50, "ms", told
            )


def _rate(books: Books, kind: str) -> float:
    with books.fork(kind) as findity:
        here = findity.here
        began = time.monotonic()
        here.bulk_send()
        return EXPENSES / (time.monotonic() - began)


def _watched(books: Books, kind: str, watch: Watch) -> None:
    with books.fork(kind) as findity:
        here = findity.here
        with watch.span(kind):
            here.bulk_send()
