"""Waiting for what has not happened yet, longer than the server holds one request."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from .control import Control, Refused

LONGEST = 20
"""Seconds that one request waits; a command may wait for as long as it likes."""
PAUSE = 0.1
"""Seconds between two looks within the last second."""


def waited(
    control: Control, path: str, query: Mapping[str, Any], timeout: float
) -> tuple[list[Any], bool]:
    """What a wait found within ``timeout`` seconds, and whether that is all it waited for."""
    end = time.monotonic() + timeout
    while True:
        left = max(end - time.monotonic(), 0.0)
        try:
            whole = {**query, "timeout": int(min(left, LONGEST))}
            return control("GET", path, query=whole)["data"], True
        except Refused as refused:
            if refused.code != "WAIT_TIMEOUT":
                raise
            if not left:
                return refused.data["data"], False
        if left < 1:
            time.sleep(min(left, PAUSE))
