"""The voucher package of an export. ``persons`` is chosen, the rest is the voucher-structure
guide's."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypedDict

from ..domain.exports import Person
from ..domain.recipients import ListType
from ..domain.voucher_rows import Result, VoucherRow
from .base import Id, Time, Url, about


class PackageRecipient(TypedDict):
    """The recipient as it was when the export was made."""

    id: Annotated[Id, about("The recipient's id.")]
    verificationListsType: Annotated[ListType, about("The format of the vouchers.")]
    pluginName: Annotated[str, about("The integration behind it.", "ce-integration-api")]
    recipientName: Annotated[str, about("What it was called.", "API")]
    doDebitAccounting: Annotated[bool, about("Whether there are DEBIT rows.")]
    doCreditAccounting: Annotated[bool, about("Whether there are CREDIT rows.")]


class PackageOrganization(TypedDict):
    """The organization as it was when the export was made."""

    id: Annotated[Id, about("The organization's id.")]
    externalSourceId: Annotated[str, about("Its external id.", "ACME")]
    name: Annotated[str, about("Its name.", "Acme AB")]
    vat: Annotated[str | None, about("Its registration number.", "556123-4567")]
    recipients: Annotated[list[PackageRecipient], about("Whom the export was made for: one.")]


class VoucherOut(TypedDict):
    """One voucher. Every field is there in every format, null where it does not apply."""

    id: Annotated[Id, about("The voucher's id, by which its result is reported.")]
    listType: Annotated[ListType, about("The format; that of the recipient.")]
    ownerId: Annotated[Id, about("The user whose expenses these are.")]
    organizationId: Annotated[Id, about("The organization.")]
    organizationName: Annotated[str, about("Its name.", "Acme AB")]
    expenseReportId: Annotated[Id | None, about("The report; null where a user has several.")]
    expenseRecordIds: Annotated[tuple[Id, ...], about("The expenses in it.")]
    description: Annotated[
        str,
        about("The report's name, the user's, or what the expense is.", "Stockholm"),
    ]
    date: Annotated[Time, about("The day of the latest expense.", "2026-03-02T00:00:00Z")]
    bookingDate: Annotated[Time, about("The day of the send.", "2026-05-22T00:00:00Z")]
    totalDebitAmount: Annotated[
        Decimal | None,
        about("The sum of DEBIT rows, in the base currency; null where there are none.", 125.0),
    ]
    totalCreditAmount: Annotated[
        Decimal | None,
        about("The sum of CREDIT rows, in the base currency; null where there are none.", 125.0),
    ]
    vatType: Annotated[
        str,
        about(
            "`SEPARATELY` gives VAT rows of its own, `INCLUDED_AND_GROSS_AMOUNT` none.",
            "SEPARATELY",
        ),
    ]
    recipientId: Annotated[Id, about("The recipient it is for.")]
    recipientName: Annotated[str, about("What that was called.", "API")]
    basisUrl: Annotated[
        Url,
        about(
            "Its basis: JSON, or a PDF with `?format=pdf`.",
            "http://127.0.0.1:4655/api/resources/70673d31e9704f768d70748c173ad7c1",
        ),
    ]
    voucherRows: Annotated[tuple[VoucherRow, ...], about("Its rows, in order.")]
    integrationModuleResult: Annotated[
        Result | None, about("What was last reported of these expenses; null if nothing was.")
    ]


class PackageOut(TypedDict):
    """The vouchers of an export, with what they refer to."""

    organizations: Annotated[list[PackageOrganization], about("The organization, alone.")]
    persons: Annotated[tuple[Person, ...], about("The owners of the vouchers.")]
    vouchers: Annotated[list[VoucherOut], about("The vouchers.")]
