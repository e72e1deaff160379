"""Fault rules in tests: writing them, and looking at what they did."""

from __future__ import annotations

from typing import Any

from support import CLASS, Findity

LIST = "/api/admin/organizations/"
NEW = "/api/admin/organizations/externalid/NEW/"
BODY = {
    "externalSourceId": "NEW",
    "className": CLASS,
    "settings": {"templateOrganizationId": "tmpl-se-001"},
}
"""What makes the organization NEW, when it is sent there."""


def fault(findity: Findity, **rule: Any) -> str:
    """Write a rule and give its id."""
    return str(findity.made("/faults", rule)["id"])


def hits(findity: Findity) -> list[tuple[int, int]]:
    """How many requests each rule has seen, and how many it struck."""
    rules = findity.control("GET", "/faults").json()["data"]
    return [(rule["seen"], rule["hits"]) for rule in rules]


def statuses(findity: Findity, count: int, path: str = LIST) -> list[int]:
    return [findity.api.get(path).status_code for _ in range(count)]


def organizations(findity: Findity) -> int:
    """How many there are, looked up once the rules are gone."""
    findity.control("DELETE", "/faults")
    return len(findity.api.get(LIST).json()["organizations"])
