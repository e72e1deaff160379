"""A client in Python, generated from the documents: it compiles, and it runs a whole export."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from generated import HERE, PATHS, SEEN, assert_booked, blocks, run, settings
from support import Findity

pytestmark = pytest.mark.xdist_group("generated python")

FILES = """\
content_type_overrides:
  application/pdf: application/octet-stream
  image/png: application/octet-stream
"""
MYPY = """\
[mypy]
strict = true
explicit_package_bases = true

# How the generator types __exit__ is nothing that a document could mend.
[mypy-findity.*.client]
disable_error_code = arg-type
"""
FORMATS = {
    "EXPENSE": (2, 5, 425, 425, 2),
    "REPORT_PER_ACCOUNT": (1, 5, 425, 425, 1),
    "REPORT_PER_EXPENSE": (1, 5, 425, 425, 1),
    "REPORT_PER_EXPENSE_PAID": (1, 2, 425, 0, 1),
    "REPORT_PER_REPORT_PAID": (1, 1, 425, 0, 1),
    "USER_PER_ACCOUNT": (1, 5, 425, 425, 1),
    "USER_PER_EXPENSE": (1, 5, 425, 425, 1),
    "USER_PER_REPORT_PAID": (1, 1, 425, 0, 1),
}
"""Vouchers, rows, debit, credit and PDFs of the flow's report in each format."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clients, made without a warning, and the programs that use them."""
    folder = tmp_path_factory.mktemp("python")
    (folder / "files.yaml").write_text(FILES)
    for name, path in PATHS.items():
        run(
            *("openapi-python-client", "generate", "--fail-on-warning", "--meta", "none"),
            *("--path", path, "--output-path", f"findity/{name}", "--config", "files.yaml"),
            cwd=folder,
        )
    for program in ("flow.py", "more.py", "mistakes.py"):
        shutil.copy(HERE / program, folder)
    (folder / "page.py").write_text(blocks("python")[0])
    (folder / "mypy.ini").write_text(MYPY)
    return folder


def ran(folder: Path, program: str, findity: Findity) -> str:
    """What a program printed; a warning is a failure."""
    return run(sys.executable, "-W", "error", program, cwd=folder, env=settings(findity))


@pytest.fixture(scope="module")
def more(folder: Path, server: str) -> dict[str, Any]:
    """What ``more.py`` saw."""
    made = httpx2.post(f"{server}/_mockfindity/sandboxes", json={}, verify=False).json()
    findity = Findity(server, made)
    try:
        return dict(json.loads(ran(folder, "more.py", findity)))
    finally:
        findity.close()


def test_it_compiles(folder: Path) -> None:
    run(sys.executable, "-W", "error", "-m", "compileall", "-q", "findity", cwd=folder)


def test_its_types_are_whole_and_find_mistakes(folder: Path) -> None:
    programs = ("findity", "flow.py", "more.py", "mistakes.py", "page.py")

    said = run(sys.executable, "-m", "mypy", *programs, cwd=folder)

    assert said.startswith("Success: no issues found")


def test_it_runs_a_whole_export(folder: Path, findity: Findity) -> None:
    assert json.loads(ran(folder, "flow.py", findity)) == SEEN
    assert_booked(findity)


@pytest.mark.parametrize("list_type", FORMATS)
def test_it_reads_every_format(more: dict[str, Any], list_type: str) -> None:
    seen = more["formats"][list_type]

    figures = tuple(seen[key] for key in ("vouchers", "rows", "DEBIT", "CREDIT", "pdfs"))
    assert (seen["format"], seen["status"]) == (list_type, "SENT")
    assert figures == FORMATS[list_type]


def test_it_tells_refusals_apart_by_type(more: dict[str, Any]) -> None:
    assert more["refusals"] == [
        "AccountNotFound",
        "OrganizationNotFound",
        "Unauthorized",
        "ExportNotFound",
        "ExportNotFound",
        "InvalidClient",
    ]


def test_it_reads_pages_and_a_basis(more: dict[str, Any]) -> None:
    assert more["others"] == {"users": [1, 2], "exports": 8, "days": ["2026-03-02"]}


def test_what_the_page_shows_runs(folder: Path, findity: Findity) -> None:
    findity.organization("ACME")

    assert "external_source_id='ACME'" in ran(folder, "page.py", findity)
