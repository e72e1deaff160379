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


def seen(text: str) -> list[str]:
    """The lines of a text, without what no two runs have in common: durations."""
    return [
        re.sub(r"(  | ) *\d+\.\d( s$|  )", r"\1…\2", line).rstrip() for line in text.splitlines()
    ]


def name(page: Path) -> str:
    """A page as it is called in the checkout."""
    return str(page.relative_to(ROOT))


@needs_shell
@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_command_on_the_page_works(page: Path, tmp_path: Path) -> None:
    with serving() as url:
        done = run(commands(page), url, tmp_path)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@needs_shell
@pytest.mark.parametrize("page", ["docs/tour.md", "docs/faults.md"])
def test_the_page_shows_what_one_sees(page: str, tmp_path: Path) -> None:
    shown = re.findall(r"^```text\n(.*?)^```", (ROOT / page).read_text(), re.MULTILINE | re.DOTALL)

    with serving() as url:
        done = run(commands(ROOT / page), url, tmp_path)

    printed = seen(done.stdout.replace(url, "http://127.0.0.1:4655"))
    assert shown
    assert [line for line in seen("".join(shown)) if line not in printed] == []


@needs_shell
def test_the_tour_books_an_export_and_keeps_its_pdf(tmp_path: Path) -> None:
    booking = commands(ROOT / "docs/tour.md").partition("mockfindity check")[0]

    with serving() as url:
        run(booking, url, tmp_path)

    assert '"status":"SENT"' in (tmp_path / "booked.json").read_text()
    assert (tmp_path / "voucher.pdf").read_bytes().startswith(b"%PDF-")


@needs_shell
def test_the_readme_ends_its_first_minute_with_an_export_that_waits(tmp_path: Path) -> None:
    with serving() as url:
        done = run(commands(ROOT / "README.md").partition("mockfindity check")[0], url, tmp_path)

    assert '"status":"TRANSFER"' in done.stdout


def test_the_readme_begins_with_something_to_run() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()

    assert lines.index("```sh") < 30
    assert len(lines) <= 250


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs/README.md").read_text()
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}

    assert pages - set(re.findall(r"\]\((\S+\.md)\)", index)) == set()
    assert "(docs/README.md)" in (ROOT / "README.md").read_text()
