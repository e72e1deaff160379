"""The wheel with each of its extras, in an environment of its own: ``make packages``.

Not among the tests that always run: pip has to fetch and install a good deal for them.
"""

from __future__ import annotations

import shlex
import sys
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from bare import CHECKOUT, run

LIMIT = 25
"""Megabytes that the wheels of the base may have together."""
EXTRAS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"][
    "optional-dependencies"
]
VERIFY = """
import mockfindity, subprocess
with mockfindity.running() as findity:
    findity.report().submit()
    key = ("--client-id", findity.client_id, "--client-secret", findity.client_secret)
    held = ("--base-url", findity.url, "--organization", findity.here.external_id)
    subprocess.run(["mockfindity", "verify", *held, *key], check=True)
"""
PROGRAMS = {
    "check": ("mockfindity", "check", "--list"),
    "conformance": ("python", "-c", "import jsonschema, schemathesis"),
    "scenarios": ("mockfindity", "scenario", "run", "month-end", "--standalone"),
    "testcontainers": ("python", "-c", "import mockfindity.testcontainers"),
    "verify": ("python", "-c", VERIFY),
}
"""What an extra is for, tried beside what every installation can do."""

Shows = Callable[[str, object], None]


def test_what_the_base_needs_is_small(wheel: Path, tmp_path: Path, record_property: Shows) -> None:
    command = (sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:")
    run(*command, "--dest", tmp_path, wheel, cwd=tmp_path)
    sizes = {path.name: path.stat().st_size for path in tmp_path.glob("*.whl")}
    own = sizes.pop(wheel.name)
    megabytes = sum(sizes.values()) / 1e6

    record_property(
        "shows",
        f"The wheel is {own / 1e6:.1f} MB, the {len(sizes)} it depends on {megabytes:.1f} MB.",
    )
    assert megabytes < LIMIT


@pytest.mark.parametrize("extra", ["", *EXTRAS], ids=lambda extra: extra or "base")
def test_it_runs_where_nothing_else_is_installed(wheel: Path, tmp_path: Path, extra: str) -> None:
    venv.create(tmp_path / "bare", with_pip=True)
    python = tmp_path / "bare/bin/python"
    wanted = f"{wheel}[{extra}]" if extra else str(wheel)

    run(python, "-m", "pip", "install", "--quiet", wanted, cwd=tmp_path)

    run(python, "-m", "pip", "check", cwd=tmp_path)
    mockfindity = tmp_path / "bare/bin/mockfindity"
    assert run(mockfindity, "version", cwd=tmp_path) == f"mockfindity {wheel.name.split('-')[1]}\n"
    run(mockfindity, "demo", "--once", cwd=tmp_path)
    if extra in PROGRAMS:
        line = f"PATH={shlex.quote(str(python.parent))}:$PATH; {shlex.join(PROGRAMS[extra])}"
        run("sh", "-ec", line, cwd=tmp_path)


@pytest.mark.parametrize(
    "words", ["pipx run --no-cache --spec {wheel} mockfindity", "uvx --from {wheel} mockfindity"]
)
def test_it_runs_without_being_installed(wheel: Path, tmp_path: Path, words: str) -> None:
    venv.create(tmp_path / "tools", with_pip=True)
    tools = tmp_path / "tools/bin"
    run(tools / "python", "-m", "pip", "install", "--quiet", "pipx", "uv", cwd=tmp_path)

    program, *more = words.format(wheel=wheel).split()
    said = run(tools / program, *more, "version", cwd=tmp_path)

    assert said == f"mockfindity {wheel.name.split('-')[1]}\n"
