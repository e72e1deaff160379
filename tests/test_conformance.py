"""The server against its documents, by schemathesis: valid and invalid requests of every operation.

Each document is tried in a sandbox of its own, by the files of ``contracts/conformance``. Here the
run is short and the same every time; ``make conformance`` goes on for longer, from a seed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conform import DOCUMENTS, Given, is_well, line, own_server, tried
from excused import EXCEPTIONS

from mockfindity.routes import loaded

OPERATIONS = {route.id for route in loaded()}
COUNTS = {"oauth": 2, "admin": 38, "connect": 7, "control": 85}
LONG_RUN_ONLY = "long run"


@pytest.mark.parametrize("document", [pytest.param(d, id=d) for d in DOCUMENTS])
def test_the_server_keeps_to_the_document(document: str, tmp_path: Path) -> None:
    with own_server() as url:
        figures = tried(document, Given(url, None, None, 0, 10), tmp_path)

    assert is_well(figures), f"{line(figures)}\n{figures['never']}\n{figures['said']}"
    assert figures["operations"] == COUNTS[document]
    assert unused(figures["exceptions"], document) == []


def unused(used: list[int], document: str) -> list[str]:
    """The exceptions for a document that nothing has needed, though a short run meets them."""
    known = {route.id for route in loaded() if route.family.name in FAMILIES[document]}
    return [
        exception["reason"]
        for number, exception in enumerate(EXCEPTIONS)
        if number not in used
        and known.issuperset(exception["operations"])
        and exception.get("needed") != LONG_RUN_ONLY
    ]


FAMILIES = {
    "oauth": ("oauth",),
    "admin": ("legacy admin", "admin"),
    "connect": ("connect", "resources"),
    "control": ("control",),
}


@pytest.mark.parametrize("exception", EXCEPTIONS, ids=lambda e: e["operations"][0])
def test_an_exception_is_for_operations_that_there_are_and_says_why(
    exception: dict[str, Any],
) -> None:
    assert set(exception["operations"]) <= OPERATIONS
    assert exception["reason"].endswith(".")
    assert re.compile(exception["says"]).search("") is None
