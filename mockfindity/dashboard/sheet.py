"""A voucher as a bookkeeper reads it: its rows under the columns that its format fills."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..jsons import encode

ROWS = 200
"""How many rows of a voucher stand on one page; a person's voucher may have thousands."""

READABLE = 128 * 1024
"""How many bytes of JSON stand on a page."""

SIDES = ("DEBIT", "CREDIT")


def sheet(one: dict[str, Any], offset: int) -> dict[str, Any]:
    """What is shown of a voucher whose rows were asked for from ``offset`` on.

    Without accounting (``books`` is false) there are only amounts and tax. A side that the
    recipient does not ask for has no column. ``json`` is the voucher as it is sent; ``None`` of one
    that is too long to be read.
    """
    voucher, count = one["voucher"], one["numberOfRows"]
    rows = voucher["voucherRows"]
    totals = {side: _total(voucher, side) for side in SIDES}
    text = encode(voucher).decode() if len(rows) == count else ""
    return {
        "books": any(row["accountingNumber"] for row in rows),
        "sides": [side for side in SIDES if totals[side] is not None],
        "totals": totals,
        "tax": one["taxAmount"],
        "rows": rows,
        "offset": offset,
        "meta": {"count": len(rows), "total": count},
        "size": ROWS,
        "json": text if len(text) <= READABLE else None,
    }


def _total(voucher: dict[str, Any], side: str) -> Decimal | None:
    total: Decimal | None = voucher[f"total{side.title()}Amount"]
    return total
