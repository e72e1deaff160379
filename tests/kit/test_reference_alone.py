"""The reference clients without ``mockfindity check``, in the environment that Findity prints."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from mockfindity.kit.company import Company
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.traffic import Watched
from mockfindity.testing import Findity

from .conftest import CLIENTS, Done

COMMANDS = {
    "python": (sys.executable, str(CLIENTS / "reference.py")),
    "node": ("node", str(CLIENTS / "reference.mjs")),
}


@pytest.fixture
def company(played: Watched) -> Company:
    return Company.founded(played.server.sandbox(), Configuration(client="a:b"))


def ran(command: tuple[str, ...], folder: Path, findity: Findity, **changes: str) -> Done:
    """A run in a folder, with what Findity names in the environment and nothing else of Findity."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    others = {name: text for name, text in os.environ.items() if not name.startswith("FINDITY_")}
    return subprocess.run(
        command,
        cwd=folder,
        env=others | {"PATH": path} | findity.env | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_without_files_it_books_and_keeps_nothing(
    company: Company, tmp_path: Path, command: tuple[str, ...]
) -> None:
    export = company.sends(reports=2)

    done = ran(command, tmp_path, company.findity)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert export.status == "SENT"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_with_a_bookings_file_it_keeps_books_and_pdfs(
    company: Company, tmp_path: Path, command: tuple[str, ...]
) -> None:
    export = company.sends()
    books = tmp_path / "books.jsonl"

    done = ran(command, tmp_path, company.findity, FINDITY_BOOKINGS=str(books))

    assert done.returncode == 0, done.stderr
    (voucher,) = export.vouchers()
    assert len(books.read_text("utf-8").splitlines()) == len(voucher["voucherRows"])
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [f"{voucher['id']}.pdf"]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_it_needs_and_was_not_told_is_named(
    company: Company, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = ran(command, tmp_path, company.findity, FINDITY_ORGANIZATION_ID="")

    assert done.returncode == 1
    assert done.stderr == (
        "The environment lacks FINDITY_ORGANIZATION_ID: see `mockfindity env`.\n"
    )
