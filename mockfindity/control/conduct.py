"""The conduct report over HTTP."""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..conduct import Seen, report


def get_conduct(call: Call) -> dict[str, Any]:
    """Say what the client did that it should not have, rule by rule, from the journal."""
    sandbox = call.sandbox
    whole = frozenset(
        delivery.export_id
        for delivery in sandbox.deliveries.all()
        if delivery.payload == "STANDARD_JSON" and delivery.status in ("DELIVERED", "COLLECTED")
    )
    seen = Seen(
        entries=list(sandbox.journal),
        exports=sandbox.state.exports.rows,
        delivered_whole=whole,
        polling_seconds=sandbox.settings.polling_seconds,
    )
    data = report(seen)
    return {"data": data, "meta": {"count": len(data), "total": len(data)}}
