"""What was measured, what it must reach, and the table of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True)
class Row:
    """One line: ``value`` must be at least, or at the most, ``bound``. ``told`` is what it was made
    from, such as the times of which ``value`` is the ratio."""

    what: str
    value: float
    unit: str
    bound: float
    needs: Literal["at least", "at most"]
    told: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it reaches what it must."""
        return self.value >= self.bound if self.needs == "at least" else self.value <= self.bound

    @property
    def needed(self) -> str:
        """What it must reach, as a table says it."""
        sign = "≥" if self.needs == "at least" else "≤"
        return f"{sign} {shown(self.bound)} {self.unit}".strip()

    @property
    def ratio(self) -> float:
        """How many times better than it must be: 1 is just met, below 1 it is missed."""
        found, bound = max(self.value, TINY), max(self.bound, TINY)
        return found / bound if self.needs == "at least" else bound / found

    def as_data(self) -> dict[str, object]:
        """As JSON has it."""
        return {**asdict(self), "ratio": self.ratio, "is_met": self.is_met}


TINY = 1e-6
"""What stands for nothing where a ratio is made."""


def at_least(what: str, value: float, bound: float, unit: str = "", told: str = "") -> Row:
    """A value that must not be smaller."""
    return Row(what, value, unit, bound, "at least", told)


def at_most(what: str, value: float, bound: float, unit: str = "", told: str = "") -> Row:
    """A value that must not be larger."""
    return Row(what, value, unit, bound, "at most", told)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, with what was measured."""
    lines = [
        (r.what, f"{shown(r.value)} {r.unit}".strip(), r.needed, _verdict(r), r.told) for r in rows
    ]
    return markdown(("what", "measured", "must be", "", "from"), lines)


def ratios(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table without absolute times, for the documentation."""
    lines = [(row.what, row.needed, f"{shown(row.ratio)} ×", _verdict(row)) for row in rows]
    return markdown(("what", "must be", "better by", ""), lines)


def markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Cells as a Markdown table."""
    cells = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _verdict(row: Row) -> str:
    return "met" if row.is_met else "**missed**"


def shown(value: float) -> str:
    """A number with three digits that count."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
