"""Exports: a bulk send's package for one API recipient, and what becomes of it.

An expense is *owed* to an API recipient until that recipient has booked it. A ``Booking`` keeps
what was last said of an expense by a recipient; a ``Leg`` counts how far a report has come in one
export. Both exist so that an update costs what it changes, not what the export holds.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from ..events import ExportMade
from .organizations import Organization
from .recipients import Recipient
from .record import Change, NewId, Record, Value, replace
from .reports import Expense, Report, step
from .slices import Slices
from .voucher_rows import Result
from .vouchers import Chart, Line, Maker, Voucher, make_vouchers

Status = Literal["TRANSFER", "SENT", "FAILED", "WITHDRAWN"]


class Content(Value, frozen=True, kw_only=True, rename="camel"):
    """What a client attached to an export: the description of it; the bytes lie in a table."""

    file_name: Annotated[str, Meta(description="Its name.", examples=["booking.sie"])]
    content_type: Annotated[
        str, Meta(description="Its `Content-Type`.", examples=["application/octet-stream"])
    ]
    size: Annotated[int, Meta(description="Its size in bytes.", examples=[2048])]


class Sender(Value, frozen=True, kw_only=True, rename="camel"):
    """The organization as it was at the send."""

    id: str
    external_source_id: str
    name: str
    vat: str | None


class Person(Value, frozen=True, kw_only=True, rename="camel"):
    """The owner of a voucher as they were at the send; ``persons`` of the package is chosen."""

    id: Annotated[str, Meta(description="The user's id; `ownerId` of their vouchers.")]
    external_source_id: Annotated[
        str | None, Meta(description="The user's external id.", examples=["EMP-1"])
    ]
    employee_id: Annotated[
        str | None, Meta(description="Their number in payroll.", examples=["1042"])
    ]
    first_name: Annotated[str, Meta(description="First name.", examples=["Anna"])]
    last_name: Annotated[str, Meta(description="Last name.", examples=["Ek"])]
    email: Annotated[
        str | None, Meta(description="Mail address.", examples=["anna.ek@example.com"])
    ]


class Export(Record, frozen=True, kw_only=True, rename="camel"):
    """One bulk send to one recipient. ``pending`` and ``failed`` count vouchers.

    ``recipient``, ``sender`` and ``persons`` are kept as they were at the send, so that a package
    is the same however often it is downloaded and whatever is changed meanwhile.
    """

    organization_id: str
    recipient_id: str
    recipient: Recipient
    sender: Sender
    persons: tuple[Person, ...]
    status: Status
    date_created: str
    last_updated: str
    voucher_ids: tuple[str, ...]
    report_ids: tuple[str, ...]
    number_of_vouchers: int
    pending: int
    failed: int = 0
    content: Content | None = None


class ContentBytes(Record, frozen=True, kw_only=True, rename="camel"):
    """The bytes a client attached; the id is the export's."""

    organization_id: str
    data: bytes


class Leg(Record, frozen=True, kw_only=True, rename="camel"):
    """A report in an export: how many of its vouchers are open there, and how many failed."""

    organization_id: str
    export_id: str
    report_id: str
    vouchers: int
    pending: int
    failed: int = 0


class Booking(Record, frozen=True, kw_only=True, rename="camel"):
    """What a recipient last said of an expense."""

    organization_id: str
    recipient_id: str
    expense_id: str
    result: Result


Bookings = MutableMapping[str, Booking]


def leg_key(export_id: str, report_id: str) -> str:
    """The id of a report's leg in an export."""
    return f"{export_id}/{report_id}"


def booking_key(recipient_id: str, expense_id: str) -> str:
    """The id of what a recipient last said of an expense."""
    return f"{recipient_id}/{expense_id}"


def owed(report: Report, recipient: Recipient, bookings: Bookings) -> list[Expense]:
    """The expenses of ``report`` that ``recipient`` has not booked yet."""

    def open_(expense: Expense) -> bool:
        booking = bookings.get(booking_key(recipient.id, expense.id))
        return booking is None or booking.result.status != "SUCCESS"

    return [expense for expense in report.expenses if open_(expense)]


