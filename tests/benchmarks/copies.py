"""What going back costs: reset, restore and fork beside ``copy.deepcopy`` of the same records.

    make bench-copies

Everything is measured in one run and one process, and told as medians and ratios of medians: how
fast the machine is does not matter then.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from mockfindity.domain.record import replace
from mockfindity.domain.reports import Report
from mockfindity.sandbox import Sandbox, fork
from mockfindity.sandboxes import Sandboxes

NOW = "2026-03-31T08:00:00Z"


def report(number: int) -> Report:
    return Report(
        id=f"{number:032x}",
        organization_id="organization",
        owner_id="anna",
        name=f"Trip {number}",
        status="NORMAL",
        date_created=NOW,
        last_updated=NOW,
    )


def sandbox(records: int) -> Sandbox:
    """A sandbox that was made with so many reports in it, and has a snapshot of them."""
    made = Sandboxes().default
    made.state.put(*map(report, range(records)))
    made.made = made.whole()
    made.snapshot("before")
    return made


def median(
    act: Callable[[], object], times: int, before: Callable[[], object] | None = None
) -> float:
    """Milliseconds that ``act`` takes; ``before`` is done before each, and not measured."""
    took = []
    for _ in range(times):
        if before is not None:
            before()
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def deep_copy(made: Sandbox) -> Callable[[], object]:
    """The records copied one by one, as they would have to be if they were not frozen."""
    records: dict[str, Any] = {n: dict(table.rows) for n, table in made.state.tables().items()}
    return lambda: copy.deepcopy(records)


def changes(made: Sandbox, count: int) -> Callable[[], None]:
    def change() -> None:
        for number in range(count):
            made.state.put(replace(report(number), name="Changed"))

    return change


def going_back(records: int, changed: int) -> list[tuple[str, float]]:
    """Each way back after some changes, and the deep copy they stand beside."""
    made = sandbox(records)
    before, change = made.find_snapshot("before"), changes(made, changed)
    return [
        (f"reset after {changed} changes", median(made.reset, 50, change)),
        (f"restore after {changed} changes", median(lambda: made.restore(before), 50, change)),
        ("fork", median(lambda: fork("fork", ("fork.key", "x"), before, None), 50)),
        ("snapshot", median(made.whole, 50)),
        ("copy.deepcopy", median(deep_copy(made), 3)),
    ]


def writes(records: int) -> list[tuple[str, float]]:
    """The first write after a copy, which copies what it writes to, and the ones that follow."""
    made = sandbox(records)
    numbers = iter(range(records, 10 * records))

    def write() -> None:
        made.state.put(report(next(numbers)))

    return [
        ("first write after a copy", median(write, 9, made.whole)),
        ("a write after it", median(write, 2000)),
    ]


def table(title: str, rows: list[tuple[str, float]]) -> list[str]:
    """Lines of milliseconds and how many times faster than the last line each is."""
    slowest = rows[-1][1]
    lines = [f"{name:32}{took:12.4f} ms{slowest / took:12,.0f} x" for name, took in rows]
    return [title, *lines, ""]


def main() -> None:
    fresh = median(lambda: Sandbox("a", 0, ("a.b", "c")), 200)
    lines = [f"{'a fresh sandbox':32}{fresh:12.4f} ms", ""]
    for records in (20_000, 100_000):
        lines += table(f"{records:,} records", going_back(records, 20))
    for records in (20_000, 200_000):
        lines += [f"{records:,} records"]
        lines += [f"{name:32}{took:12.4f} ms" for name, took in writes(records)] + [""]
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main()
