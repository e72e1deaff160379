"""What a user gets: the wheel's contents, and the commands run from it in a bare environment.

The wheel is built from the sdist, so a file that the sdist lacks is missing here too.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import tarfile
import threading
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from bare import CHECKOUT, bare_environment, run

import mockfindity

# One worker builds and installs for all of these tests.
pytestmark = pytest.mark.xdist_group("wheel")

VERSION = mockfindity.__version__.encode()
needs_git = pytest.mark.skipif(
    not (CHECKOUT / ".git").exists(), reason="git knows what belongs to a checkout"
)


@needs_git
def test_the_wheel_has_these_files_and_no_other(in_wheel: set[str], wheel: Path) -> None:
    about = "-".join(wheel.name.split("-")[:2]) + ".dist-info"
    homes = {"mockfindity/": "", "contracts/": "mockfindity/", "scenarios/": "mockfindity/"}
    assert in_wheel == {
        *(
            into + name
            for name in in_checkout()
            for home, into in homes.items()
            if name.startswith(home)
        ),
        *(f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")),
        f"{about}/licenses/LICENSE",
    }


@needs_git
def test_the_sdist_is_the_checkout(dist: Path) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names == {*in_checkout(), "PKG-INFO"}


def test_the_version_is_said_once(in_wheel: set[str], wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        said = [name for name in in_wheel if name.endswith(".py") and VERSION in archive.read(name)]
    assert said == ["mockfindity/__init__.py"]
    assert "version" not in tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]


def test_the_wheel_says_that_it_is_typed(in_wheel: set[str]) -> None:
    assert "mockfindity/py.typed" in in_wheel


def test_the_contract_kit_lies_inside_the_package(in_wheel: set[str]) -> None:
    contracts = {name for name in in_wheel if name.startswith("mockfindity/contracts/")}
    assert {
        "mockfindity/contracts/rules/test_admin_sync.py",
        "mockfindity/contracts/clients/reference.py",
        "mockfindity/contracts/clients/reference.mjs",
        "mockfindity/contracts/ledger.schema.json",
    } <= contracts
    kinds = {Path(name).suffix for name in contracts}
    assert kinds <= {".py", ".mjs", ".json", ".toml", ".md"}


def test_what_tools_leave_behind_stays_out(in_wheel: set[str]) -> None:
    left = re.compile(r"/(node_modules|__pycache__|\.[^/]+)/|\.pyc$|\.log$|\.jsonl$|\.pdf$")
    assert [name for name in sorted(in_wheel) if left.search(f"/{name}")] == []


def test_pytest_finds_the_plugin(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt"))
        points = archive.read(name).decode()
    assert "[pytest11]\nmockfindity = mockfindity.pytest_plugin\n" in points


def test_scenarios_lie_inside_the_package(in_wheel: set[str]) -> None:
    assert "mockfindity/scenarios/demo.py" in in_wheel


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


def test_the_documentation_of_the_apis_is_installed_too(bin_folder: Path, tmp_path: Path) -> None:
    with serving(bin_folder, tmp_path) as (_, url):
        for path in ("docs", "docs/assets/swagger-ui-bundle.js"):
            with urllib.request.urlopen(f"{url}/{path}", timeout=10) as answer:
                assert answer.status == 200
        with urllib.request.urlopen(f"{url}/openapi/connect.json", timeout=10) as answer:
            paths = json.load(answer)["paths"]
        assert "/api/v1/connect/organizations/{organizationId}/exports" in paths


def test_the_rules_for_clients_and_an_example_are_installed_too(in_wheel: set[str]) -> None:
    wanted = {"rules/test_exports.py", "clients/reference.py", "clients/reference.mjs"}
    assert {f"mockfindity/contracts/{name}" for name in wanted} <= in_wheel


def test_without_its_extra_check_says_what_to_install(bin_folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [bin_folder / "mockfindity", "check", "--list"],
        cwd=tmp_path,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    needed = (
        "Error: this needs pytest: pip install 'mockfindity[check]', or in a checkout "
        "pip install '.[check]'\n"
    )
    assert (done.returncode, done.stderr) == (1, needed)


def test_the_demo_plays_to_its_end(bin_folder: Path, tmp_path: Path) -> None:
    run(bin_folder / "mockfindity", "demo", "--once", cwd=tmp_path)


def in_checkout() -> set[str]:
    """Every file of the checkout, as git knows it; new ones too, but none that it ignores."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = run(*listing, cwd=CHECKOUT).rstrip("\0").split("\0")
    return {name for name in names if (CHECKOUT / name).is_file()}


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
