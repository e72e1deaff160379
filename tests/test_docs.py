"""The documentation is run: every command on every page, against a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mockfindity.server import serving

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ELSEWHERE = ["team.md"]
"""What needs more than one server is run by tests/fleet."""
RUN = [page for page in PAGES if page.name not in ELSEWHERE]
SERVERS = ("make ", "mockfindity serve", "mockfindity demo")
"""What starts a server or the tests themselves is tried by tests of its own."""

needs_shell = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("curl")), reason="bash and curl are needed"
)


def commands(page: Path) -> str:
    """The shell commands of a page, in order, without those that start a server."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
    return "\n".join(block for block in blocks if not block.startswith(SERVERS))


def run(script: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``script`` in bash, stopping at the first failure; curl fails on HTTP errors."""
    checked = f'set -eu\ncurl() {{ command curl --fail-with-body "$@" && echo; }}\n{script}'
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "MOCKFINDITY_URL": url, "PATH": path}
    return subprocess.run(
        ["bash", "-c", checked],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@needs_shell
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_every_command_on_the_page_works(page: Path, tmp_path: Path) -> None:
    with serving() as url:
        done = run(commands(page), url, tmp_path)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@needs_shell
def test_the_tour_ends_with_a_booked_export_and_its_pdf(tmp_path: Path) -> None:
    with serving() as url:
        done = run(commands(ROOT / "README.md"), url, tmp_path)

    assert '"status":"SENT"' in done.stdout.splitlines()[-1]
    assert (tmp_path / "voucher.pdf").read_bytes().startswith(b"%PDF-")


def test_the_readme_begins_with_something_to_run() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()

    assert lines.index("```sh") < 30
    assert len(lines) <= 250


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []
