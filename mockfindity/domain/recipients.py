"""Recipients: where an organization's reports are sent, and in which shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from .record import Record

API_PLUGIN = "ce-integration-api"
PDF_PLUGIN = "ce-integration-standard"

VatType = Literal["SEPARATELY", "INCLUDED_AND_GROSS_AMOUNT"]
WebhookPayload = Literal["METADATA", "STANDARD_JSON"]
ListType = Literal[
    "REPORT_PER_EXPENSE",
    "REPORT_PER_ACCOUNT",
    "USER_PER_EXPENSE",
    "USER_PER_ACCOUNT",
    "EXPENSE",
    "REPORT_PER_REPORT_PAID",
    "USER_PER_REPORT_PAID",
    "REPORT_PER_EXPENSE_PAID",
]


class Recipient(Record, frozen=True, kw_only=True, rename="camel"):
    """A report recipient. Only one whose plugin is ``ce-integration-api`` gets exports.

    ``other`` holds the fields of the guides that are only stored and given back.
    """

    organization_id: str
    recipient_name: str
    integration_plugin_name: str = API_PLUGIN
    verification_lists_type: ListType = "REPORT_PER_EXPENSE"
    vat_type: VatType = "SEPARATELY"
    do_debit_accounting: bool = True
    do_credit_accounting: bool = True
    uses_salary_codes: bool = False
    sort_order: int = 1
    webhook_url: str | None = None
    webhook_payload: WebhookPayload = "METADATA"
    webhook_headers: dict[str, str] = {}
    date_created: str = ""
    other: dict[str, Any] = {}

    @property
    def is_api(self) -> bool:
        return self.integration_plugin_name == API_PLUGIN


def api_recipients(recipients: Iterable[Recipient]) -> list[Recipient]:
    """The API recipients in the order in which a report visits them."""
    return sorted((r for r in recipients if r.is_api), key=lambda r: r.sort_order)
