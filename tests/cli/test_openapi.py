from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CHECKED_IN = Path(__file__).parents[2] / "contracts" / "openapi"
NAMES = ["oauth", "admin", "connect", "control"]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_printed_as_it_is_checked_in(mockfindity: Any, name: str) -> None:
    assert mockfindity("openapi", name).stdout == (CHECKED_IN / f"{name}.json").read_text("utf-8")


def test_a_document_may_speak_of_another_server(mockfindity: Any) -> None:
    done = mockfindity("openapi", "oauth", "--base-url", "http://findity.test:5000")

    (server,) = json.loads(done.stdout)["servers"]
    assert server["url"] == "http://findity.test:5000"


def test_all_four_are_written_into_a_folder(mockfindity: Any, tmp_path: Path) -> None:
    done = mockfindity("openapi", "--output", str(tmp_path / "made"))

    assert sorted(p.name for p in (tmp_path / "made").iterdir()) == [
        "admin.json",
        "connect.json",
        "control.json",
        "oauth.json",
    ]
    assert [Path(line).stem for line in done.stdout.splitlines()] == NAMES


def test_one_of_them_is_written_into_a_folder(mockfindity: Any, tmp_path: Path) -> None:
    mockfindity("openapi", "connect", "--output", str(tmp_path))

    assert [path.name for path in tmp_path.glob("*.json")] == ["connect.json"]


def test_without_a_name_it_says_which_there_are(mockfindity: Any) -> None:
    done = mockfindity("openapi", code=1)

    assert "name one of oauth, admin, connect, control, or say --output FOLDER." in done.stderr


def test_a_folder_that_is_a_file_is_refused(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "made").write_text("")

    done = mockfindity("openapi", "--output", str(tmp_path / "made"), code=1)

    assert "is a file" in done.stderr
