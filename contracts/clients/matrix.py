"""The kit on trial: which client every rule catches, as a table of rules and clients.

    python matrix.py               each broken client by its own rule; the references and a client
                                   that does nothing by every rule
    python matrix.py --whole       every client by every rule; takes some minutes
    python matrix.py --stress 20   the references by every rule, 20 times, both cores busy
    python matrix.py --json        what was found, for tests

Ends with 1 where the kit failed: where a broken client is not caught by its own rule, or for
something else than it does, where a reference is accused, where a client that does nothing passes;
and where a rule has no broken client, or a broken client no rule.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import trial
from breaking import broken

from mockfindity.kit.judging import Listed, listed
from mockfindity.kit.plugin import KEY
from mockfindity.kit.starting import nothing_left
from mockfindity.kit.suite import suite
from mockfindity.kit.verdict import Verdict, verdict_of

SIGNS = {"passed": "✓", "violated": "✗", "not applicable": "·", "error": "!"}
WIDTH = 13


class Cell(NamedTuple):
    """What a rule said of a client."""

    client: str
    verdict: Verdict


class Heard:
    """Collects the cells of a run."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.troubles: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for key, value in report.user_properties:
            if key == KEY and isinstance(value, dict):
                name = report.nodeid.rpartition("[")[2].rstrip("]")
                self.cells.append(Cell(name, verdict_of(value)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.troubles.append(str(report.longrepr))

    def pytest_internalerror(self, excrepr: object) -> None:
        self.troubles.append(str(excrepr))


def tried(
    rules: Iterable[Listed], clients: Iterable[str], *, whole: bool = False, workers: int = 2
) -> list[Cell]:
    """Ask rules of clients. Raises ``RuntimeError`` where that did not come to its end."""
    heard = Heard()
    os.environ[trial.VARIABLE] = json.dumps({"clients": list(clients), "whole": whole})
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    arguments = [
        *("-c", os.devnull, "--rootdir", str(suite()), "--noconftest", "--import-mode=importlib"),
        *("--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:terminal"),
        *("-p", "mockfindity.kit.plugin", "-p", "trial"),
        *(("-p", "xdist.plugin", "-n", str(workers)) if workers > 1 else ()),
        *(one.test for one in rules),
    ]
    with nothing_left():
        code = int(pytest.main(arguments, plugins=[heard]))
    if heard.troubles or code > 1:
        raise RuntimeError(f"pytest ended with {code}: {''.join(heard.troubles[:1])}")
    return heard.cells


def failures(rules: Sequence[Listed], cells: Sequence[Cell]) -> list[str]:
    """Where the kit failed."""
    ids = {one.rule.id for one in rules}
    known = {one.rule for one in broken().values()}
    found = [f"{rule}: no client breaks it" for rule in sorted(ids - known)]
    found += [
        f"{rule}: a client breaks it, and there is no such rule" for rule in sorted(known - ids)
    ]
    for client, verdict in cells:
        rule, outcome = verdict.rule.id, verdict.outcome
        if outcome == "error":
            found.append(f"{rule} failed by itself with {client}: {verdict.what}")
        elif client in trial.REFERENCES and outcome == "violated":
            found.append(f"{rule} accuses the reference {client}: {verdict.what}")
        elif client in trial.IDLE and outcome == "passed":
            found.append(f"{rule} is passed by {client}, which does nothing")
        elif client in broken() and broken()[client].rule == rule:
            found += _escaped(client, verdict)
    return found + _never_asked(ids, cells)


def _escaped(client: str, verdict: Verdict) -> list[str]:
    """What is wrong where a broken client met its own rule."""
    one = broken()[client]
    if verdict.outcome != "violated":
        return [f"{one.rule} does not catch {one.kind.__name__}: {verdict.outcome}"]
    if one.seen not in verdict.what:
        return [f"{one.rule} catches {one.kind.__name__} for something else: {verdict.what}"]
    return []


def _never_asked(ids: set[str], cells: Sequence[Cell]) -> list[str]:
    """The rules that no reference was asked, where nobody knows whether they accuse rightly; and
    the broken clients of these rules that were not asked themselves."""
    kept = {c.verdict.rule.id for c in cells if c.client in trial.REFERENCES and _judged(c)}
    asked = {c.verdict.rule.id for c in cells if c.client in trial.REFERENCES}
    tried = {cell.client for cell in cells}
    left = [name for name, one in broken().items() if one.rule in asked and name not in tried]
    found = [f"{rule} is asked of no reference" for rule in sorted((ids & asked) - kept)]
    return found + [f"{name} is asked nothing" for name in left]


def _judged(cell: Cell) -> bool:
    return cell.verdict.outcome != "not applicable"


def table(rules: Sequence[Listed], cells: Sequence[Cell]) -> Iterator[str]:
    """The lines of the table: a rule each, with what it said of the clients; the second client
    that breaks it, and so on, have lines of their own."""
    said = {(cell.verdict.rule.id, cell.client): cell.verdict.outcome for cell in cells}
    others = [*trial.REFERENCES, *trial.IDLE]
    heads = "".join(f"{name:<{WIDTH}}" for name in others)
    is_whole = any(broken()[c].rule != v.rule.id for c, v in cells if c in broken())
    yield f"{'':<9}{heads}{'its own':<{WIDTH + 18}}{'also catches' * is_whole}".rstrip()
    for one in rules:
        rule = one.rule.id
        signs = "".join(f"{SIGNS.get(said.get((rule, n), ''), ''):<{WIDTH}}" for n in others)
        own = [
            f"{SIGNS.get(said.get((rule, name), ''), '?')} {client.kind.__name__}"
            for name, client in broken().items()
            if client.rule == rule
        ] or ["? nobody"]
        more = [
            name
            for name, client in broken().items()
            if client.rule != rule and said.get((rule, name)) == "violated"
        ]
        yield f"{rule:<9}{signs}{own[0]:<{WIDTH + 18}}{' '.join(more)}".rstrip()
        yield from (f"{'':<9}{'':<{WIDTH * len(others)}}{another}" for another in own[1:])


def _stress(rules: Sequence[Listed], rounds: int) -> int:
    """Ask the references everything, again and again, with both cores busy."""
    accused, seconds, asked = [], [], 0
    with _load():
        for number in range(1, rounds + 1):
            began = time.monotonic()
            cells = tried(rules, trial.REFERENCES, whole=True)
            seconds.append(time.monotonic() - began)
            found = [c for c in cells if c.verdict.outcome in ("violated", "error")]
            asked += sum(_judged(cell) for cell in cells)
            accused += found
            print(f"round {number}: {seconds[-1]:.1f} s, {len(found)} false alarms", flush=True)
            for client, verdict in found:
                print(f"  {verdict.rule.id} {client}: {verdict.what}", flush=True)
    print(
        f"{rounds} rounds, {asked} verdicts, {len(accused)} false alarms; a round took "
        f"{min(seconds):.1f} to {max(seconds):.1f} s, {statistics.median(seconds):.1f} s in the "
        f"middle, with {os.cpu_count()} cores and as many processes that only compute."
    )
    return 1 if accused else 0


@contextmanager
def _load() -> Iterator[None]:
    """Processes that compute, as many as there are cores."""
    busy = [
        multiprocessing.Process(target=_compute, daemon=True) for _ in range(os.cpu_count() or 1)
    ]
    for process in busy:
        process.start()
    try:
        yield
    finally:
        for process in busy:
            process.terminate()


def _compute() -> None:
    while True:
        sum(range(100_000))


def main() -> int:
    """Run it as a script; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--stress", type=int, metavar="ROUNDS")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", metavar="RULE", action="append", help="this rule; several")
    parser.add_argument("-n", type=int, default=2, metavar="WORKERS")
    given = parser.parse_args()
    everything = listed()
    rules = [one for one in everything if not given.only or one.rule.id in given.only]
    if given.stress:
        return _stress(rules, given.stress)
    began = time.monotonic()
    cells = tried(rules, trial.clients(), whole=given.whole, workers=given.n)
    wrong = failures(everything, cells)
    if given.json:
        lines = list(table(rules, cells))
        told = [(c, v.rule.id, v.outcome, v.what, v.seconds) for c, v in cells]
        found = {"failures": wrong, "table": lines, "cells": told}
        print(json.dumps(found))
        return 1 if wrong else 0
    print("\n".join(table(rules, cells)))
    print(f"\n{len(cells)} verdicts in {time.monotonic() - began:.1f} s.")
    print(
        "\n".join(wrong) or "Every broken client is caught by its own rule, no reference accused."
    )
    return 1 if wrong else 0


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Leaves the table above as it is."""


if __name__ == "__main__":
    sys.exit(main())
