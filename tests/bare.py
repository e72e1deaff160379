"""Commands in an environment that has nothing of the checkout's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


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


def bare_environment() -> dict[str, str]:
    """This process's environment without what would change how Python or mockfindity behaves."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "MOCKFINDITY_")) and name != "PORT"
    }
