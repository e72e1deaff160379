"""The conduct report over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..api.page import listed
from ..call import Call
from ..conduct import Seen, report

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.conduct import ConductFindingOut


def get_conduct(call: Call) -> Page[ConductFindingOut]:
    """Say what the client did that it should not have, rule by rule, from the journal."""
    sandbox = call.sandbox
    whole = frozenset(
        delivery.export_id
        for delivery in sandbox.deliveries.all()
        if delivery.payload == "STANDARD_JSON" and delivery.status in ("DELIVERED", "COLLECTED")
    )
    seen = Seen(
        entries=[entry for entry in sandbox.journal if not entry.unclaimed],
        is_whole=sandbox.journal.is_whole,
        exports=sandbox.state.exports.rows,
        delivered_whole=whole,
        polling_seconds=sandbox.settings.polling_seconds,
    )
    return listed(report(seen), lambda finding: finding)
