"""What the short form is held against: ratios that were reached, in a file of the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from .rows import Row, shown
from .servers import HERE

FILE = HERE / "expected.json"
FALL = 2 / 3
"""What must be left of an expected ratio."""


def write(rows: Iterable[Row], file: Path = FILE) -> None:
    """Expect from now on what was measured."""
    found = {row.what: round(row.value, 3) for row in rows}
    file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def read(file: Path = FILE) -> dict[str, float]:
    """What is expected, by name of the row."""
    found: dict[str, float] = json.loads(file.read_text()) if file.exists() else {}
    return found


def fallen(rows: Iterable[Row], known: Mapping[str, float] | None = None) -> list[str]:
    """A sentence for each row that fell by more than a third of what is expected, or of which
    nothing is known."""
    known = read() if known is None else known
    return [sentence for row in rows if (sentence := _verdict(row, known.get(row.what)))]


def _verdict(row: Row, was: float | None) -> str | None:
    if was is None:
        return f"{row.what}: nothing is expected; --short --expect writes it."
    left = row.value / was if row.needs == "at least" else was / row.value
    if left >= FALL:
        return None
    unit = f" {row.unit}" if row.unit else ""
    return f"{row.what}: {shown(row.value)}{unit} where {shown(was)} is expected."
