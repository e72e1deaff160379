"""The kit on trial: every broken client is caught, no reference is accused, doing nothing passes
nothing. `make kit` prints the same by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parents[2]

# All of these tests look at one run, which one worker makes.
pytestmark = pytest.mark.xdist_group("matrix")


@pytest.fixture(scope="module")
def matrix() -> dict[str, Any]:
    """What every rule said of the clients that it was asked about."""
    done = subprocess.run(
        [sys.executable, "contracts/clients/matrix.py", "--json", "-n", "3"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=550,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stdout[-2000:] + done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def outcomes(matrix: dict[str, Any], client: str) -> dict[str, str]:
    return {rule: outcome for name, rule, outcome, _, _ in matrix["cells"] if name == client}


def test_the_kit_stands_its_trial(
    matrix: dict[str, Any], record_property: Callable[[str, object], None]
) -> None:
    record_property("shows", "\n".join(matrix["table"]))

    assert matrix["failures"] == []


def test_every_rule_was_asked_of_the_client_that_breaks_it(matrix: dict[str, Any]) -> None:
    caught = [rule for name, rule, outcome, _, _ in matrix["cells"] if name == rule]

    assert sorted(caught) == sorted(
        [
            *(f"AUTH-{number}" for number in range(1, 6)),
            *(f"EXP-{number}" for number in range(1, 17)),
            *(f"HOOK-{number}" for number in range(1, 8)),
            *(f"RES-{number}" for number in range(1, 6)),
            *(f"ADM-{number}" for number in range(1, 8)),
        ]
    )


def test_the_references_keep_all_that_they_declare(matrix: dict[str, Any]) -> None:
    for client in ("function", "node"):
        found = outcomes(matrix, client)
        assert {rule for rule, outcome in found.items() if outcome != "passed"} == {
            f"HOOK-{number}" for number in range(1, 8)
        }
        assert found["HOOK-1"] == "not applicable"
    assert outcomes(matrix, "service")["HOOK-1"] == "passed"
    assert outcomes(matrix, "node-service")["HOOK-1"] == "passed"


def test_a_client_that_does_nothing_passes_nothing(matrix: dict[str, Any]) -> None:
    found = outcomes(matrix, "idle") | outcomes(matrix, "idle-service")

    assert set(found.values()) == {"violated"}
