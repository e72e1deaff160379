"""How far something is: a bar on a terminal, lines on stderr otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..scenario_files import Tell
from .output import printable


@contextmanager
def progress() -> Iterator[Tell]:
    """Something to tell how far it is; ``tell(done, total, what)``."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, what: bar.update(
            task, completed=done, total=total, description=escape(printable(what))
        )


class _Lines:
    """A line for every step; of long ones about one for every percent."""

    def __init__(self) -> None:
        self.last = (0, -1)

    def __call__(self, done: int, total: int, what: str) -> None:
        percent = 100 * done // max(total, 1)
        if total > 100 and (total, percent) == self.last:
            return
        self.last = (total, percent)
        width = len(str(total))
        click.echo(f"{done:{width}}/{total} {printable(what)}", err=True)
