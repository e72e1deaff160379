"""Categories and payment types: they decide which account a voucher row is booked on."""

from __future__ import annotations

from typing import Any

from .record import Record


class Category(Record, frozen=True, kw_only=True, rename="camel"):
    """An expense category. An account id may name an account that is gone: then nothing that
    needs it can be exported until the category is mapped again (charts-of-accounts guide).

    ``other`` holds the fields of the guides that are only stored and given back.
    """

    organization_id: str
    name: str
    date_created: str
    account_id: str | None = None
    salary_code_id: str | None = None
    tax_account_id: str | None = None
    non_deductable_vat: bool = False
    other: dict[str, Any] = {}


class PaymentType(Record, frozen=True, kw_only=True, rename="camel"):
    """How an expense was paid; its account is the credit row's."""

    organization_id: str
    name: str
    account_id: str | None = None
    owner_employee_id: str | None = None
    is_default: bool = False
