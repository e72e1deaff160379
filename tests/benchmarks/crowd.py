"""Many large sandboxes, forks of one, beside the small one in turns.

The small one is asked for as many different things, so that wrk has the same work with both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mockfindity import Findity
from mockfindity.testing.running import RemoteServer

from .company import Company
from .load import Asked, Effort, in_turns, load
from .rates import VOUCHERS
from .rows import Row, at_least
from .servers import running

SANDBOXES, ORGANIZATIONS, ACCOUNTS = 100, 10, 1000


def crowd(effort: Effort) -> Iterator[Row]:
    """Each kind of request, asked of every fork in turn."""
    with running() as ours:
        small = Company(Findity.at(ours.url))
        for name, alone, together in _cases(small, forks(RemoteServer(ours.url))):
            ratio, told = in_turns(
                partial(load, ours.url, together, effort.seconds),
                partial(load, ours.url, alone, effort.seconds),
                effort.rounds,
            )
            what = f"{name} in {SANDBOXES} sandboxes of {ORGANIZATIONS} × {ACCOUNTS:,} accounts"
            yield at_least(what, ratio, 0.9, "of one small", told)


def _cases(small: Company, many: list[Company]) -> Iterator[tuple[str, list[Asked], list[Asked]]]:
    accounts = small.with_accounts(len(many))[: len(many)]
    last = many[0].known[-1]
    one_each = [small.get_one(account) for account in accounts]
    yield "GET one account", one_each, [one.get_one(last) for one in many]
    yield "GET a list", [small.get_list()] * len(many), [one.get_list() for one in many]
    posts = [small.post_one() for _ in many]
    yield "POST an account", posts, [one.post_one() for one in many]
    puts = [small.put_status(VOUCHERS)] * len(many)
    yield "PUT updatestatus", puts, [one.put_status(VOUCHERS) for one in many]


def forks(server: RemoteServer) -> list[Company]:
    """Companies in forks of a large sandbox, each signed in."""
    large = server.sandbox("large")
    company = Company(large, "COMPANY-0")
    company.with_accounts(ACCOUNTS)
    for number in range(1, ORGANIZATIONS):
        like = {"templateOrganizationId": company.organization.id}
        large.organization(f"COMPANY-{number}", template=None, settings=like)
    made = (server.sandbox(f"fork-{number}", source="large") for number in range(SANDBOXES))
    return [Company(findity, "COMPANY-5") for findity in made]
