"""The memory of a server under full load, which its journal must not let grow."""

from __future__ import annotations

from collections.abc import Iterator

from mockfindity import Findity

from .company import Company
from .load import Effort, load
from .rows import Row, at_most
from .servers import running

HALF = 30
"""Seconds, twice."""


def journal(effort: Effort) -> Iterator[Row]:
    """What a minute of requests that keep nothing leaves behind, but for the journal: from half of
    it to its end. The lists among them are what fills a journal."""
    with running() as ours:
        company = Company(Findity.at(ours.url))
        first = company.with_accounts(100)[0]
        asked = [company.get_one(first), company.get_list(), company.put_one(first)]
        begun = ours.memory
        seconds = HALF * effort.seconds
        made = load(ours.url, asked, seconds).asked
        half = ours.memory
        made += load(ours.url, asked, seconds).asked
        told = f"{begun:.0f}, {half:.0f}, {ours.memory:.0f} MB over {made:,} requests"
        what = "memory that the second half of a minute of full load adds"
        yield at_most(what, ours.memory - half, 16, "MB", told)
