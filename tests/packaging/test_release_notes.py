"""What a release says of itself, cut out of the changelog."""

from __future__ import annotations

import subprocess
import sys

from bare import CHECKOUT

import mockfindity

CHANGELOG = """\
# Changelog

What changes for users.

## 1.1.0 – 2026-05-02

### Added

- A thing that takes
  two lines.
- `another` thing.

### Fixed

One that was
broken.

## 1.0.0 – 2026-04-01

- The first.

## 0.9.0 – 2026-03-01
"""


def notes(version: str, changelog: str = CHANGELOG) -> subprocess.CompletedProcess[str]:
    """What the script says of a version, in a checkout with this changelog."""
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, version],
        input=changelog,
        cwd=CHECKOUT / ".github",
        capture_output=True,
        text=True,
        check=False,
    )


SCRIPT = "import sys, release_notes; print(release_notes.notes(sys.stdin.read(), sys.argv[1]))"


def test_they_are_the_section_of_the_version_with_whole_lines() -> None:
    assert notes("1.1.0").stdout.strip() == (
        "### Added\n\n- A thing that takes two lines.\n- `another` thing.\n\n"
        "### Fixed\n\nOne that was broken."
    )


def test_the_last_section_ends_with_the_file() -> None:
    assert notes("1.0.0").stdout.strip() == "- The first."


def test_a_version_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    said = notes("2.0.0").stderr
    assert "no section '2.0.0'; there is 1.1.0, 1.0.0, 0.9.0" in said


def test_a_version_of_which_nothing_is_said_is_an_error() -> None:
    assert "the section '0.9.0' is empty" in notes("0.9.0").stderr


def test_this_version_has_notes() -> None:
    script = CHECKOUT / ".github/release_notes.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)

    assert "### " in done.stdout
    assert f"## {mockfindity.__version__} " in (CHECKOUT / "CHANGELOG.md").read_text()
