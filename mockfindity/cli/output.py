"""What commands print: JSON for scripts, tables for people.

On a terminal a table fits the window, its words whole; anywhere else nothing is cut or wrapped, so
that ``grep`` and ``awk`` find names in full. What a client sent may hold what a terminal would
obey: whatever is not printable is shown as Python would write it.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import click

from .folding import folded, longest_word


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2, default=float))


def print_json_line(data: Any) -> None:
    """One document a line, for those that come one after the other."""
    click.echo(json.dumps(data, default=float))


def printable(text: object) -> str:
    """A text that is one line and that no terminal obeys."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in str(text)
    )


def many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[str] = (),
    last_is_total: bool = False,
) -> None:
    """Rows under their headings; the columns in ``right`` are set to the right."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        _print_plain(headings, cells, right)
    elif _is_room(headings, cells):
        _print_rich(headings, cells, right, last_is_total)
    else:
        _print_folded(headings, cells, right)


def _columns(headings: Sequence[str], rows: list[list[str]]) -> list[tuple[str, ...]]:
    return list(zip(headings, *rows, strict=True))


def _window() -> int:
    return shutil.get_terminal_size().columns


def _is_room(headings: Sequence[str], rows: list[list[str]]) -> bool:
    """Whether the columns stand beside each other without a word being broken."""
    columns = _columns(headings, rows)
    least = sum(max(map(longest_word, column)) for column in columns)
    return least + len(columns) - 1 <= _window()


def _print_plain(headings: Sequence[str], rows: list[list[str]], right: Sequence[str]) -> None:
    widths = [max(map(len, column)) for column in _columns(headings, rows)]
    for row in (headings, *rows):
        line = (
            cell.rjust(width) if heading in right else cell.ljust(width)
            for heading, cell, width in zip(headings, row, widths, strict=True)
        )
        click.echo("  ".join(line).rstrip())


def _print_folded(headings: Sequence[str], rows: list[list[str]], right: Sequence[str]) -> None:
    widths = [max(map(len, column)) for column in _columns(headings, rows)]
    numbers = frozenset(at for at, heading in enumerate(headings) if heading in right)
    head, *lines = folded((headings, *rows), widths, numbers, _window())
    click.secho(head, bold=True)
    for line in lines:
        click.echo(line)


def _print_rich(
    headings: Sequence[str], rows: list[list[str]], right: Sequence[str], last_is_total: bool
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    columns = _columns(headings, rows)
    widths = [max(map(len, column)) for column in columns]
    fits = sum(widths) + 2 * (len(widths) - 1) <= console.width
    gap = (0, 1, 0, 0) if fits else (0, 0)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=gap, pad_edge=False)
    for heading, column in zip(headings, columns, strict=True):
        justify = "right" if heading in right else "left"
        is_name = not any(" " in cell for cell in column)
        table.add_column(heading, justify=justify, no_wrap=is_name)  # type: ignore[arg-type]
    for index, row in enumerate(rows):
        if last_is_total and index == len(rows) - 1:
            table.add_section()
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def print_records(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows with much text in them under a title: a block each on a terminal, else a table."""
    click.echo(f"{title}: {len(rows)}\n")
    if sys.stdout.isatty():
        width = _window()
        for name, *cells in rows:
            head = textwrap.fill(printable(name), width, break_long_words=False)
            click.secho(head, bold=True)
            for heading, cell in zip(headings[1:], cells, strict=True):
                click.echo(_indented(heading, printable(cell), width))
            click.echo()
    elif rows:
        print_table(headings, rows)
        click.echo()


def _indented(heading: str, text: str, width: int) -> str:
    """A cell beside its heading. A word is never broken, so that it can be copied whole."""
    first = f"  {heading:<13}"
    return textwrap.fill(
        text,
        max(width, 40),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
        break_long_words=False,
    )
