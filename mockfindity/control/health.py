"""Whether the server is there: the first thing that is asked, and it needs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import __version__
from ..call import Call

if TYPE_CHECKING:
    from ..shapes.sandboxes import HealthOut, ProbeOut


def get_health(call: Call) -> HealthOut:
    """Say that the server is well, which version it is, and how many sandboxes it has."""
    return {"status": "ok", "version": __version__, "sandboxes": len(call.sandboxes)}


def get_liveness(call: Call) -> ProbeOut:
    """Say that the server is alive."""
    return {"status": "ok"}


def get_readiness(call: Call) -> ProbeOut:
    """Say that the server takes requests."""
    return {"status": "ok"}
