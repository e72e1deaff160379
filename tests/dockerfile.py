"""The Dockerfile: the environment that it gives a container, and what is run in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

FILE = Path(__file__).parents[1] / "Dockerfile"
LAST_STAGE = FILE.read_text().replace("\\\n", " ").rpartition("\nFROM ")[2]


def environment() -> dict[str, str]:
    """The variables of MOCKFINDITY's that a container begins with."""
    said = " ".join(re.findall(r"^ENV (.*)$", LAST_STAGE, re.MULTILINE))
    return dict(re.findall(r"(MOCKFINDITY_\w+)=(\S+)", said))


def command(text: str = LAST_STAGE) -> list[str]:
    """The words that a container of a Dockerfile runs."""
    said = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", text, re.MULTILINE)
    return [word for words in said for word in json.loads(words)]
