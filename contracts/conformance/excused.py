"""The table of exceptions: valid data that is rightly refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

EXCEPTIONS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("exceptions.toml").read_text("utf-8")
)["exception"]


def excepted(operation: str, said: str) -> list[int]:
    """Which lines have this refusal, by their number."""
    return [
        number
        for number, line in enumerate(EXCEPTIONS)
        if operation in line["operations"] and re.search(line["says"], said)
    ]
