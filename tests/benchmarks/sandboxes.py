"""What a sandbox of one's own costs: fresh, forked, reset; in process and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count

from mockfindity.sandbox import Sandbox, fork
from mockfindity.testing.running import RemoteServer

from .company import Company
from .copies import changes, median, sandbox
from .load import Effort, load
from .rows import Row, at_most
from .servers import running
from .wire import Connection

RECORDS, MORE = 20_000, 100_000
CHANGED = 20
KEY = ("fork.key", "secret")


def sandboxes(effort: Effort) -> Iterator[Row]:
    """Rows of both."""
    times = 20 * effort.rounds
    yield from _in_process(times)
    with running() as ours:
        yield from _over_http(ours.url, times)


def _in_process(times: int) -> Iterator[Row]:
    made = sandbox(RECORDS)
    before = made.find_snapshot("before")
    fresh = median(lambda: Sandbox("fresh", 0, KEY), times)
    forked = median(lambda: fork("fork", KEY, before, None), times)
    yield at_most("a fresh sandbox", fresh, 0.2, "ms")
    yield at_most(f"a fork of {RECORDS:,} records", forked, 1, "ms")
    for records in (RECORDS, MORE):
        made = sandbox(records)
        back = median(made.reset, times, changes(made, CHANGED))
        yield at_most(f"reset after {CHANGED} changes to {records:,} records", back, 1, "ms")


def _over_http(url: str, times: int) -> Iterator[Row]:
    server = RemoteServer(url)
    large = Company(server.sandbox("large"))
    while (missing := RECORDS - large.count()) > 0:
        load(url, [large.post_one()], 1 + missing // 50_000)
    begun = Company(server.sandbox("begun", source="large"))

    def change() -> None:
        for number in range(CHANGED):
            body = {"name": "Changed", "number": f"C{number}"}
            begun.findity.api("POST", begun.accounts, body)

    names, every = (f"s{number}" for number in count()), "/_mockfindity/sandboxes"
    with closing(Connection(url)) as line:
        fresh = median(lambda: line.ask("POST", every, {"name": next(names)}), times)
        like = {"from": "large"}
        forked = median(lambda: line.ask("POST", every, {"name": next(names)} | like), times)
        back = median(lambda: line.ask("POST", f"{every}/begun/reset"), times // 4, change)
    yield at_most("a fresh sandbox, over HTTP", fresh, 2, "ms")
    yield at_most(f"a fork of {RECORDS:,} records, over HTTP", forked, 2, "ms")
    yield at_most(f"reset of {RECORDS:,} records, over HTTP", back, 2, "ms")
