"""The second reference client, in JavaScript: it keeps every rule, run as a command and served."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from node import node

CHECKOUT = Path(__file__).parents[2]
SCRIPT = CHECKOUT / "contracts" / "clients" / "reference.mjs"
DECLARED = ("--areas", "exports,admin-sync,archive", "--bookings", "--refuses", "6072")

# Much of this is waiting, and two at once would make each other late.
pytestmark = pytest.mark.xdist_group("node client")


def check(tmp_path: Path, *arguments: str) -> list[dict[str, Any]]:
    """What `mockfindity check` found, with the program ``node`` on the path."""
    report = tmp_path / "report.json"
    command = (sys.executable, "-m", "mockfindity", "check", "--strict", "--json", str(report))
    done = node(*command, *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    verdicts: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["verdicts"]
    return verdicts


def outcomes(verdicts: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for verdict in verdicts:
        found.setdefault(verdict["outcome"], []).append(verdict["rule"]["id"])
    return found


def test_it_needs_no_package() -> None:
    imported = [
        line for line in SCRIPT.read_text("utf-8").splitlines() if line.startswith("import ")
    ]
    assert imported
    assert all('from "node:' in line for line in imported)


# All the other rules are asked of it in the matrix.
def test_it_keeps_rules_as_a_command(tmp_path: Path) -> None:
    rules = ("AUTH-1", "EXP-16", "HOOK-1", "RES-4", "ADM-7")
    only = [word for rule in rules for word in ("--only", rule)]

    found = outcomes(check(tmp_path, *DECLARED, *only, "--", "node", str(SCRIPT)))

    assert found == {
        "passed": ["AUTH-1", "EXP-16", "RES-4", "ADM-7"],
        "not applicable": ["HOOK-1"],
    }


def test_it_keeps_rules_of_webhooks_as_a_service(tmp_path: Path) -> None:
    service = ("--service", f"node {SCRIPT} serve")
    where = ("--webhook-url", "http://127.0.0.1:{port}/findity")

    found = outcomes(check(tmp_path, *service, *where, "--only", "HOOK-1", "--only", "HOOK-5"))

    assert found == {"passed": ["HOOK-1", "HOOK-5"]}
