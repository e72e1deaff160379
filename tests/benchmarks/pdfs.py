"""The basis of a voucher as a PDF: the first time, and when it is asked for again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

from mockfindity import Findity

from .load import Effort, median
from .rows import Row, at_most
from .servers import running
from .starts import said, took
from .wire import Connection

ROWS, RECEIPTS = 20, 3
BEFORE = """
import sys, mockfindity
with mockfindity.running() as findity:
    findity.report().submit()
    findity.bulk_send().vouchers()
    print(sum(name.partition(".")[0] in ("reportlab", "PIL") for name in sys.modules))
"""


def pdfs(effort: Effort) -> Iterator[Row]:
    """Vouchers of 20 rows and 3 receipts, each drawn once, and then again."""
    loaded = float(said(sys.executable, "-c", BEFORE))
    yield at_most("modules that PDFs need, before the first", loaded, 0)
    with running() as ours:
        findity = Findity.at(ours.url)
        paths = vouchers(findity, 1 + 3 * effort.rounds)
        with closing(Connection(ours.url, findity.token())) as line:
            took(partial(line.ask, "GET", paths.pop()))
            first, again = (
                [took(partial(line.ask, "GET", path)) for path in paths] for _ in range(2)
            )
    what = f"PDF of a voucher with {ROWS} rows and {RECEIPTS} receipts"
    yield at_most(what, median(first), 15, "ms")
    yield at_most(f"{what}, again", median(again), 2, "ms")


def vouchers(findity: Findity, many: int) -> list[str]:
    """The paths of the PDFs of so many vouchers."""
    findity.users("ANNA")
    for number in range(many):
        lines = [_expense(place) for place in range(ROWS // 2)]
        findity.report("ANNA", lines, name=f"Łódź – Žižkov {number}").submit()
    export = findity.bulk_send(format="REPORT_PER_EXPENSE")
    found = export.vouchers()
    short = [len(one["voucherRows"]) for one in found if len(one["voucherRows"]) < ROWS]
    if short:
        raise RuntimeError(f"vouchers of {ROWS} rows were expected, there are some of {short}")
    return [str(one["basisUrl"]).removeprefix(findity.url) + "?format=pdf" for one in found]


def _expense(place: int) -> dict[str, Any]:
    """An expense without tax, which makes two rows of a voucher; each of the first three has a
    receipt."""
    body = {"category": "Travel", "description": f"Τρένο, Žižkov {place}", "date": "2026-03-30"}
    receipts: dict[str, Any] = {} if place < RECEIPTS else {"receipts": []}
    return body | {"amount": 100.0 + place, "taxAmount": 0} | receipts
