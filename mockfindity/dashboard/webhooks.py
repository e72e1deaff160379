"""Webhooks: what was sent to the client, what it answered, and once more."""

from __future__ import annotations

from ..call import Bytes, Call
from ..errors import NotFound
from ..query import Param, text
from .bodies import body_of
from .visit import PAGED_PAGES, Json, Visit, shown

STATUSES = ("FAILED", "DELIVERED", "PENDING", "COLLECTED", "CANCELLED")
WEBHOOKS = (
    *PAGED_PAGES,
    Param("status", text("a webhook's status"), "Only the webhooks of this status."),
)


def get_webhooks_page(call: Call) -> Bytes:
    """See the webhooks that were sent, and send one again."""
    return shown(call, "webhooks.html", _webhooks)


def get_webhook_page(call: Call) -> Bytes:
    """See one webhook with what it was answered; send it again, or another like it."""
    return shown(call, "webhook.html", _webhook)


def _webhooks(visit: Visit) -> Json:
    status = visit.query["status"] if visit.query["status"] in STATUSES else None
    return {
        "deliveries": visit.newest("webhooks", status=status),
        "status": status,
        "statuses": STATUSES,
        "link": lambda offset: visit.at("webhooks", status=status, offset=offset),
    }


def _webhook(visit: Visit) -> Json:
    delivery = visit.control("webhooks", visit.call.path["deliveryId"])
    visit.turn_to(delivery["organizationId"])
    sent, answer = delivery["request"], delivery["answer"]
    return {
        "delivery": delivery,
        "present": _present_url(visit, delivery),
        "body": body_of(sent["body"], sent["headers"]),
        "answer": body_of(answer["body"], answer["headers"]) if answer else None,
    }


def _present_url(visit: Visit, delivery: Json) -> str | None:
    """The webhook URL that the export's recipient has now; ``None`` of one that has none, or is
    gone."""
    try:
        export = visit.control("exports", delivery["exportId"])
        at = ("organizations", delivery["organizationId"], "recipients", export["recipient"]["id"])
        found: str | None = visit.control(*at)["webhookUrl"]
    except NotFound:
        return None
    return found
