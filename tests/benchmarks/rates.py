"""Requests a second, beside the bare server's in the same run, which answers as many bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from mockfindity import Findity

from .company import Company
from .load import Asked, Effort, Measured, in_turns, load, median
from .rows import Row, at_least, at_most
from .servers import BARE, running

STORED = 200_000
VOUCHERS = 5
UPDATE = f"PUT updatestatus of {VOUCHERS} vouchers"
"""*Again* is the same body each time, *new* says something else of each voucher, which writes a
dozen records; what that must reach is our own."""

REST = 4
"""Milliseconds that a connection rests where half of the reached rate is asked for."""


@dataclass(frozen=True)
class Kind:
    """A kind of request: what is asked of us, what of the bare server, and what must be reached."""

    name: str
    ours: Asked
    bare: Asked
    bound: float


def rates(effort: Effort) -> Iterator[Row]:
    """Each kind of request beside the bare server."""
    with running(BARE) as bare, running() as ours:
        for kind in kinds(Company(Findity.at(ours.url))):
            ratio, told = in_turns(
                partial(load, ours.url, [kind.ours], effort.seconds),
                partial(load, bare.url, [kind.bare], effort.seconds),
                effort.rounds,
            )
            yield at_least(kind.name, ratio, kind.bound, "of bare", told)


def kinds(company: Company) -> list[Kind]:
    """The requests, those of the bare server with bodies and answers as long."""
    first, token = company.with_accounts(100)[0], company.token
    one, many = company.get_one(first), company.get_list()
    post = company.post_one()
    again = company.put_status(VOUCHERS, "No account 9999 in the ledger")
    new = company.put_status(VOUCHERS)
    paths = (one.path, many.path, new.path.removesuffix("/updatestatus"))
    small, large, export = (f"/{company.size(path)}" for path in paths)
    return [
        Kind("GET one account", one, Asked("GET", small, token), 0.65),
        Kind("GET a list of 100 accounts", many, Asked("GET", large, token), 0.55),
        Kind("POST an account", post, Asked("POST", small, token, post.body), 0.30),
        Kind(f"{UPDATE}, again", again, Asked("POST", export, token, again.body), 0.25),
        Kind(f"{UPDATE}, new", new, Asked("POST", export, token, new.body), 0.17),
    ]


def half(effort: Effort) -> Iterator[Row]:
    """The 99th percentile at half of the reached rate. A connection rests for whole milliseconds,
    so there are as many as that rate takes."""
    with running() as ours:
        company = Company(Findity.at(ours.url))
        asked = [company.get_one(company.with_accounts(1)[0])]
        reached = load(ours.url, asked, effort.seconds).rate
        connections = max(1, round(reached / 2 * (REST + 0.5) / 1000))
        found = [
            load(ours.url, asked, effort.seconds, connections=connections, rest=REST)
            for _ in range(effort.rounds)
        ]
    middle = sorted(found, key=lambda one: one.p99)[len(found) // 2]
    told = f"{middle.rate:,.0f} a second, {middle.rate / reached:.2f} of the most"
    yield at_most("p99 at half of the reached rate", middle.p99, 5, "ms", told)


def growing(effort: Effort) -> Iterator[Row]:
    """The 99th percentile of POST while the store grows, second by second."""
    found: list[Measured] = []
    with running() as ours:
        asked = [Company(Findity.at(ours.url)).post_one()]
        while sum(one.asked for one in found) < STORED:
            found.append(load(ours.url, asked, effort.seconds))
        memory = ours.memory
    middle, longest = median([one.p99 for one in found]), max(one.longest for one in found)
    told = f"worst second {max(one.p99 for one in found):.1f} ms, longest {longest:.1f} ms"
    what = f"p99 of POST with a store that grows to {STORED:,}"
    yield at_most(what, middle, 15, "ms", f"{told}, then {memory:,.0f} MB")
