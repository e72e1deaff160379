"""What ``mockfindity verify`` prints: findings under their requests, and a line that sums up."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from ..verify import Finding, Report
from .output import many, printable

COLOURS = {"difference": "red", "guess": "yellow", "extra": "cyan"}
TITLES = {
    "difference": "difference",
    "guess": "our guess differs",
    "extra": "unknown field",
}
FIELDS = ("expected", "found", "source")
LABEL = 10
MOST = 50
"""Findings of one request that are printed."""


def data_of(report: Report) -> dict[str, Any]:
    """The report as data: how many findings there are of each kind, and all of them."""
    kinds = ("difference", "guess", "extra", "skipped")
    return {
        "requests": report.requests,
        "operations": report.operations,
        "counts": {kind: len(report.of(kind)) for kind in kinds},
        "findings": [finding._asdict() for finding in report.findings],
        "left": report.left,
        "trouble": report.trouble,
    }


def print_report(report: Report, url: str, *, wrote: bool) -> None:
    """The report for people: nothing is cut, and on a terminal it is wrapped to the window."""
    how = "reading and writing" if wrote else "only reading"
    asked = f"{many(report.requests, 'request')} of {many(len(report.operations), 'operation')}"
    held = f"Held {printable(url)} against the contracts: {asked}, {how}."
    click.echo("\n".join((*_wrapped(held, "", ""), "")))
    told = [finding for finding in report.findings if finding.kind in TITLES]
    told.sort(key=lambda finding: list(TITLES).index(finding.kind))
    order = {(f.operation, f.request): None for f in told}
    for operation, request in order:
        same = [f for f in told if (f.operation, f.request) == (operation, request)]
        _print_request(operation, request, same)
    _print_skipped(report.of("skipped"))
    _print_sum(report)


def _print_request(operation: str, request: str, findings: list[Finding]) -> None:
    click.echo("\n".join(_wrapped(f"{request}  ({operation})", "", "    ")))
    for one in findings[:MOST]:
        title = _coloured(TITLES[one.kind], COLOURS[one.kind])
        times = f", {one.times} times" if one.times > 1 else ""
        click.echo(f"  {title}: {printable(one.where)}{times}")
        for name in FIELDS:
            text = printable(getattr(one, name))
            first, rest = f"    {name.ljust(LABEL)}", " " * (4 + LABEL)
            click.echo("\n".join(_wrapped(text, first, rest)))
    if len(findings) > MOST:
        click.echo(f"  and {len(findings) - MOST} more, which --json prints")
    click.echo()


def _coloured(text: str, colour: str) -> str:
    """``text`` in a colour, unless nobody wants any (https://no-color.org)."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def _print_skipped(skipped: list[Finding]) -> None:
    if not skipped:
        return
    click.echo("Not tried:")
    for why, same in itertools.groupby(skipped, lambda finding: finding.found):
        names = ", ".join(dict.fromkeys(finding.operation for finding in same))
        click.echo("\n".join(_wrapped(f"{names}: {printable(why)}", "  ", "    ")))
    click.echo()


def _print_sum(report: Report) -> None:
    wrong = {finding.operation for finding in report.of("difference")}
    fine = [operation for operation in report.operations if operation not in wrong]
    guesses = len(report.of("guess"))
    click.echo(
        f"{many(len(report.of('difference')), 'difference')}, "
        f"{guesses} of our guesses {'differs' if guesses == 1 else 'differ'}, "
        f"{many(len(report.of('extra')), 'unknown field')}."
    )
    click.echo(f"{len(fine)} of {many(len(report.operations), 'operation')} as documented.")


def _wrapped(text: str, first: str, rest: str) -> Iterator[str]:
    """``text`` in lines as wide as the terminal; in one, where the output is piped."""
    if not sys.stdout.isatty():
        yield first + text
        return
    width = max(40, shutil.get_terminal_size().columns)
    yield from textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first]
