"""A sandbox's state, and a snapshot of it, for tests."""

from __future__ import annotations

import json
from typing import Any

from support import Findity


def state(findity: Findity) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(findity.control("GET", "/state").content)
    return found


def keep(findity: Findity, name: str = "before") -> dict[str, Any]:
    return findity.changed(f"/snapshots/{name}", None)
