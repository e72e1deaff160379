"""A fault rule in words. A rule is what ``GET faults`` gives of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Rule = Mapping[str, Any]


def meets(rule: Rule) -> str:
    """Which requests a rule is for."""
    if rule["operation"]:
        return str(rule["operation"])
    return " ".join(filter(None, (rule["method"], rule["path"]))) or "every request"


def does(rule: Rule) -> str:
    """What becomes of a request that a rule hits."""
    parts = (
        f"{rule['delayMs']} ms later" if rule["delayMs"] else "",
        " ".join(str(rule[name]) for name in ("status", "code") if rule[name]),
        " ".join(f"{name}: {value}" for name, value in rule["headers"].items()),
        f"body {rule['body']}" if rule["body"] else "",
        f"connection {rule['connection']}" if rule["connection"] else "",
    )
    after = "after the change: " if rule["phase"] == "after" else ""
    return after + ", ".join(filter(None, parts))


def when(rule: Rule) -> str:
    """Which of the requests that a rule meets it hits."""
    parts = (
        f"after {rule['skip']}" if rule["skip"] else "",
        f"{rule['times']} times" if rule["times"] else "",
        f"{rule['probability']:.0%}" if rule["probability"] is not None else "",
    )
    return ", ".join(filter(None, parts)) or "always"


def is_spent(rule: Rule) -> bool:
    """Whether a rule has struck as often as it was to."""
    return rule["times"] is not None and rule["hits"] >= rule["times"]
