"""The documentation is run: every command on every page, against a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from mockfindity.server import serving

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ELSEWHERE = ["team.md"]
"""What needs more than one server is run by tests/fleet."""
WALKED = ["docs/tour.md", "docs/faults.md"]
"""These are run once, and several tests look at what came of it."""
RUN = [page for page in PAGES if page.name not in ELSEWHERE and f"docs/{page.name}" not in WALKED]
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


class Walked(NamedTuple):
    """A page whose commands were run: what it shows, what they printed, and left in a folder."""

    shown: str
    done: subprocess.CompletedProcess[str]
    folder: Path


@pytest.fixture(scope="module", params=WALKED)
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    page, folder = ROOT / request.param, tmp_path_factory.mktemp("walked")
    shown = re.findall(r"^```text\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
    with serving() as url:
        done = run(commands(page), url, folder)
    done.stdout = done.stdout.replace(url, "http://127.0.0.1:4655")
    return Walked("".join(shown), done, folder)


@needs_shell
@pytest.mark.xdist_group("walked")
def test_a_page_can_be_walked_to_its_end(walked: Walked) -> None:
    assert walked.done.returncode == 0, walked.done.stdout[-2000:] + walked.done.stderr[-2000:]


@needs_shell
@pytest.mark.xdist_group("walked")
def test_the_page_shows_what_one_sees(walked: Walked) -> None:
    printed = seen(walked.done.stdout)

    assert walked.shown
    assert [line for line in seen(walked.shown) if line not in printed] == []


@needs_shell
@pytest.mark.xdist_group("walked")
@pytest.mark.parametrize("walked", WALKED[:1], indirect=True)
def test_the_tour_books_an_export_and_keeps_its_pdf(walked: Walked) -> None:
    assert '"status":"SENT"' in (walked.folder / "booked.json").read_text()
    assert (walked.folder / "voucher.pdf").read_bytes().startswith(b"%PDF-")


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
