"""The rows of a voucher, and what an integration says of one, as they are shown to clients.

The fields are those of the voucher-structure guide.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from .accounts import AccountingNumber
from .dimensions import DimensionUse
from .record import Value


class Result(Value, frozen=True, kw_only=True, rename="camel"):
    """What an integration said of a voucher; also a voucher's ``integrationModuleResult``."""

    status: Annotated[
        Literal["SUCCESS", "FAILED"], Meta(description="Whether the voucher was booked.")
    ]
    voucher_number: Annotated[
        str | None, Meta(description="Its number in the ledger.", examples=["A-1042"])
    ] = None
    booking_date: Annotated[
        str | None,
        Meta(
            description="When it was booked: a day or a time, as it was sent.",
            examples=["2026-05-22T08:00:00Z"],
        ),
    ] = None
    information_text: Annotated[str | None, Meta(description="What else there was to say.")] = None
    error_text: Annotated[
        str | None,
        Meta(description="What is wrong and how to mend it.", examples=["Account 5800 is closed."]),
    ] = None
    date_created: Annotated[
        str, Meta(description="When it was reported, in UTC.", examples=["2026-05-22T08:00:00Z"])
    ]


class VoucherRow(Value, frozen=True, kw_only=True, rename="camel"):
    """One row, in the shape of the voucher-structure guide. Money in the base currency."""

    id: Annotated[str, Meta(description="The row's id.")]
    type: Annotated[Literal["DEBIT", "CREDIT"], Meta(description="The side it stands on.")]
    amount: Annotated[
        Decimal,
        Meta(
            description="What it books, in the base currency; with the tax, where it books that.",
            examples=[117.92],
        ),
    ]
    tax_amount: Annotated[
        Decimal, Meta(description="The tax, in the base currency.", examples=[7.08])
    ]
    amount_including_tax: Annotated[
        Decimal, Meta(description="With tax, in the base currency.", examples=[125.00])
    ]
    description: Annotated[
        str,
        Meta(
            description="The expense's description; in formats that sum rows up, the account's "
            "text or what the voucher is called.",
            examples=["Taxi"],
        ),
    ]
    expense_record_id: Annotated[
        str | None, Meta(description="The expense; null in formats that sum rows up.")
    ]
    expense_report_id: Annotated[
        str | None, Meta(description="The report; null where a row sums up several reports.")
    ]
    accounting_number: Annotated[
        AccountingNumber | None,
        Meta(description="What it is booked on; null in the formats whose name ends in `_PAID`."),
    ]
    dimension_values: Annotated[
        tuple[DimensionUse, ...],
        Meta(description="What the expense is tagged with; empty on VAT rows and in `_PAID`."),
    ] = ()
    unit: Annotated[
        str,
        Meta(description="What is counted: `PCS`, `KM`, `MI` or `DAYS`.", examples=["PCS"]),
    ] = "PCS"
    sort_order: Annotated[int, Meta(description="Its place in the voucher, from 0.")] = 0
    group: Annotated[str, Meta(description="Always `NORMAL`.", examples=["NORMAL"])] = "NORMAL"
