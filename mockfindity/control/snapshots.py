"""Snapshots and the whole state: keep it, go back to it, take it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..api.page import page
from ..call import Call
from ..state_document import Whole, read, written

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.snapshots import SnapshotOut, StateOut, StateTaken


def _shown(name: str, whole: Whole) -> SnapshotOut:
    return {
        "name": name,
        "clock": {"now": whole.clock.stamp(), "mode": whole.clock.mode},
        "records": sum(len(table) for table in whole.state.tables().values()),
    }


def list_snapshots(call: Call) -> Page[SnapshotOut]:
    """List the snapshots of a sandbox."""
    return page(list(call.sandbox.snapshots.items()), call, lambda item: _shown(*item))


def put_snapshot(call: Call) -> SnapshotOut:
    """Keep what the sandbox is now under a name: records, keys, tokens, clock, settings.

    Journal, faults and deliveries are not part of it. One of that name is replaced.
    """
    name = call.path["snapshot"]
    return _shown(name, call.sandbox.snapshot(name))


def restore_snapshot(call: Call) -> SnapshotOut:
    """Go back to a snapshot; webhooks that are pending are cancelled.

    Tokens given since stay good where the snapshot has their key.
    """
    name = call.path["snapshot"]
    whole = call.sandbox.find_snapshot(name)
    call.sandbox.restore(whole)
    return _shown(name, whole)


def delete_snapshot(call: Call) -> None:
    """Forget a snapshot."""
    name = call.path["snapshot"]
    call.sandbox.find_snapshot(name)
    del call.sandbox.snapshots[name]


def get_state(call: Call) -> StateOut:
    """Get the whole state as one versioned document."""
    sandbox = call.sandbox
    return cast("StateOut", written(Whole(sandbox.state, sandbox.clock, sandbox.settings)))


def put_state(call: Call) -> StateTaken:
    """Be what a state document says. The sandbox keeps its own keys; others' are dropped.

    A newer version, or a damaged document, is refused and changes nothing.
    """
    whole = read(call.raw)
    call.sandbox.take_over(whole)
    return {"records": sum(len(table) for table in call.state.tables().values())}
