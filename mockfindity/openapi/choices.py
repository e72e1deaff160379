"""The sets of words that have a name in the documents.

A field that takes one of such words refers to its set, so that a client made from a document has
one type for them, and not one for each field.
"""

from __future__ import annotations

from typing import Any, get_args

from ..deliveries import Status as DeliveryStatus
from ..domain.keys import Scope
from ..domain.recipients import ListType, VatType, WebhookPayload
from ..domain.reports import ExpenseType, Status
from ..faults import Body, Connection, Phase, Set

REF = "#/components/schemas/"
CHOICES: dict[str, tuple[tuple[str, ...], str]] = {
    "VerificationListsType": (get_args(ListType), "What makes a voucher, and what a row of it."),
    "VatType": (get_args(VatType), "Whether VAT has rows of its own."),
    "WebhookPayload": (get_args(WebhookPayload), "What an export is, or its whole package."),
    "VoucherStatus": (("SUCCESS", "FAILED"), "Whether a voucher was booked."),
    "ReportStatus": (get_args(Status), "How far a report has come."),
    "DeliveryStatus": (get_args(DeliveryStatus), "What became of a webhook."),
    "ExpenseType": (get_args(ExpenseType), "What kind of expense it is."),
    "DimensionLevel": (("EXPENSE", "REPORT"), "What is tagged with a dimension."),
    "DistanceUnit": (("KM", "MI"), "What distances are measured in."),
    "ApiKeyScope": (get_args(Scope), "What an API key reaches."),
    "ClockMode": (("real", "frozen"), "`real` goes by the wall, `frozen` stands still."),
    "FaultSet": (get_args(Set), "A named set of fault rules."),
    "FaultPhase": (get_args(Phase), "Whether the operation runs before the fault."),
    "FaultConnection": (get_args(Connection), "What becomes of the connection."),
    "FaultBody": (get_args(Body), "What becomes of the answer's body."),
    "UnknownFields": (("documented", "reject", "ignore"), "What fields nobody knows lead to."),
    "ExportListShape": (("envelope", "array"), "How exports are listed."),
    "WebhookMode": (("async", "sync", "collect"), "When webhooks are delivered."),
    "WebhookSuccess": (("200", "2xx"), "Which answers to a webhook count."),
    "WebhookFailure": (("bounce", "keep"), "Whether a failed webhook takes the export back."),
}
"""Every set by its name: the words, and what they say."""

_NAMES = {frozenset(words): name for name, (words, _) in CHOICES.items()}


def named(schema: Any, used: set[str]) -> Any:
    """``schema`` with references to the sets that have a name; those are added to ``used``."""
    if isinstance(schema, list):
        return [named(item, used) for item in schema]
    if not isinstance(schema, dict):
        return schema
    name = _name(schema)
    if name is None:
        return {key: named(value, used) for key, value in schema.items()}
    used.add(name)
    rest = {key: value for key, value in schema.items() if key not in ("type", "enum")}
    return {"$ref": REF + name} | rest


def _name(schema: dict[str, Any]) -> str | None:
    words = schema.get("enum")
    strings = isinstance(words, list) and all(isinstance(word, str) for word in words)
    return _NAMES.get(frozenset(words or ())) if strings else None


def choice(name: str) -> dict[str, Any]:
    """The schema of a set."""
    words, description = CHOICES[name]
    return {"type": "string", "description": description, "enum": list(words)}
