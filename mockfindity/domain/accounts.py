"""Accounts and salary codes: the numbers that voucher rows are booked on."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .record import Record, Value


class Account(Record, frozen=True, kw_only=True, rename="camel"):
    """One row of an organization's chart of accounts; ``number`` is unique in it."""

    organization_id: str
    number: str
    name: str


class SalaryCode(Record, frozen=True, kw_only=True, rename="camel"):
    """What payroll books on; to a category it is the alternative to an account."""

    organization_id: str
    number: str
    name: str


class AccountingNumber(Value, frozen=True, kw_only=True, rename="camel"):
    """An account or salary code as vouchers and the organization object show it."""

    id: Annotated[str, Meta(description="The id of the account or salary code.")]
    number: Annotated[str, Meta(description="Its number.", examples=["5800"])]
    text: Annotated[str, Meta(description="What it is called.", examples=["Travel expenses"])]
    type: Annotated[
        str,
        Meta(
            description="`ACCOUNTING_NUMBER` is an account, `SALARY_CODE` a salary code.",
            examples=["ACCOUNTING_NUMBER"],
        ),
    ]
    visible: Annotated[bool, Meta(description="Always false.")] = False


def accounting_number(entry: Account | SalaryCode) -> AccountingNumber:
    """``entry`` in the shape of the voucher-structure and admin guides."""
    kind = "ACCOUNTING_NUMBER" if isinstance(entry, Account) else "SALARY_CODE"
    return AccountingNumber(id=entry.id, number=entry.number, text=entry.name, type=kind)
