"""``mockfindity check --webhook-probe``: a receiver that runs already, by what it answers."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Receiver

import mockfindity
from mockfindity.kit.process import Process, wait_until
from mockfindity.kit.service import free_port

CLIENTS = Path(__file__).parents[2] / "contracts" / "clients"


@pytest.fixture
def runs_already(tmp_path: Path) -> Iterator[str]:
    """Where the reference takes webhooks; the Findity that it asks is another than the kit's."""
    port = free_port()
    with mockfindity.running() as findity:
        findity.organization()
        files = {f"FINDITY_{name}": str(tmp_path / name) for name in ("LEDGER", "BOOKINGS")}
        environment = dict(os.environ) | findity.env | files | {"PORT": str(port)}
        command = (sys.executable, str(CLIENTS / "reference.py"), "serve")
        process = Process(command, environment, tmp_path)
        try:
            assert wait_until(30, lambda: listens(port)), str(process.output)
            yield f"http://127.0.0.1:{port}/findity"
        finally:
            process.stop()


def listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def outcomes(report: str) -> dict[str, str]:
    """What became of each rule that applied."""
    verdicts: list[Any] = json.loads(report)["verdicts"]
    found = {verdict["rule"]["id"]: str(verdict["outcome"]) for verdict in verdicts}
    return {rule: outcome for rule, outcome in found.items() if outcome != "not applicable"}


def test_a_good_receiver_keeps_the_rules_of_webhooks_and_is_asked_no_other(
    check: Any, runs_already: str
) -> None:
    done = check("--webhook-probe", runs_already, "--json")

    assert outcomes(done.stdout) == {
        "HOOK-1": "passed",
        "HOOK-4": "passed",
        "HOOK-6": "passed",
        "HOOK-7": "passed",
    }
    assert "a receiver that runs already may ask another Findity" in done.stderr


def test_a_receiver_that_answers_500_is_caught(check: Any, receiver: Receiver) -> None:
    receiver.status = 500

    done = check("--webhook-probe", receiver.url, "--json", code=2)

    assert outcomes(done.stdout) == {
        "HOOK-1": "violated",
        "HOOK-4": "violated",
        "HOOK-6": "violated",
        "HOOK-7": "violated",
    }
    assert "with 500, after " in done.stderr
    # It is not what a receiver is there for.
    assert "The client made no request at all" not in done.stderr


def test_a_receiver_that_takes_a_malformed_body_is_caught(check: Any, receiver: Receiver) -> None:
    done = check("--webhook-probe", receiver.url, "--json", code=2)

    assert outcomes(done.stdout) == {
        "HOOK-1": "passed",
        "HOOK-4": "passed",
        "HOOK-6": "violated",
        "HOOK-7": "passed",
    }
    assert "it answered a body that was cut with 200" in done.stderr
    assert b'{"exportId": "8a5c' in [one["body"] for one in receiver.got]


def test_where_nobody_listens_that_is_the_whole_message(check: Any) -> None:
    url = f"http://127.0.0.1:{free_port()}/findity"

    done = check("--webhook-probe", url, code=1)

    assert done.stdout == ""
    assert done.stderr == f"Error: nobody takes webhooks at {url}: Connection refused\n"
