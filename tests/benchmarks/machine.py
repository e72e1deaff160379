"""Where it was measured, and when, with which versions."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PARTS = (
    *("mockfindity", "uvicorn", "uvloop", "httptools", "starlette", "pydantic", "msgspec"),
    *("httpx2", "reportlab", "pillow"),
)


def machine() -> str:
    """The processor, how many cores there are of it, and the memory."""
    text = Path("/proc/cpuinfo").read_text()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count()
    return f"{names[0] if names else platform.machine()}, {cores} cores, {memory:.0f} GB"


def today() -> str:
    """The date, as ISO 8601 has it."""
    return datetime.now(UTC).date().isoformat()


def versions() -> dict[str, str]:
    """The versions of what has a share in it."""
    found = {"Python": platform.python_version(), "Linux": platform.release(), "wrk": _wrk()}
    return found | {part: version(part) for part in PARTS}


def _wrk() -> str:
    done = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
    return done.stdout.split()[1].removeprefix("debian/") if done.stdout else "none"