def next_recipient(
    report: Report, recipients: Sequence[Recipient], bookings: Bookings
) -> Recipient | None:
    """The first of the API recipients, as sorted, that is still owed something of ``report``."""
    return next((r for r in recipients if owed(report, r, bookings)), None)


def _earlier_result(voucher: Voucher, recipient: Recipient, bookings: Bookings) -> Result | None:
    """The last result that was reported of any of the voucher's expenses."""
    keys = (booking_key(recipient.id, expense) for expense in voucher.expense_record_ids)
    results = [bookings[key].result for key in keys if key in bookings]
    return max(results, key=lambda result: result.date_created, default=None)


class Desk(NamedTuple):
    """Where exports are made: an organization, its API recipients in order, and its books."""

    organization: Organization
    recipients: Sequence[Recipient]
    chart: Chart
    bookings: Bookings
    new_id: NewId
    now: str


def send(
    desk: Desk, recipient: Recipient, reports: Sequence[Report]
) -> Slices[tuple[Export, Change]]:
    """Make the export of ``reports`` for ``recipient``; the reports go to TRANSFER.

    The reports are READY_TO_SEND and owe the recipient something. Raises ``AccountNotMapped``.
    """
    moved = [step(report, "bulk send", desk.now) for report in reports]
    return make_export(desk, recipient, moved)


def make_export(
    desk: Desk, recipient: Recipient, reports: Sequence[Report]
) -> Slices[tuple[Export, Change]]:
    """The export of reports that are in TRANSFER already, a voucher at a time."""
    export_id = desk.new_id()
    maker = Maker(desk.organization, recipient, desk.chart, desk.new_id)
    lines = [Line(r, e) for r in reports for e in owed(r, recipient, desk.bookings)]
    vouchers = []
    for made in make_vouchers(maker, lines, export_id, desk.now):
        earlier = _earlier_result(made, recipient, desk.bookings)
        vouchers.append(replace(made, integration_module_result=earlier))
        yield
    export = Export(
        id=export_id,
        organization_id=desk.organization.id,
        recipient_id=recipient.id,
        recipient=recipient,
        sender=_sender(desk.organization),
        persons=_persons(vouchers, desk.chart),
        status="TRANSFER",
        date_created=desk.now,
        last_updated=desk.now,
        voucher_ids=tuple(v.id for v in vouchers),
        report_ids=tuple(r.id for r in reports),
        number_of_vouchers=len(vouchers),
        pending=len(vouchers),
    )
    yield
    carried = [replace(report, export_id=export_id) for report in reports]
    records = (export, *vouchers, *_legs(export, vouchers), *carried)
    return export, Change(put=records, events=(ExportMade(export_id),))


def _sender(organization: Organization) -> Sender:
    return Sender(
        id=organization.id,
        external_source_id=organization.external_source_id,
        name=organization.name,
        vat=organization.vat,
    )


def _persons(vouchers: Iterable[Voucher], chart: Chart) -> tuple[Person, ...]:
    owners = [chart.users[owner] for owner in dict.fromkeys(v.owner_id for v in vouchers)]
    return tuple(
        Person(
            id=user.id,
            external_source_id=user.external_source_id,
            employee_id=user.employee_id,
            first_name=user.first_name,
            last_name=user.last_name,
            email=user.email,
        )
        for user in owners
    )


def _legs(export: Export, vouchers: Iterable[Voucher]) -> list[Leg]:
    counts: dict[str, int] = dict.fromkeys(export.report_ids, 0)
    for voucher in vouchers:
        for report_id in voucher.report_ids:
            counts[report_id] += 1
    return [
        Leg(
            id=leg_key(export.id, report_id),
            organization_id=export.organization_id,
            export_id=export.id,
            report_id=report_id,
            vouchers=count,
            pending=count,
        )
        for report_id, count in counts.items()
    ]
