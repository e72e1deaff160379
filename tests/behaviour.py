"""The conduct report in tests: asked for, and made of entries of one's own."""

from __future__ import annotations

from typing import Any

from support import Findity

from mockfindity.conduct import Seen
from mockfindity.sandboxes import Sandboxes


def conduct(findity: Findity) -> list[dict[str, Any]]:
    answer = findity.control("GET", "/conduct")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["data"])


def voucher_ids(sandboxes: Sandboxes, findity: Findity, export: str) -> list[str]:
    """The vouchers of an export, found without downloading it."""
    return list(sandboxes[findity.name].state.exports.rows[export].voucher_ids)


def seen(*entries: Any, **more: Any) -> Seen:
    known: dict[str, Any] = {
        "is_whole": True,
        "exports": {},
        "delivered_whole": frozenset(),
        "polling_seconds": 60.0,
    }
    return Seen(list(entries), **known | more)
