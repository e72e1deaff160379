"""What was said of vouchers, and when: the status updates that stand in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..journal import Entry, Journal, shown

if TYPE_CHECKING:
    from ..shapes.export_vouchers import VoucherUpdateOut

MOST = 20
"""How many updates of one voucher are given, the newest of them."""


def history_of(
    journal: Journal, export_id: str, voucher_ids: Iterable[str]
) -> dict[str, list[VoucherUpdateOut]]:
    """For each voucher the updates that named it, oldest first, refused ones too.

    The journal keeps the first 64 KiB of a body, so that it does not know of what came after.
    """
    found: dict[str, list[VoucherUpdateOut]] = {voucher_id: [] for voucher_id in voucher_ids}
    wanted = {voucher_id.encode(): voucher_id for voucher_id in found}
    for entry in _updates(journal, export_id):
        named = [name for name in wanted if name in entry.body]
        for name, update in _said(entry, named):
            found[wanted[name]].insert(0, _shown(entry, update))
            if len(found[wanted[name]]) == MOST:
                del wanted[name]
        if not wanted:
            break
    return found


def _updates(journal: Journal, export_id: str) -> Iterator[Entry]:
    """The status updates of one export, the newest first."""
    end = f"/exports/{export_id}/updatestatus"
    for entry in reversed(journal.entries):
        if entry.operation == "updateExportStatus" and entry.path.rstrip("/").endswith(end):
            yield entry


def _shown(entry: Entry, update: dict[str, Any]) -> VoucherUpdateOut:
    return {
        "request": entry.number,
        "time": entry.time,
        "status": entry.status,
        "said": update,
    }


def _said(entry: Entry, named: list[bytes]) -> list[tuple[bytes, dict[str, Any]]]:
    """What a request says of each voucher that is ``named`` in it."""
    if not named:
        return []
    text = shown(entry)["body"]
    if entry.size == len(entry.body):
        by_id = _by_id(text)
        found = {name: by_id.get(name.decode()) for name in named}
    else:
        found = {name: _cut_out(text, name.decode()) for name in named}
    return [(name, update) for name, update in found.items() if update is not None]


def _by_id(text: str) -> dict[str, dict[str, Any]]:
    """The updates of a body, by the voucher; none of a body that is no such thing."""
    try:
        updates = json.loads(text)["voucherUpdates"]
        given = [update for update in updates if isinstance(update, dict)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {update["id"]: update for update in given if isinstance(update.get("id"), str)}


def _cut_out(text: str, voucher_id: str) -> dict[str, Any] | None:
    """The object about a voucher in a body of which the end was not kept."""
    start = text.rfind("{", 0, max(text.find(f'"{voucher_id}"'), 0))
    if start < 0:
        return None
    try:
        update, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return update if update.get("id") == voucher_id else None
