"""The journal in tests: the entries of a sandbox, and one to make others of.

``replace(ENTRY, status=404)`` is another.
"""

from __future__ import annotations

from typing import Any

from support import Findity

from mockfindity.journal import Entry

ENTRY = Entry(
    number=1,
    time="2026-03-02T08:00:00Z",
    at=0.0,
    method="GET",
    raw_path="/x",
    operation=None,
    template=None,
    query="",
    headers=b"",
    body=b"",
    size=0,
    status=200,
    answer_headers=b"",
    answer=b"",
    answer_size=0,
    duration_ms=1.0,
    client_id=None,
    fault=None,
    spoiled=False,
    nearest=None,
    unclaimed=False,
    unknown=(),
)


def journal(findity: Findity, query: str = "") -> list[dict[str, Any]]:
    answer = findity.control("GET", f"/requests{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["data"])


def last(findity: Findity) -> dict[str, Any]:
    return journal(findity)[-1]
