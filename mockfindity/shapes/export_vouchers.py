"""Exports as an administrator sees them: what became of each, voucher by voucher."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, TypedDict

from ..deliveries import Status as DeliveryStatus
from ..domain.exports import Person
from ..domain.recipients import ListType
from ..domain.voucher_rows import Result
from .base import Day, Id, Money, PageMeta, Time, about
from .exports import ExportOut
from .vouchers import VoucherOut


class AnnouncementOut(TypedDict):
    """The webhook that announced an export."""

    id: Annotated[Id, about("The delivery's id.")]
    status: Annotated[DeliveryStatus, about("What became of it.")]
    bounced: Annotated[bool, about("Whether reports went back because it failed.")]
    dateCreated: Annotated[Time, about("When it was made.")]


class ExportOutcomeOut(ExportOut, TypedDict):
    """An export, what became of its vouchers so far, and whether it was announced."""

    numberOfPending: Annotated[int, about("How many vouchers nobody has reported on yet.", 0)]
    numberOfFailed: Annotated[int, about("How many vouchers FAILED.", 0)]
    webhook: Annotated[
        AnnouncementOut | None,
        about("The webhook that announced it; null if there was no `webhookUrl`."),
    ]


class VoucherReportOut(TypedDict):
    """A report of which a voucher carries expenses."""

    id: Annotated[Id, about("The report's id.")]
    name: Annotated[str, about("What it is called.", "Stockholm")]


class VoucherReceiptOut(TypedDict):
    """A receipt of an expense in a voucher."""

    fileName: Annotated[str, about("What it is called.", "receipt.jpg")]
    description: Annotated[str, about("What the expense was.", "Taxi")]
    date: Annotated[Day, about("When the expense was.")]
    pictureType: Annotated[
        str | None,
        about(
            "The media type of the picture, by its own bytes: PNG, JPEG, GIF or WebP. Null if it "
            "is none of them, so that it is not shown.",
            "image/jpeg",
        ),
    ]


class VoucherUpdateOut(TypedDict):
    """An `updatestatus` that named a voucher."""

    request: Annotated[int, about("Its id in the journal.", 12)]
    time: Annotated[Time, about("When it was answered.")]
    status: Annotated[
        int | None, about("The HTTP status; null where a fault kept the answer back.", 200)
    ]
    said: Annotated[
        dict[str, Any], about("What it said of the voucher, as it was sent, secrets blotted out.")
    ]


class ExportVoucherOut(TypedDict):
    """A voucher of an export, what it belongs to, and what was said of it."""

    voucher: Annotated[
        VoucherOut,
        about(
            "The voucher, as the package has it, with the rows that `rows` and `rowsOffset` ask."
        ),
    ]
    numberOfRows: Annotated[int, about("How many rows it has.", 3)]
    taxAmount: Annotated[Money, about("The tax in all its rows, in the base currency.", 7.08)]
    owner: Annotated[Person, about("Whose expenses these are, as they were at the send.")]
    reports: Annotated[list[VoucherReportOut], about("The reports of the expenses in it.")]
    result: Annotated[
        Result | None, about("What was reported of it in this export; null if nothing was yet.")
    ]
    history: Annotated[
        list[VoucherUpdateOut],
        about("The last 20 updates that named it, oldest first, as far as the journal has them."),
    ]
    receipts: Annotated[
        list[VoucherReceiptOut],
        about("Its receipts; the place of one, from 0, is where its picture is found."),
    ]


class SidesOut(TypedDict):
    """What the two sides of an export come to, in the base currency."""

    debit: Annotated[Decimal | None, about("All of DEBIT; null if there is none.", 125.0)]
    credit: Annotated[Decimal | None, about("All of CREDIT; null if there is none.", 125.0)]


class ExportVouchersOut(TypedDict):
    """The vouchers of an export, or the part of them that `max` and `offset` ask for."""

    format: Annotated[ListType, about("The format they are in.")]
    isPreview: Annotated[bool, about("Whether the export is in another format in fact.")]
    currency: Annotated[str, about("The base currency, ISO 4217.", "SEK")]
    totals: Annotated[SidesOut, about("Of all the export's vouchers, whichever are given here.")]
    data: Annotated[list[ExportVoucherOut], about("The vouchers, in the order of the package.")]
    meta: Annotated[PageMeta, about("How many there are.")]
