"""A Findity in a test: a sandbox with the domain's words.

Everything here speaks HTTP to a mockfindity, one that was started in this process or any other.
The names below are what annotations need; ``mockfindity`` itself has what is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clock import Clock
    from .export import Export
    from .faults import Faults
    from .findity import Findity
    from .guard import FindityReachedError, Guard
    from .line import FindityError
    from .organization import Expense, Organization
    from .report import Report
    from .requests import Requests
    from .running import RemoteServer, ServerSettings
    from .snapshot import Snapshot
    from .webhooks import Webhooks

__all__ = [
    "Clock",
    "Expense",
    "Export",
    "Faults",
    "Findity",
    "FindityError",
    "FindityReachedError",
    "Guard",
    "Organization",
    "RemoteServer",
    "Report",
    "Requests",
    "ServerSettings",
    "Snapshot",
    "Webhooks",
]

_HOMES = {
    "Expense": "organization",
    "FindityError": "line",
    "FindityReachedError": "guard",
    "RemoteServer": "running",
    "ServerSettings": "running",
}


def __getattr__(name: str) -> object:
    """Import what is behind a name when it is first used; the guard alone needs no HTTP."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES.get(name, name.lower())}", __name__), name)
