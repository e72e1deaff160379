"""What a user gets: the wheel's contents, and the commands run from it in a bare environment.

The wheel is built from the sdist, so a file that the sdist lacks is missing here too.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import threading
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[2]

# One worker builds and installs for all of these tests.
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sdist of this checkout, and one wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def in_wheel(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheel and its base dependencies only."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=True)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return folder / "bin"


def test_the_wheel_has_every_file_of_the_package_and_no_other(in_wheel: set[str]) -> None:
    in_checkout = {
        *files_below("mockfindity"),
        *(f"mockfindity/{name}" for name in files_below("scenarios")),
        *(f"mockfindity/{name}" for name in files_below("contracts")),
    }
    assert {name for name in in_wheel if ".dist-info/" not in name} == in_checkout


def test_the_wheel_says_that_it_is_typed(in_wheel: set[str]) -> None:
    assert "mockfindity/py.typed" in in_wheel


def test_scenarios_lie_inside_the_package(in_wheel: set[str]) -> None:
    assert "mockfindity/scenarios/demo.py" in in_wheel


def test_the_wheel_carries_its_licence(in_wheel: set[str]) -> None:
    assert any(re.fullmatch(r"mockfindity-.+\.dist-info/licenses/LICENSE", n) for n in in_wheel)


def test_the_sdist_can_be_tested(dist: Path) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "README.md", "CHANGELOG.md", "LICENSE", *files_below("tests")} <= names


def test_help_names_the_commands(bin_folder: Path, tmp_path: Path) -> None:
    text = run(bin_folder / "mockfindity", "--help", cwd=tmp_path)
    assert re.search(r"\bserve\b", text)
    assert re.search(r"\bdemo\b", text)


def test_version_is_the_wheels(bin_folder: Path, wheel: Path, tmp_path: Path) -> None:
    assert wheel.name.split("-")[1] in run(bin_folder / "mockfindity", "version", cwd=tmp_path)


def test_the_package_runs_as_a_module(bin_folder: Path, wheel: Path, tmp_path: Path) -> None:
    text = run(bin_folder / "python", "-m", "mockfindity", "version", cwd=tmp_path)
    assert wheel.name.split("-")[1] in text


def test_serve_answers_and_ends_on_sigterm(bin_folder: Path, tmp_path: Path) -> None:
    with serving(bin_folder, tmp_path) as (process, url):
        with urllib.request.urlopen(f"{url}/_mockfindity/health", timeout=10) as answer:
            assert json.load(answer)["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=5)


def test_the_demo_plays_to_its_end(bin_folder: Path, tmp_path: Path) -> None:
    run(bin_folder / "mockfindity", "demo", "--once", cwd=tmp_path)


def files_below(folder: str) -> set[str]:
    """Every file below a folder of the checkout, named from its top, without caches."""
    paths = (path for path in (CHECKOUT / folder).rglob("*") if path.is_file())
    names = {path.relative_to(CHECKOUT).as_posix() for path in paths}
    return {name for name in names if "/." not in name and "/__pycache__/" not in name}


def run(*command: str | Path, cwd: Path) -> str:
    """What the command printed; an AssertionError with all it said where it failed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, said
    return done.stdout


@contextmanager
def serving(bin_folder: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`mockfindity serve` on a free port, and its address; killed at the latest after a minute."""
    errors = folder / "stderr.txt"
    with (
        errors.open("w") as stderr,
        subprocess.Popen(
            [bin_folder / "mockfindity", "serve", "--port", "0"],
            cwd=folder,
            env=bare_environment(),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if ready := re.fullmatch(r"Ready\. (http://127\.0\.0\.1:\d+)\n", line):
                    yield process, ready[1]
                    break
            else:
                pytest.fail(f"serve ended before it was ready:\n{errors.read_text()}")
        finally:
            watchdog.cancel()
            process.kill()


def bare_environment() -> dict[str, str]:
    """This process's environment without what would change how Python or mockfindity behaves."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "MOCKFINDITY_")) and name != "PORT"
    }
