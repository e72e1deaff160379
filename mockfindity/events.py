"""What an operation announces. It is put in the sandbox's outbox and acted on elsewhere.

An operation does not call the webhook sender: it says that an export was made, and whoever drains
the outbox decides what follows from it.
"""

from __future__ import annotations

import msgspec


class ExportMade(msgspec.Struct, frozen=True):
    """An export can be fetched from now on; its recipient may want a webhook."""

    export_id: str


Event = ExportMade
