"""Measure everything, beside bare servers in the same run.

    make bench [ARGS='--only rates --only start']
    make bench-short [ARGS=--expect]

Ends with 1 where something is not met, or in the short form where it fell far from what was
reached before; with 2 where it could not be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator

from . import expected, machine
from .crowd import crowd
from .docs import write
from .downloads import downloads, many
from .in_process import in_process
from .journal import journal
from .load import Effort, LoadError
from .pdfs import pdfs
from .program import ended, say, with_files
from .rates import growing, half, rates
from .rows import Row, ratios, shown, table
from .sandboxes import sandboxes
from .sends import sends
from .servers import CLIENT_CORE
from .starts import commands, fixture, start
from .webhooks import webhooks

GROUPS: dict[str, Callable[[Effort], Iterator[Row]]] = {
    "rates": rates,
    "half": half,
    "crowd": crowd,
    "growing": growing,
    "start": start,
    "commands": commands,
    "fixture": fixture,
    "sandboxes": sandboxes,
    "sends": sends,
    "downloads": downloads,
    "many": many,
    "pdfs": pdfs,
    "webhooks": webhooks,
    "in-process": in_process,
    "journal": journal,
}
FULL, SHORT = Effort(seconds=1, rounds=7), Effort(seconds=1, rounds=2)
IN_SHORT = ("rates", "start")


def main() -> int:
    options = parser().parse_args()
    if shutil.which("wrk") is None or shutil.which("taskset") is None:
        say("wrk and taskset are needed; on Debian and Ubuntu: apt install wrk util-linux")
        return 2
    os.environ.pop("PYTHONPATH", None)  # it is for this program, not for those that it measures
    os.sched_setaffinity(0, {CLIENT_CORE})
    effort, names = (SHORT, IN_SHORT) if options.short else (FULL, tuple(GROUPS))
    try:
        rows = list(measured(options.only or names, effort))
    except LoadError as error:
        say(str(error))
        return 2
    return told(rows, options)


def measured(names: Iterable[str], effort: Effort) -> Iterator[Row]:
    """The rows of these groups, each told as it comes."""
    for name in names:
        say(name)
        for row in GROUPS[name](effort):
            met = "met   " if row.is_met else "MISSED"
            say(f"  {met} {row.what}: {shown(row.value)} {row.unit}, {row.needed}  {row.told}")
            yield row


def told(rows: list[Row], options: argparse.Namespace) -> int:
    """Print the table, write what is to be written; 1 where something fell short, or else 0."""
    sys.stdout.write(f"{machine.today()}, {machine.machine()}\n\n{table(rows)}\n")
    if options.json:
        options.json.write_text(json.dumps(document(rows), indent=2, ensure_ascii=False) + "\n")
    if options.docs:
        write(options.docs, "bench", ratios(rows))
    if not options.short:
        return 0 if all(row.is_met for row in rows) else 1
    if options.expect:
        expected.write(rows)
        return 0
    fallen = expected.fallen(rows)
    for one in fallen:
        say(one)
    return 1 if fallen else 0


def document(rows: Iterable[Row]) -> dict[str, object]:
    """All that is known about a run, for JSON."""
    return {
        "date": machine.today(),
        "machine": machine.machine(),
        "versions": machine.versions(),
        "rows": [row.as_data() for row in rows],
    }


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join(GROUPS)
    parser.add_argument("--only", action="append", choices=GROUPS, metavar="NAME", help=names)
    parser.add_argument("--short", action="store_true", help="seconds, beside expected.json")
    parser.add_argument("--expect", action="store_true", help="with --short: write expected.json")
    return with_files(parser)


if __name__ == "__main__":
    sys.exit(ended(main))
