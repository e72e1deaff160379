"""Files in YAML: what is in them, and what the schema of their format says of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def parsed(text: str | Path) -> Any:
    """What a text, or a file, has; ``on`` is a word here, as in YAML 1.2."""
    return YAML(typ="safe", pure=True).load(text)


def complaints(schema: str, *files: Path) -> str:
    """What is wrong with files by a schema that check-jsonschema carries, such as ``compose-spec``;
    nothing, if they are well."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""
