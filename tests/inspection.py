"""The whole of what a server remembers, so that two moments can be compared.

A refused request changes nothing: tests look at everything before it and after it, through the
sandboxes themselves, because no API shows all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockfindity.sandbox import Sandbox


def memory(sandbox: Sandbox, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Everything one sandbox remembers: each table's rows in their order, and what is no table.

    The journal and the events are left out: that a request was made is remembered there.
    ``without`` names tables to leave out.
    """
    tables = {
        name: list(table.rows.items())
        for name, table in sandbox.state.tables().items()
        if name not in without
    }
    return tables | {
        "ids": sandbox.state.ids.count,
        "delivery ids": sandbox.deliveries.new_id.count,
        "deliveries": sandbox.deliveries.all(),
        "outbox": list(sandbox.outbox),
        "settings": sandbox.settings,
        "clock": sandbox.clock,
        "faults": list(sandbox.faults.rules.values()),
        "snapshots": dict(sandbox.snapshots),
    }


def memories(sandboxes: Iterable[Sandbox], *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Everything a server remembers, sandbox by sandbox."""
    return {sandbox.name: memory(sandbox, without=without) for sandbox in sandboxes}
