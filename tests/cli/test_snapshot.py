"""Snapshots on the server, and the state as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support import Findity


def test_a_snapshot_is_kept_restored_and_forgotten(shell: Any, acme: Findity) -> None:
    shell("clock", "set", "2026-03-01T08:00:00Z")

    saved = shell("snapshot", "save", "before the run").stdout
    report = acme.ready()
    shell("snapshot", "restore", "before the run")
    table = shell("snapshot").stdout.splitlines()

    assert saved.startswith("The snapshot before the run is kept: ")
    assert acme.control("GET", f"/reports/{report}").status_code == 404
    assert table[0].split() == ["name", "clock", "mode", "records"]
    assert table[1].startswith("before the run  2026-03-01T08:00:00Z  frozen ")
    assert shell.json("snapshot")[0]["name"] == "before the run"
    shell("snapshot", "delete", "before the run")
    assert shell.json("snapshot", "list") == []


def test_a_snapshot_that_is_not_there_is_said(shell: Any) -> None:
    assert "SNAPSHOT_NOT_FOUND" in shell("snapshot", "restore", "x", code=1).stderr


def test_the_state_goes_to_a_file_and_back(shell: Any, acme: Findity, tmp_path: Path) -> None:
    shell("state", "export", "acme.json")
    shell("reset")

    done = shell("state", "import", "acme.json")

    assert done.stdout.startswith(f"The sandbox {acme.name} has ")
    kept = json.loads((tmp_path / "acme.json").read_text())["tables"]["organizations"]
    acme.sign_in()
    found = acme.api.get("/api/admin/organizations/").json()["organizations"]
    assert [o["id"] for o in found] == [o["id"] for o in kept] == [acme.org]


def test_the_state_goes_through_a_pipe_to_another_sandbox(
    shell: Any, acme: Findity, make_findity: Callable[..., Findity]
) -> None:
    other = make_findity()

    document = shell("state", "export", "-").stdout_bytes
    shell("state", "import", "-", given=document, MOCKFINDITY_SANDBOX=other.name)

    assert other.api.get("/api/admin/organizations/").json()["organizations"][0]["id"] == acme.org


def test_what_is_no_state_is_refused(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "wrong.json").write_text('{"version": 99}')

    newer = shell("state", "import", "wrong.json", code=1)
    missing = shell("state", "import", "missing.json", code=1)
    unwritable = shell("state", "export", "missing/state.json", code=1)

    assert "newer" in newer.stderr
    assert "missing.json" in missing.stderr
    assert unwritable.stderr.startswith("Error: missing/state.json cannot be written: ")
