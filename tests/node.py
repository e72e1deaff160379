"""Node and what it needs, for tests: the programs of ``tests/node/package.json``, as locked there.

Node comes as a Python package, so that nothing else need be installed. The npm packages are put
beside ``package.json`` by the first test that asks for them, and stay there.
"""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
MODULES = FOLDER / "node_modules"
LOCK = FOLDER / "package-lock.json"
INSTALLED = MODULES / ".package-lock.json"


def node(*command: str | Path, cwd: Path = FOLDER) -> subprocess.CompletedProcess[str]:
    """A program of Node's, or of an npm package, run to its end."""
    scripts = sysconfig.get_path("scripts")
    path = os.pathsep.join([scripts, str(MODULES / ".bin"), os.environ["PATH"]])
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=os.environ | {"PATH": path, "NO_UPDATE_NOTIFIER": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def install() -> None:
    """Install the npm packages, if they are not those of the lock already."""
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    done = node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    assert done.returncode == 0, done.stderr
    os.utime(INSTALLED)
