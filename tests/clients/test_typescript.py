"""A client in TypeScript, generated from the documents: it compiles, and runs a whole export."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import node
import pytest
from generated import HERE, SEEN, assert_booked, blocks, settings
from support import Findity

pytestmark = pytest.mark.xdist_group("node")

GENERATE, COMPILE = blocks("bash")


def ran(command: str, folder: Path, findity: Findity) -> str:
    """What a command of the page printed, when it went well."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings(findity).items():
            patch.setenv(name, value)
        done = node.node("bash", "-euc", command, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the clients, with the npm packages and the programs that use them."""
    node.install()
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "node_modules").symlink_to(node.MODULES, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}')
    for program in ("flow.ts", "mistakes.ts"):
        shutil.copy(HERE / program, folder)
    (folder / "page.ts").write_text(blocks("ts")[0])
    return folder


def test_the_commands_of_the_page_generate_and_compile_it(folder: Path, findity: Findity) -> None:
    ran(GENERATE, folder, findity)
    ran(COMPILE, folder, findity)

    assert sorted(path.name for path in (folder / "findity").iterdir()) == [
        "admin.ts",
        "connect.ts",
        "control.ts",
        "oauth.ts",
    ]


def test_it_runs_a_whole_export(folder: Path, findity: Findity) -> None:
    assert json.loads(ran("node flow.ts", folder, findity)) == SEEN
    assert_booked(findity)


def test_what_the_page_shows_runs(folder: Path, findity: Findity) -> None:
    findity.organization("ACME")

    assert "externalSourceId: 'ACME'" in ran("node page.ts", folder, findity)


def test_the_page_names_the_packages_that_are_tried() -> None:
    (console,) = blocks("console")
    named = {word for line in console.splitlines()[:2] for word in line.split()[3:]}

    tried = json.loads((node.FOLDER / "package.json").read_text())["devDependencies"]
    assert named - {"--save-dev"} == set(tried) - {"@stoplight/spectral-cli", "axe-core"}
