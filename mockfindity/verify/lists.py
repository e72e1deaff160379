"""What lists have in common: pages, totals, and that nothing stands in them twice."""

from __future__ import annotations

from typing import Any

from .place import elements
from .session import Session

FEW = 3
"""How many entries of a list are looked at one by one."""


def listed(session: Session, operation: str, path: dict[str, str]) -> list[dict[str, Any]] | None:
    """The entries of a list of the v1 APIs, whose pages were tried; ``None`` if it is none."""
    data = session.ask(operation, path=path)
    if data is None:
        return None
    entries = elements(data, "data")
    _once(session, operation, entries)
    _counted(session, operation, data, len(entries))
    if isinstance(data, dict) and entries:
        _paged(session, operation, path, entries, data)
    return entries


def _once(session: Session, operation: str, entries: list[dict[str, Any]]) -> None:
    ids = [entry.get("id") for entry in entries if isinstance(entry.get("id"), str)]
    twice = len(ids) - len(set(ids))
    if twice:
        asked = session.last(operation)
        session.differs(asked, "body.data", "each entry once", f"{twice} of them again")


def _counted(session: Session, operation: str, data: Any, there: int) -> None:
    meta = data.get("meta") if isinstance(data, dict) else None
    count, total = (
        (meta.get("count"), meta.get("total")) if isinstance(meta, dict) else (None, None)
    )
    if isinstance(count, int):
        session.agree(operation, "body.meta.count", there, count, source="entries in it")
    if isinstance(total, int) and total < there:
        session.agree(operation, "body.meta.total", there, total, source="entries in it")


def _paged(
    session: Session, operation: str, path: dict[str, str], entries: list[Any], whole: Any
) -> None:
    """One entry, the first and then the second, of as many as there are."""
    total = whole["meta"].get("total") if isinstance(whole.get("meta"), dict) else None
    for offset in range(min(2, len(entries))):
        query = {"max": "1"} | ({"offset": str(offset)} if offset else {})
        page = session.ask(operation, path=path, query=query)
        if not isinstance(page, dict):
            continue
        found = elements(page, "data")
        session.agree(operation, "body.data", 1, len(found), source="as max says")
        if len(found) == 1:
            wanted = entries[offset].get("id")
            place = f"entry {offset} of the whole list"
            session.agree(operation, "body.data[0].id", wanted, found[0].get("id"), source=place)
        meta = page.get("meta")
        if isinstance(meta, dict) and isinstance(total, int):
            given = meta.get("total")
            session.agree(operation, "body.meta.total", total, given, source="without max")
