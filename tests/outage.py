"""A server of a fleet is killed and comes back: whose sandboxes were away, and what was lost.

    python tests/outage.py --sandboxes 100

Three servers behind the balancer of ``docs/team``. An export is made, downloaded and booked in each
sandbox by many clients at once. Then all go on reading, signing in and writing, in sweeps over all
sandboxes, while one server is ended with SIGKILL and started again. Exit code 1 if a sandbox of
another server was not answered, or anything that was acknowledged is gone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from fleets import SERVERS, Fleet, fleet
from members import Member

KILLED = "two"
GOOD = {200, 201}
PATIENCE = 60
"""Seconds that the outage may take, so that this ends whatever happens."""


class Outcome(NamedTuple):
    """What was seen. Times in seconds; ``wrong`` and ``lost`` say what should not be."""

    homes: Counter[str]
    exports: float
    requests: int
    seconds: float
    away: float
    elsewhere: int
    statuses: dict[str, Counter[int | None]]
    wrong: list[str]
    lost: list[str]

    @property
    def is_good(self) -> bool:
        return not (self.wrong or self.lost)


class Outage:
    """The play: its members, and the pool of threads that they ask from."""

    def __init__(self, team: Fleet, pool: ThreadPoolExecutor, members: list[Member]) -> None:
        self.team, self.pool, self.members = team, pool, members
        self.theirs = [member for member in members if member.home == KILLED]
        self.others = [member for member in members if member.home != KILLED]
        self.until = time.perf_counter() + PATIENCE
        self.killed = self.back = 0.0

    def begin_sweep(self) -> list[Future[None]]:
        """Let every member send one request."""
        assert time.perf_counter() < self.until, "the server did not come back"
        return [self.pool.submit(member.step) for member in self.members]

    def sweep(self) -> None:
        for future in self.begin_sweep():
            future.result()

    def play(self) -> None:
        """Kill the server in a sweep, and start it again once all of its sandboxes were missed."""
        self.sweep()
        under_way = self.begin_sweep()
        self.team.kill(KILLED)
        self.killed = time.perf_counter()
        for future in under_way:
            future.result()
        while not all(503 in member.since(self.killed) for member in self.theirs):
            self.sweep()
        missed = time.perf_counter()
        starting = self.pool.submit(self.team.start, KILLED)
        while not starting.done() or any(m.replies[-1].status == 503 for m in self.theirs):
            self.sweep()
        starting.result()
        self.back = min(
            reply.at
            for member in self.theirs
            for reply in member.replies
            if reply.at > missed and reply.status in GOOD
        )
        for _ in range(3):
            self.sweep()

    def elsewhere(self) -> int:
        """How many requests others were answered while the server was away."""
        times = [reply.at for member in self.others for reply in member.replies]
        return sum(self.killed < moment < self.back for moment in times)

    def wrong(self) -> Iterator[str]:
        """Answers that should have been others."""
        for member in self.members:
            found = {reply.status for reply in member.replies} - GOOD
            found -= {503, None} if member in self.theirs else set()
            if found:
                yield f"{member.findity.name} at {member.home}: {found}"
            if member.replies[-1].status not in GOOD:
                yield f"{member.findity.name} at {member.home} is still away"

    def statuses(self) -> dict[str, Counter[int | None]]:
        return {
            home: Counter(r.status for m in self.members if m.home == home for r in m.replies)
            for home in SERVERS
        }


def play(team: Fleet, sandboxes: int, clients: int) -> Outcome:
    """Make the sandboxes, do an export in each, and play the outage; so many clients at once."""
    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        names = [f"member-{number}" for number in range(sandboxes)]
        members = list(pool.map(lambda name: Member(team, name), names))
        list(pool.map(Member.work, members))
        worked = time.perf_counter()
        outage = Outage(team, pool, members)
        outage.play()
        ended = time.perf_counter()
        requests = sum(member.answered for member in members)
        lost = [gone for found in pool.map(lambda m: list(m.lost()), members) for gone in found]
    return Outcome(
        homes=Counter(member.home for member in members),
        exports=worked - began,
        requests=requests,
        seconds=ended - began,
        away=outage.back - outage.killed,
        elsewhere=outage.elsewhere(),
        statuses=outage.statuses(),
        wrong=list(outage.wrong()),
        lost=lost,
    )


def told(outcome: Outcome) -> str:
    """The figures of an outcome, to be read."""
    lines = [
        f"{outcome.homes.total()} sandboxes; an export booked in each: {outcome.exports:.1f} s",
        f"{outcome.requests} requests, {outcome.requests / outcome.seconds:.0f} a second",
        f"{KILLED} was away for {outcome.away:.2f} s; answered meanwhile elsewhere: "
        + str(outcome.elsewhere),
    ]
    for home, counts in outcome.statuses.items():
        shown = ", ".join(f"{n} × {status or 'cut off'}" for status, n in counts.most_common())
        lines.append(f"{home}: {outcome.homes[home]} sandboxes; from the outage on {shown}")
    lines.append(f"answered wrongly: {len(outcome.wrong)}; lost: {len(outcome.lost)}")
    return "\n  ".join([*lines, *outcome.wrong[:20], *outcome.lost[:20]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sandboxes", type=int, default=100)
    parser.add_argument("--clients", type=int, default=32)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, fleet(Path(folder)) as team:
        outcome = play(team, given.sandboxes, given.clients)
    sys.stdout.write(told(outcome) + "\n")
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
