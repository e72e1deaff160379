"""Where the peers are installed: a folder of the checkout that git does not see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig

from .servers import HERE

HOME = HERE.parents[1] / ".venv-peers"
MODULES = HOME / "node_modules"
"""Packages from npm."""


class NotToBeHad(Exception):
    """A peer that cannot be installed or started here, and why."""


def from_pypi(package: str, module: str) -> str:
    """The Python that has a module, which is installed first if it is not there. Raises
    ``NotToBeHad``."""
    python = HOME / "bin" / "python"
    if not python.exists():
        _installed(sys.executable, "-m", "venv", str(HOME))
    if not any(HOME.glob(f"lib/python*/site-packages/{module}")):
        pip = (str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check")
        _installed(*pip, package)
    return str(python)


def from_npm(package: str, program: str) -> str:
    """The path of a program, as a pattern below ``node_modules``, installed first if it is not
    there. Raises ``NotToBeHad``."""
    if not any(MODULES.glob(program)):
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        _installed(needed("npm", "nodejs npm"), "install", "--prefix", str(HOME), *quiet, package)
    found = next(MODULES.glob(program), None)
    if found is None:
        raise NotToBeHad(f"npm's {package} has no {program}")
    return str(found)


def needed(program: str, packages: str) -> str:
    """The path of a program of this machine, or of this environment. Raises ``NotToBeHad``."""
    found = shutil.which(program, path=search_path())
    if found is None:
        raise NotToBeHad(f"there is no {program}; on Debian and Ubuntu: apt install {packages}")
    return found


def search_path() -> str:
    """Where programs are looked for; Node may have come as a Python package."""
    return os.pathsep.join([os.environ["PATH"], sysconfig.get_path("scripts")])


def _installed(*command: str) -> None:
    sys.stderr.write(f"Installing {command[-1]}\n")
    environment = os.environ | {"PATH": search_path()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["nothing was said"]
        raise NotToBeHad(f"{command[-1]} cannot be installed: {lines[-1]}")
