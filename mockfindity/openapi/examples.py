"""The requests and answers of Findity's guides, as examples of their operations."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ..route import Route, Router
from ..shipped import shipped
from .parameters import PATH

HEX = "70673d31e9704f768d70748c173ad7c1"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_VALUES = {name: example for name, (_, example) in PATH.items()} | {
    "templateOrganizationId": "tmpl-se-001"
}


def contracts() -> Path:
    """The folder of contracts. Raises ``FileNotFoundError`` where there is none."""
    return shipped("contracts/examples").parent


@cache
def guides() -> list[dict[str, Any]]:
    """Every request and answer of the guides: ``contracts/examples``, one file a guide."""
    files = sorted((contracts() / "examples").glob("*.json"))
    return [example for file in files for example in json.loads(file.read_text("utf-8"))]


@cache
def _by_operation() -> dict[str, list[dict[str, Any]]]:
    from ..routes import loaded

    router = Router(loaded())
    found: dict[str, list[dict[str, Any]]] = {}
    for example in guides():
        if example["path"].startswith("/"):
            route = router.match(example["method"], example["path"]).route
            found.setdefault(route.id, []).append(example)
    return found


def guide_examples(operation: str) -> list[dict[str, Any]]:
    """The guides' examples of one operation."""
    return _by_operation().get(operation, [])


def bodies_of(route: Route) -> dict[str, Any]:
    """The bodies that the guides send to an operation, by the section they stand in."""
    return {
        _slug(example["section"]): {
            "summary": f"{example['section']} ({example['guide']} guide)",
            "value": filled(example["body"]),
        }
        for example in guide_examples(route.id)
        if example["body"] is not None
    }


def answers_of(route: Route) -> dict[str, Any]:
    """The answers that the guides show whole, by the section they stand in."""
    return {
        _slug(example["section"]): {
            "summary": f"{example['section']} ({example['guide']} guide)",
            "value": filled(example["answer"]),
        }
        for example in guide_examples(route.id)
        if isinstance(example["answer"], dict | list) and not example.get("shortened")
    }


def _slug(section: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")


def filled(value: Any) -> Any:
    """An example with plausible values where it leaves one open."""
    if isinstance(value, dict):
        return {key: filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item) for item in value]
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: _VALUES.get(found[1], HEX), value)
    return value
