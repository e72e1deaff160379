"""Templates: what an organization starts with, and how it is copied.

A template is either one of the two built in here or an organization that exists. Copying gives
every record a new id and follows the references between them. Approvers are not copied: they are
users of the other organization.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .accounts import Account, SalaryCode
from .bas import BAS, CATEGORIES, SALARY_CODES
from .categories import Category, PaymentType
from .dimensions import DEFAULTS, Dimension, DimensionValue, value_key
from .recipients import PDF_PLUGIN, Recipient
from .record import NewId, Record, Value, replace

BUILT_IN_PARTNERS = {"partner-se": "Partner Sverige", "partner-no": "Partner Norge"}
SWEDISH = "tmpl-se-001"

Part = Account | SalaryCode | Category | PaymentType | Dimension | DimensionValue | Recipient


class Template(Value, frozen=True, kw_only=True, rename="camel"):
    """What is copied into a new organization."""

    id: str
    name: str
    partner_code: str | None
    vat_account_id: str | None
    parts: tuple[Part, ...]
    approval_active: bool = False
    base_currency: str = "SEK"


class Copy(Value, frozen=True, kw_only=True, rename="camel"):
    """A template's parts as records of a new organization."""

    parts: tuple[Part, ...]
    vat_account_id: str | None


_REFERENCES = ("account_id", "salary_code_id", "tax_account_id", "dimension_id")


def copy(template: Template, organization_id: str, new_id: NewId, now: str) -> Copy:
    """The template's parts for ``organization_id``, with new ids."""
    ids = {part.id: new_id() for part in template.parts if not isinstance(part, DimensionValue)}
    parts = tuple(_copied(part, organization_id, ids, now) for part in template.parts)
    vat = ids.get(template.vat_account_id) if template.vat_account_id else None
    return Copy(parts=parts, vat_account_id=vat)


def _copied(part: Part, organization_id: str, ids: dict[str, str], now: str) -> Part:
    fields: dict[str, Any] = {"organization_id": organization_id}
    for name in _REFERENCES:
        if reference := getattr(part, name, None):
            fields[name] = ids.get(reference)
    if hasattr(part, "date_created"):
        fields["date_created"] = now
    if isinstance(part, DimensionValue):
        key = value_key(fields["dimension_id"], part.value_id)
        return replace(part, id=key, approvers=(), **fields)
    return replace(part, id=ids[part.id], **fields)


def _accounts(numbers: Sequence[tuple[str, str]]) -> list[Account]:
    return [Account(id=n, organization_id="", number=n, name=name) for n, name in numbers]


def _pdf_recipient() -> Recipient:
    return Recipient(
        id="recipient-pdf",
        organization_id="",
        recipient_name="PDF fil",
        integration_plugin_name=PDF_PLUGIN,
        verification_lists_type="REPORT_PER_ACCOUNT",
    )


def bare() -> Template:
    """What an organization made without a template has; the accounts are the guides'."""
    parts: tuple[Record, ...] = (
        *_accounts((("100", "Expenses"), ("999", "VAT"))),
        Category(
            id="category", organization_id="", name="Expenses", account_id="100", date_created=""
        ),
        PaymentType(
            id="payment", organization_id="", name="Cash", account_id="100", is_default=True
        ),
        _pdf_recipient(),
    )
    return Template(id="", name="", partner_code=None, vat_account_id="999", parts=parts)  # type: ignore[arg-type]


def swedish() -> Template:
    """The built-in template ``tmpl-se-001``: a BAS chart of accounts, categories and payment
    types mapped to it, one API recipient, two dimension fields, approval active. Chosen."""
    parts: tuple[Record, ...] = (
        *_accounts(BAS),
        *(
            SalaryCode(id=f"salary-{number}", organization_id="", number=number, name=name)
            for number, name in SALARY_CODES
        ),
        *(_category(*row) for row in CATEGORIES),
        *(
            PaymentType(
                id=f"payment-{account}",
                organization_id="",
                name=name,
                account_id=account,
                is_default=account == "2820",
            )
            for name, account in (("Private outlay", "2820"), ("Company card", "2890"))
        ),
        *(
            Dimension(
                id=f"dimension-{external}",
                organization_id="",
                fields=DEFAULTS
                | {
                    "description": description,
                    "externalSourceId": external,
                    "presetLocation": "EMPLOYEE",
                },
            )
            for external, description in (
                ("cost-center", "Cost center"),
                ("project", "Project"),
            )
        ),
        Recipient(id="recipient-api", organization_id="", recipient_name="Bookkeeping"),
    )
    return Template(
        id=SWEDISH,
        name="Mall Sverige",
        partner_code="partner-se",
        vat_account_id="2641",
        parts=parts,  # type: ignore[arg-type]
        approval_active=True,
    )


def _category(name: str, account: str, salary_code: str | None, deductible: bool) -> Category:
    return Category(
        id=f"category-{account}",
        organization_id="",
        name=name,
        date_created="",
        account_id=account,
        salary_code_id=f"salary-{salary_code}" if salary_code else None,
        non_deductable_vat=not deductible,
    )
