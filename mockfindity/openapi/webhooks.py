"""The webhook of the connect document: what mockfindity sends, and what it makes of the answer."""

from __future__ import annotations

from typing import Any

from ..shapes.exports import MetadataOut
from ..shapes.vouchers import PackageOut
from .schemas import Schemas

PAYLOADS: list[Any] = [MetadataOut, PackageOut]


def webhooks(schemas: Schemas) -> dict[str, Any]:
    """The webhooks of the document, by name."""
    return {
        "exportMade": {
            "post": {
                "operationId": "exportMade",
                "summary": "An export was made",
                "description": (
                    "Sent to the recipient's `webhookUrl` once the export can be fetched, in "
                    "order, without a retry. `webhookPayload` says what is sent: `METADATA`, or "
                    "with `STANDARD_JSON` the package itself.\n\nProvenance: documented (webhook "
                    "page); that it is a POST, its header and its time-out are chosen."
                ),
                "tags": ["exports"],
                "x-provenance": "documented",
                "x-source": "webhook page",
                "parameters": [
                    {
                        "name": "X-Mockfindity-Delivery",
                        "in": "header",
                        "description": "The delivery's id: the same webhook sent twice has two.",
                        "schema": {"type": "string"},
                    }
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": schemas.answer(PAYLOADS)}},
                },
                "responses": {
                    "200": {"description": "It was taken; nothing else counts as that."},
                    "default": {
                        "description": (
                            "It was not taken, as when nothing answers in 10 seconds: the export "
                            "is withdrawn and its reports are ready to be sent again."
                        )
                    },
                },
                "security": [],
            }
        }
    }
