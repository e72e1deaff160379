"""Recipients: where an administrator has an organization's reports sent. The object is the admin
guide's with our ``vatType`` and ``webhook…``; that there is an API for it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..api.admin.objects import recipient_object
from ..api.page import page
from ..call import Call
from ..domain.recipients import API_PLUGIN, ListType, Recipient, VatType, WebhookPayload
from ..domain.record import merged, replace
from ..errors import BadRequest, RecipientNotFound
from ..targets import refuse_public
from ..wire import HEADER_NAME, HEADER_VALUE, Text, Whole, Wire
from .set_up import as_got, as_new, check_read_only, differing

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.recipients import OwnRecipientOut

NAME = "API"
"""What a recipient is called that is not given a name."""

LAST = 10**9
"""The largest ``sortOrder``."""

FRAMING = frozenset({"connection", "content-length", "transfer-encoding"})
"""Headers that say where a request ends; mockfindity writes them itself."""


class RecipientIn(Wire):
    """A recipient, whole or in part; ``{}`` makes an API recipient."""

    recipient_name: Text = Field(NAME, description="What it is called.")
    integration_plugin_name: Text = Field(
        API_PLUGIN, description=f"`{API_PLUGIN}` is an API recipient; others get no exports."
    )
    verification_lists_type: ListType = Field(
        "REPORT_PER_EXPENSE", description="The format of its vouchers."
    )
    vat_type: VatType = Field("SEPARATELY", description="Whether VAT gets rows of its own.")
    do_debit_accounting: bool = Field(True, description="Whether there are DEBIT rows.")
    do_credit_accounting: bool = Field(True, description="Whether there are CREDIT rows.")
    uses_salary_codes: bool = Field(
        False, description="Book on a category's salary code where it has one."
    )
    sort_order: Whole = Field(
        default_factory=int,
        ge=0,
        le=LAST,
        description="Reports visit recipients in this order; a new one comes last.",
    )
    webhook_url: str | None = Field(None, description="Where new exports are announced.")
    webhook_payload: WebhookPayload = Field("METADATA", description="What is sent there.")
    webhook_headers: dict[str, str] | None = Field(
        None, description="Sent with the webhook; replaced as a whole, none if null."
    )
    id: str | None = as_got()
    status: str | None = as_got("NORMAL")
    date_created: str | None = as_got()
    deleted_at: str | None = as_got()
    class_type: str | None = as_got()
    original_recipient_name: str | None = Field(
        None, description="What it was called at first; follows `recipientName` until it is sent."
    )
    uses_automatic_accounting: bool = True
    settings: dict[str, Any] = Field({}, description="Laid over what is there.")
    email: str | None = None
    error_email: str | None = None
    send_single_verification: bool = False
    uses_expense_codes: bool = False
    uses_accounting_numbers: bool = True
    payment_types: list[Any] = []
    uses_benefits: bool = False
    uses_extended_subsistence_allowance: bool = False
    uses_new_accounting_structure: bool = True
    basis_output_type: str | None = "SEND_PDF_AS_ATTACHMENT"
    custom_recipient_name: str | None = None
    requires_api_key: bool = False
    has_api_key: bool | None = None
    accounting_numbers_synced: bool = False
    salary_codes_synced: bool = False
    uses_payment_types: bool = True
    disable_manual_accounting: bool = False


COLUMNS = (
    "recipient_name",
    "integration_plugin_name",
    "verification_lists_type",
    "vat_type",
    "do_debit_accounting",
    "do_credit_accounting",
    "uses_salary_codes",
    "sort_order",
    "webhook_url",
    "webhook_payload",
    "webhook_headers",
)
READ_ONLY = ("id", "status", "date_created", "deleted_at", "class_type")
KEPT = tuple(name for name in RecipientIn.model_fields if name not in (*COLUMNS, *READ_ONLY))
"""The fields that are only stored and given back."""


def _found(call: Call) -> Recipient:
    return call.find(call.state.recipients, "recipientId", RecipientNotFound)


def list_recipients(call: Call) -> Page[OwnRecipientOut]:
    """List an organization's recipients."""
    recipients = call.state.recipients.many("organization", call.organization().id)
    return page(recipients, call, recipient_object)


def create_recipient(call: Call) -> OwnRecipientOut:
    """Set up a recipient; without a body, an API recipient that comes after the others."""
    organization = call.organization()
    others = call.state.recipients.many("organization", organization.id)
    new = Recipient(
        id=call.state.ids(),
        organization_id=organization.id,
        recipient_name=NAME,
        sort_order=min(max((other.sort_order for other in others), default=0) + 1, LAST),
        date_created=call.now,
    )
    return _write(call, new, as_new(recipient_object(new)))


def get_recipient(call: Call) -> OwnRecipientOut:
    """Get one recipient."""
    return recipient_object(_found(call))


def update_recipient(call: Call) -> OwnRecipientOut:
    """Change what is sent of a recipient; exports that were made keep what it was."""
    recipient = _found(call)
    return _write(call, recipient, recipient_object(recipient))


def delete_recipient(call: Call) -> None:
    """Remove a recipient; exports that were made for it stay."""
    call.state.remove(_found(call))


def _write(call: Call, recipient: Recipient, shown: Mapping[str, Any]) -> OwnRecipientOut:
    """Lay the body over ``recipient``, which GET gives as ``shown``, and store it."""
    body: RecipientIn = call.body
    check_read_only(body, READ_ONLY, shown)
    fields = body.sent(*COLUMNS)
    if "webhook_headers" in fields:
        fields["webhook_headers"] = _checked_headers(body.webhook_headers or {})
    if body.webhook_url not in (None, recipient.webhook_url):
        refuse_public(body.webhook_url or "", call.sandboxes.allow_public_webhooks)
    changed = replace(recipient, **fields)
    kept = differing(body, KEPT, recipient_object(changed))
    written = replace(changed, other=merged(changed.other, kept))
    call.state.put(written)
    return recipient_object(written)


def _checked_headers(headers: dict[str, str]) -> dict[str, str]:
    """Raise ``BadRequest`` for a header that HTTP could not carry."""
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name):
            raise BadRequest(
                f"webhookHeaders: {name!r} is no header name; letters, digits and - are safe."
            )
        if name.lower() in FRAMING:
            raise BadRequest(f"webhookHeaders: {name} is written by mockfindity: leave it out.")
        if not HEADER_VALUE.fullmatch(value):
            raise BadRequest(
                f"webhookHeaders: the value of {name}, {value!r}, must be visible Latin-1 text "
                "on one line, without blanks around it."
            )
    return headers
