"""The clients that the kit is tried with, as a plugin of pytest: each rule is asked of several.

``TRIAL`` in the environment says of which: JSON ``{"clients": [names], "whole": bool}``. Without
``whole``, a broken client is asked by the rule that it breaks alone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from breaking import Broken, broken

from mockfindity.kit import Rule
from mockfindity.kit.configuration import Configuration, configuration
from mockfindity.kit.rule import rule_of

HERE = Path(__file__).parent
VARIABLE = "TRIAL"
TOLD = {"bookings": True, "refuses": "6072"}
BATCH = {"areas": ["exports", "archive", "admin-sync"], **TOLD}
HOOKED = {"areas": ["exports", "archive", "webhook"], **TOLD}
URL = "http://127.0.0.1:{port}/findity"
NODE = shutil.which("node") or str(Path(sys.executable).with_name("node"))


def _function(name: str) -> dict[str, Any]:
    return {"client": str(HERE / name), **BATCH}


def _command(*words: str) -> dict[str, Any]:
    return {"command": list(words), **BATCH}


def _service(*words: str) -> dict[str, Any]:
    return {"service": [*words, "serve"], "webhook_url": URL, **HOOKED}


def _script(name: str) -> str:
    return str(HERE / name)


REFERENCES = {
    "function": _function("reference.py:sync"),
    "service": _service(sys.executable, _script("reference.py")),
    "node": _command(NODE, _script("reference.mjs")),
    "node-service": _service(NODE, _script("reference.mjs")),
}
IDLE = {
    "idle": _function("idle.py:sync"),
    "idle-service": _service(sys.executable, _script("idle.py")),
}


def _broken(name: str, client: Broken) -> dict[str, Any]:
    """How a broken client is driven: one that is about webhooks, as a service."""
    if client.rule.startswith("HOOK-"):
        return _service(sys.executable, _script("breaking.py"), name) | client.declared
    return _function(f"breaking.py:{name.replace('-', '_')}") | client.declared


def clients() -> dict[str, dict[str, Any]]:
    """Every client by its name; that of a broken one begins with the rule that it breaks."""
    return REFERENCES | IDLE | {name: _broken(name, one) for name, one in broken().items()}


LATER = ("node-service", "idle-service")
"""Services wait much. These are asked about webhooks alone, unless everybody is asked all."""


def asked(rule: Rule, name: str, *, whole: bool) -> bool:
    """Whether a rule is asked of a client: of a broken one, unless all are, by its own rule."""
    if whole:
        return True
    if name in LATER:
        return "webhook" in rule.areas
    return name not in broken() or broken()[name].rule == rule.id


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask each rule of each client."""
    rule = rule_of(metafunc.definition)
    chosen = json.loads(os.environ[VARIABLE])
    names = [name for name in chosen["clients"] if rule and asked(rule, name, **_how(chosen))]
    metafunc.parametrize("kit_configuration", names, indirect=True, scope="session")


def _how(chosen: dict[str, Any]) -> dict[str, bool]:
    return {"whole": bool(chosen["whole"])}


@pytest.fixture(scope="session")
def kit_configuration(request: pytest.FixtureRequest) -> Configuration:
    """One client after the other."""
    return configuration(clients()[request.param])
