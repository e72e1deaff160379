"""The tables in the documentation, each between two markers."""

from __future__ import annotations

from pathlib import Path

from . import machine


def write(page: Path, name: str, block: str) -> None:
    """Write a block of that name into a page, below the date and the machine. Raises ``ValueError``
    where the page has no place for it."""
    page.write_text(replaced(page.read_text(), name, f"{_head()}\n\n{block}\n"))


def replaced(text: str, name: str, block: str) -> str:
    """A page with another block between the markers of that name. Raises ``ValueError`` where it
    has none."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"the page has no {begin.strip()} … {end.strip()}")
    return f"{before}{begin}{block}{end}{after}"


def _head() -> str:
    parts = ", ".join(f"{name} {number}" for name, number in machine.versions().items())
    return f"Measured on {machine.today()}, {machine.machine()}. {parts}."
