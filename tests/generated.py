"""Clients generated from the documents, and the programs that use them, in either language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from support import Findity

from mockfindity.openapi import DOCUMENTS
from mockfindity.openapi.examples import contracts

HERE = Path(__file__).parent / "clients"
PAGE = Path(__file__).parents[1] / "docs" / "clients.md"
PATHS = {name: contracts() / "openapi" / f"{name}.json" for name in DOCUMENTS}
"""The checked-in documents."""

SEEN: dict[str, Any] = {
    "users": ["Anna", "Bo"],
    "sent": 1,
    "format": "REPORT_PER_EXPENSE",
    "vouchers": 1,
    "rows": 5,
    "CREDIT": 425,
    "DEBIT": 425,
    "pdfs": 1,
    "status": "SENT",
    "numbers": ["A1"],
    "report": "SENT",
    "waiting": 0,
    "content": "A1;125.00\n",
    "account": "5801",
}
"""What the flow prints, in either language."""


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a program printed that went well, and had nothing to complain of."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PATH": path, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def settings(findity: Findity) -> dict[str, str]:
    """The environment of a client of one sandbox."""
    return {
        "FINDITY_BASE_URL": findity.url,
        "FINDITY_CLIENT_ID": findity.client_id,
        "FINDITY_CLIENT_SECRET": findity.client_secret,
        "MOCKFINDITY_SANDBOX": findity.name,
        "MOCKFINDITY_URL": findity.url,
    }


def blocks(language: str) -> list[str]:
    """What stands on the page about clients in blocks of a language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def assert_booked(findity: Findity) -> None:
    """The sandbox is as the flow leaves it, and there is nothing to hold against the client."""
    (organization,) = findity.control("GET", "/organizations").json()["data"]
    reports = findity.control("GET", f"/organizations/{organization['id']}/reports").json()["data"]
    assert [(r["name"], r["status"], r["approvers"]) for r in reports] == [
        ("Stockholm", "SENT", [])
    ]
    findity.org = organization["id"]
    (export,) = findity.api.get(f"{findity.exports}?status=ALL").json()["data"]
    assert (export["status"], export["content"]["fileName"]) == ("SENT", "book.csv")
    (update,) = findity.control("GET", "/requests?operation=updateExportStatus").json()["data"]
    (voucher,) = json.loads(update["body"])["voucherUpdates"]
    assert (voucher["status"], voucher["voucherNumber"]) == ("SUCCESS", "A1")
    assert findity.control("GET", "/conduct").json()["data"] == []
