"""The first and the second download of a large package, and what others notice of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from mockfindity import Findity

from .books import EXPENSES, Books
from .company import Company
from .load import Effort, median
from .rows import Row, at_least, at_most
from .servers import running
from .watching import Watch, watching
from .wire import Connection, Download

FORMAT = "EXPENSE"
MORE = 10 * EXPENSES


class Pair(NamedTuple):
    """The first and the second download of one package."""

    first: Download
    second: Download


def downloads(effort: Effort) -> Iterator[Row]:
    """How fast they come, how soon they begin, whether they are the same, how long others wait."""
    with running() as ours:
        books = Books(ours.url)
        pairs = [_pair(books) for _ in range(effort.rounds)]
        other = Company(Findity.at(ours.url))
        with watching(other) as watch:
            for _ in range(effort.rounds):
                _pair(books, watch)
    yield from _rows("first", [pair.first for pair in pairs], 60, watch)
    yield from _rows("second", [pair.second for pair in pairs], 300, watch)
    same = sum(pair.first.body == pair.second.body for pair in pairs)
    yield at_least("downloads that are the same to the byte", same / len(pairs), 1)


def _rows(which: str, found: list[Download], bound: float, watch: Watch) -> Iterator[Row]:
    what, size = f"{which} download of {EXPENSES:,} expenses", len(found[0].body) / 1e6
    rate, first = median([one.rate for one in found]), median([one.first for one in found])
    yield at_least(what, rate, bound, "MB/s", f"{size:.1f} MB")
    yield at_most(f"{what}, first byte", first, 5, "ms")
    waited = watch.p99s(which)
    told = f"the worst of {len(waited)}: {max(waited):.1f} ms"
    yield at_most(f"{what}, others meanwhile, p99", median(waited), 10, "ms", told)


def _pair(books: Books, watch: Watch | None = None) -> Pair:
    with books.fork(FORMAT) as findity:
        export = findity.bulk_send()
        with closing(Connection(findity.url, findity.token())) as line:
            found, seen = [], watch or Watch()
            for which in ("first", "second"):
                with seen.span(which):
                    found.append(line.download(f"{export.path}/export"))
        return Pair(*found)


def many(effort: Effort) -> Iterator[Row]:
    """Ten times as many expenses: the time to send and download them, and the memory."""
    with running() as ours:
        books = Books(ours.url)
        few = median([_sent(books) for _ in range(effort.rounds)])
    with running() as ours:
        books = Books(ours.url, MORE)
        first, peak = _sent(books), ours.peak
        took = median([first, *(_sent(books) for _ in range(2))])
    told = f"{took:,.0f} of {few:,.0f} ms to send and download"
    yield at_most(f"{MORE:,} expenses", took / few, 12, f"of {EXPENSES:,}", told)
    yield at_most(f"{MORE:,} expenses, memory at the most", peak, 1000, "MB")


def _sent(books: Books) -> float:
    """Milliseconds that a bulk send and the first download take."""
    with books.fork(FORMAT) as findity:
        here = findity.here
        with closing(Connection(findity.url, findity.token())) as line:
            began = time.monotonic()
            export = here.bulk_send()
            line.download(f"{export.path}/export")
            return (time.monotonic() - began) * 1000
