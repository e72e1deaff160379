"""The webhooks of a sandbox: what was sent, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .line import is_refusal, segment

if TYPE_CHECKING:
    from ..shapes.deliveries import DeliveryOut
    from .export import Export
    from .findity import Findity

__tracebackhide__ = is_refusal

EVERY = 10**9


class Webhooks:
    """Deliveries, oldest first. ``Organization.recipient(webhook_url=…)`` says where to."""

    def __init__(self, findity: Findity) -> None:
        self._findity = findity

    def all(self) -> list[DeliveryOut]:
        """Every delivery so far, also those that are on their way."""
        return list(self._findity.control("GET", "/webhooks", max=EVERY)["data"])

    def wait(self, count: int = 1, *, timeout: int = 10) -> list[DeliveryOut]:
        """Wait until ``count`` deliveries are over, whatever became of them, and give those.

        Raises ``FindityError`` ``WAIT_TIMEOUT`` after ``timeout`` seconds, 60 at the most.
        """
        found = self._findity.control("GET", "/webhooks/wait", count=count, timeout=timeout)
        return list(found["data"])

    def redeliver(self, delivery: DeliveryOut | str) -> DeliveryOut:
        """Send one once more, with the same payload."""
        delivery_id = delivery if isinstance(delivery, str) else delivery["id"]
        path = f"/webhooks/{segment(delivery_id)}/redeliver"
        again: DeliveryOut = self._findity.control("POST", path)
        return again

    def fire(self, export: Export, *, times: int = 1, **payload: Any) -> list[DeliveryOut]:
        """Send the webhook of an export ``times`` times; ``payload=…`` sends that instead."""
        body = {"exportId": export.id, "times": times} | payload
        return list(self._findity.control("POST", "/webhooks/fire", body)["data"])
