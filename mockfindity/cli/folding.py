"""A table on a terminal that is too narrow for it: each row on two or more lines.

    GET   /api/admin/organizations/externalid/{externalId}
        getOrganization                  documented  organizations guide

Nothing is cut and no word broken, so that a name can be copied whole.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

GAP = "  "
INDENT = 4
BEGUN = 10
"""Of a line this much may be used where a column follows that fits on none."""


def longest_word(text: str) -> int:
    """How wide a text is at least."""
    return max(map(len, text.split()), default=0)


def folded(
    rows: Sequence[Sequence[str]], widths: Sequence[int], right: frozenset[int], width: int
) -> Iterator[str]:
    """Each row as a text of some lines; columns of so many ``widths``, those in ``right`` set to
    the right, in a window of a ``width``."""
    lines = _lines(widths, width)
    for row in rows:
        cells = [_set(row, column, widths, right) for column in range(len(row))]
        told = (_line([cells[one] for one in line], width, at) for at, line in enumerate(lines))
        yield "\n".join(line for line in told if line.strip())


def _lines(widths: Sequence[int], width: int) -> list[list[int]]:
    """Which columns stand on which line."""
    lines, used = [[0]], widths[0]
    for column, wide in enumerate(widths[1:], 1):
        is_too_wide = INDENT + wide > width
        if used + len(GAP) + wide <= width or (is_too_wide and used <= BEGUN):
            lines[-1].append(column)
            used += len(GAP) + wide
        else:
            lines.append([column])
            used = INDENT + wide
    return lines


def _set(row: Sequence[str], column: int, widths: Sequence[int], right: frozenset[int]) -> str:
    cell = row[column]
    return cell.rjust(widths[column]) if column in right else cell.ljust(widths[column])


def _line(cells: list[str], width: int, at: int) -> str:
    """The line ``at`` of a row; all but the first are indented."""
    begin = " " * INDENT if at else ""
    return textwrap.fill(
        GAP.join(cells).rstrip(),
        width,
        initial_indent=begin,
        subsequent_indent=" " * INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
