"""Where an organization's reports are sent, and in which format."""

from __future__ import annotations

from ..call import Bytes, Call
from . import paging
from .field import fields_of
from .visit import Json, Visit, shown, shown_of_organization

API = "ce-integration-api"
PLUGINS = {API: "API", "ce-integration-standard": "PDF"}
"""What a recipient's plugin makes of it: only an API recipient gets exports."""

FORMATS = {
    "REPORT_PER_EXPENSE": "a voucher for each report, with all rows of its expenses",
    "REPORT_PER_ACCOUNT": "a voucher for each report, its rows summed by account",
    "USER_PER_EXPENSE": "a voucher for each user, with all rows of the user's expenses",
    "USER_PER_ACCOUNT": "a voucher for each user, its rows summed by account",
    "EXPENSE": "a voucher for each expense",
    "REPORT_PER_REPORT_PAID": "a voucher for each report, with one row: its total",
    "USER_PER_REPORT_PAID": "a voucher for each user, with one row: the user's total",
    "REPORT_PER_EXPENSE_PAID": "a voucher for each report, with one row for each expense",
}
"""The formats, verificationListsType, in words."""

WRITTEN = (
    *("recipientName", "verificationListsType", "vatType", "sortOrder"),
    *("doDebitAccounting", "doCreditAccounting", "usesSalaryCodes"),
    *("webhookUrl", "webhookPayload", "webhookHeaders"),
)
"""The fields that decide something here, beside the plugin."""


def get_recipients_page(call: Call) -> Bytes:
    """See the recipients of an organization, in the order in which reports visit them."""
    return shown_of_organization(call, "recipients.html", _recipients)


def get_recipient_page(call: Call) -> Bytes:
    """See one recipient, and change its format, its webhook and its switches."""
    return shown(call, "recipient.html", _recipient)


def _recipients(visit: Visit) -> Json:
    found = visit.set_up("recipients")["data"]
    ordered = sorted(found, key=lambda one: one["sortOrder"])
    return {
        "recipients": paging.of(ordered, visit.query["offset"]),
        "link": lambda offset: visit.at("organization", "recipients", offset=offset),
        "plugins": PLUGINS,
        "formats": FORMATS,
    }


def _recipient(visit: Visit) -> Json:
    one = visit.set_up("recipients", visit.call.path["recipientId"])
    return {
        "recipient": one,
        "fields": fields_of(visit.call, "RecipientIn", one, WRITTEN),
        "plugins": {one["integrationPluginName"]: "another", **PLUGINS},
        "formats": FORMATS,
    }
