"""A module that a client wants and its Python does not have: which Python that is."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_MISSING = re.compile(r"ModuleNotFoundError: No module named '([^']+)'")


def hint(command: Sequence[str], printed: str) -> str | None:
    """Which Python ran a command that printed that it lacks a module, and whether mockfindity's has
    that; ``None`` of any other command."""
    found = _MISSING.findall(printed)
    if not found or not command:
        return None
    module, program = found[-1], shutil.which(command[0]) or command[0]
    if Path(program).name.startswith(("python", "pypy")):
        told = f"The client was run by {program}, which has no module {module!r}"
    else:
        told = f"The client was run by {program}, and by a Python that has no module {module!r}"
    if program != sys.executable and _is_here(module):
        told += f"; {sys.executable}, which runs mockfindity, has it"
    return f"{told}."


def _is_here(module: str) -> bool:
    try:
        return find_spec(module.partition(".")[0]) is not None
    except ValueError:  # a module that was made by hand
        return False
