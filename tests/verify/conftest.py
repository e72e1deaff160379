"""A second mockfindity with everything in it that can be read, which can be made to drift."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from drifting import Drift, Drifting
from support import TAXI, Findity

from mockfindity.app import App
from mockfindity.openapi.examples import contracts
from mockfindity.sandbox import Sandbox
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen
from mockfindity.verify import Report, Target, verify

HOTEL = TAXI | {"category": "Hotel and meals", "description": "Hotel", "amount": 1120.00}
TAGGED = TAXI | {"dimensionValues": [{"dimension": "cost-center", "value": "CC-001"}]}

Found = set[tuple[str, str, str]]


class Other:
    """The second mockfindity: ``drifting`` is in front of it, ``sandbox`` what it remembers."""

    def __init__(self, drifting: Drifting, findity: Findity, sandbox: Sandbox) -> None:
        self.drifting, self.findity, self.sandbox = drifting, findity, sandbox

    def target(self, **more: Any) -> Target:
        key = {"client_id": self.findity.client_id, "client_secret": self.findity.client_secret}
        given = {**key, "organization": "ACME", "timeout": 20.0, **more}
        return Target.at(self.findity.url, None, None, **given)

    def held(self, drift: Drift | None = None, **more: Any) -> Report:
        """The report of a run while the server drifts."""
        self.drifting.drift = drift
        self.drifting.asked.clear()
        try:
            return verify(self.target(**more), contracts())
        finally:
            self.drifting.drift = None


def found(report: Report) -> Found:
    """Kind, operation and place of every finding but those that were not tried."""
    return {
        (f.kind, f.operation, re.sub(r"\[\d+\]", "[*]", f.where))
        for f in report.findings
        if f.kind != "skipped"
    }


@pytest.fixture(scope="session")
def places() -> Callable[[Report], Found]:
    return found


@pytest.fixture(scope="module")
def other() -> Iterator[Other]:
    """One for a module: a run leaves it as it was, which is tested."""
    listener = listen(port=0)
    sandboxes = Sandboxes(address(listener))
    drifting = Drifting(App(sandboxes))
    with in_thread(drifting, listener):
        url = sandboxes.base_url
        made = httpx2.post(f"{url}/_mockfindity/sandboxes", json={"name": "second"}, verify=False)
        findity = Findity(url, made.json())
        _prepare(findity)
        yield Other(drifting, findity, sandboxes["second"])
        findity.close()


def _prepare(findity: Findity) -> None:
    """Two users, tagged reports, an approver, a waiting export, and one with a file attached."""
    findity.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    findity.sign_in()
    findity.organization("ACME", vat="556123-4567")
    findity.users("ANNA", "BO")
    values = f"{findity.admin}/customdimensions/cost-center/list/"
    cost_center = {"id": "CC-001", "value": "Marketing"}
    assert findity.api.put(values, json={"values": [cost_center]}).is_success
    findity.ready(TAGGED | {"dimensionValues": []}, HOTEL)
    findity.bulk_send()
    findity.made("/clock/advance", {"seconds": 60})
    findity.ready(TAGGED)
    export = findity.bulk_send()["exportId"]
    content = f"{findity.exports}/{export}/content?fileName=book.csv"
    assert findity.api.put(content, content=b"account;amount\n").is_success
    approver = {"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}
    assert findity.api.put(f"{values}approvers/", json={"values": [approver]}).is_success


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``mockfindity verify`` as a process of its own, in which nothing else is set."""

    def run(
        *arguments: str, hook: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKFINDITY_")}
        code = f"{hook}\nfrom mockfindity.cli import main\nmain()"
        command = [sys.executable, "-c", code, "verify", *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**kept, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run
