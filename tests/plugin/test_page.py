"""Every example on the page "In your tests" is run, and seen by a strict type checker."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from suites import run

PAGE = Path(__file__).parents[2] / "docs" / "in-your-tests.md"
FLAGS = re.MULTILINE | re.DOTALL
BLOCKS = dict(re.findall(r"^```python\n# (\S+\.py)\n(.*?)^```", PAGE.read_text(), FLAGS))

README = Path(__file__).parents[2] / "README.md"
INTEGRATION = """
from bookkeeping import book_everything

NAMES = ("BASE_URL", "CLIENT_ID", "CLIENT_SECRET", "ORGANIZATION_ID")

def run(env):
    book_everything(*(env[f"FINDITY_{name}"] for name in NAMES))
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with the files that the page shows."""
    for name, text in BLOCKS.items():
        (pytester.path / name).write_text(text)
    return pytester


def test_every_example_has_a_file_name() -> None:
    assert PAGE.read_text().count("```python\n") == len(BLOCKS)


@pytest.mark.parametrize("args", [(), ("-p", "xdist", "-n", "2")], ids=["plain", "xdist"])
def test_every_example_passes(project: pytest.Pytester, args: tuple[str, ...]) -> None:
    run(project, *args).assert_outcomes(passed=14)


def test_every_example_passes_with_a_server_elsewhere(
    project: pytest.Pytester, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKFINDITY_URL", server)

    run(project).assert_outcomes(passed=14)


def test_the_example_of_the_readme_passes(project: pytest.Pytester) -> None:
    fixture, script = re.findall(r"^```python\n(.*?)^```", README.read_text(), FLAGS)
    (project.path / "my_integration.py").write_text(INTEGRATION)

    done = project.makepyfile(test_readme=fixture, readme=script)
    run(project, str(done)).assert_outcomes(passed=1)
    assert project.runpython(project.path / "readme.py").ret == 0


@pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("curl")), reason="bash and curl are needed"
)
def test_the_example_for_other_languages_gives_a_key(tmp_path: Path) -> None:
    (script,) = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), FLAGS)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert sorted(json.loads(done.stdout)) == [
        "baseUrl",
        "clientId",
        "clientSecret",
        "name",
        "tokenUrl",
    ]


def test_the_example_for_unittest_needs_no_pytest(project: pytest.Pytester) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "unittest", "test_in_unittest"],
        cwd=project.path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_a_strict_type_checker_has_nothing_to_say(project: pytest.Pytester) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "."],
        cwd=project.path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
