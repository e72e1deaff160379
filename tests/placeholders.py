"""Requests and answers as data: ``{organizationId}`` stands for what is only known later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def filled(value: Any, known: Mapping[str, str]) -> Any:
    """``value`` with every placeholder in its texts replaced; an unknown one is an error."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: known[found[1]], value)
    if isinstance(value, list):
        return [filled(item, known) for item in value]
    if isinstance(value, dict):
        return {filled(key, known): filled(item, known) for key, item in value.items()}
    return value
