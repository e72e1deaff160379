"""The rules in a project's own run of pytest, beside rules and tests of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
CLIENTS = CHECKOUT / "contracts" / "clients"

PROJECT = {
    "pytest.ini": """
[pytest]
filterwarnings = error
addopts = --strict-markers
python_functions = check_*
python_files = check_*.py test_*.py
""",
    "mockfindity.toml": f"[check]\nclient = '{CLIENTS / 'reference.py'}:sync'\n",
    # A fixture that is called as one of the kit's, and a file that is called as one of the rules.
    "conftest.py": """
import pytest

@pytest.fixture
def client():
    return "our own"
""",
    "tests/test_exports.py": """
def check_what_is_ours_stays_ours(client):
    assert client == "our own"
""",
    "rules/conftest.py": "from mockfindity.kit.plugin import client\n",
    "rules/test_ours.py": """
from mockfindity.kit import MUST, Client, Company, rule, violated


@rule("OUR-1", MUST, "exports", source="our handbook",
      says="Our numbers begin with B.", remedy="Let the numbers begin with B.")
def check_the_numbers(company: Company, client: Client) -> None:
    \"\"\"Its numbers begin with B.\"\"\"
    export = company.sends()

    client.works()

    company.expect_booked(export)
    said = company.seen.acknowledged(export)
    if not said[0].fields["voucherNumber"].startswith("B"):
        raise violated(f"it booked under {said[0].fields['voucherNumber']}", [said[0].request])
""",
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    for name, text in PROJECT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    clean = {n: v for n, v in os.environ.items() if not n.startswith(("MOCKFINDITY_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_rules_of_the_kit_and_of_the_team_stand_beside_tests(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    wanted = "EXP-2 or OUR-1 or HOOK-1 or ours_stays_ours"
    done = run(tmp_path, "--mockfindity-contracts", "-k", wanted, *workers)

    assert "1 failed, 2 passed, 1 skipped" in done.stdout, done.stdout + done.stderr
    assert "✗ OUR-1 MUST Its numbers begin with B" in done.stdout
    assert "  Findity's rule   Our numbers begin with B. (our handbook)" in done.stdout
    assert "  What happened    it booked under A1" in done.stdout
    assert "Traceback" not in done.stdout


def test_without_the_option_there_are_no_rules_of_the_kit(tmp_path: Path) -> None:
    done = run(tmp_path, "--collect-only", "tests")

    assert "1 test collected" in done.stdout


def test_a_project_that_says_not_what_is_judged_is_told_how(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    run(project, "--version")
    (project / "mockfindity.toml").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--mockfindity-contracts"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 4
    assert "--mockfindity-contracts: one of command, service, client" in done.stderr
    assert "`mockfindity check --init` writes that." in done.stderr
