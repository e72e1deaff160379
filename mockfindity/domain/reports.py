"""Reports and their expenses: what an employee writes, and the life a report leads.

The life is one table, ``LIFE``. A step that is not in it is refused. ``APPROVED`` and ``SEND``
stand in Findity's list of statuses and are never entered here: no guide says what would enter
them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

from ..errors import InvalidSendState
from .dimensions import DimensionUse
from .money import LARGEST, ZERO, rounded
from .record import Record, Value, named, replace

Status = Literal[
    "NEW",
    "NORMAL",
    "APPROVAL",
    "APPROVED",
    "READY_TO_SEND",
    "TRANSFER",
    "SEND",
    "SENT",
    "PAID",
    "REJECTED",
]
Step = Literal[
    "submit", "approve", "reject", "return", "bulk send", "booked", "failed", "bounced", "pay"
]
ExpenseType = Literal["RECEIPT", "MILEAGE", "PER_DIEM", "FOOD_BENEFIT"]

STATUSES: tuple[Status, ...] = get_args(Status)
"""Every status, in the order of Findity's list."""

# What may happen to a report, and where it then is. Where two statuses are named, the rule that
# takes the step decides: a submitted or approved report waits in APPROVAL while somebody is left
# who must approve it, and a booked one goes on in TRANSFER while another API recipient is owed it.
# "booked" from READY_TO_SEND is an integration that first said FAILED and then SUCCESS.
LIFE: dict[tuple[Status, Step], tuple[Status, ...]] = {
    ("NORMAL", "submit"): ("APPROVAL", "READY_TO_SEND"),
    ("REJECTED", "submit"): ("APPROVAL", "READY_TO_SEND"),
    ("APPROVAL", "approve"): ("APPROVAL", "READY_TO_SEND"),
    ("APPROVAL", "reject"): ("REJECTED",),
    ("READY_TO_SEND", "return"): ("REJECTED",),
    ("READY_TO_SEND", "bulk send"): ("TRANSFER",),
    ("READY_TO_SEND", "booked"): ("SENT", "TRANSFER", "READY_TO_SEND"),
    ("TRANSFER", "booked"): ("SENT", "TRANSFER", "READY_TO_SEND"),
    ("TRANSFER", "failed"): ("READY_TO_SEND",),
    ("TRANSFER", "bounced"): ("READY_TO_SEND",),
    ("SENT", "pay"): ("PAID",),
}

FOLLOWS: frozenset[Step] = frozenset({"booked", "failed", "bounced"})
"""Steps that nobody takes: they follow from what an integration says."""

UNDER_WAY: frozenset[Status] = frozenset({"APPROVAL", "READY_TO_SEND", "TRANSFER"})

COUNTERS: dict[str, frozenset[Status]] = {
    "UNSUBMITTED": frozenset({"NEW", "NORMAL", "REJECTED"}),
    "SUBMITTED": frozenset({"APPROVAL"}),
    "APPROVED": frozenset({"APPROVED", "READY_TO_SEND", "TRANSFER", "SEND"}),
    "BOOKED": frozenset({"SENT", "PAID"}),
}
"""The report counters of the organizations guide; which status counts where is chosen."""

COUNTED_IN: dict[ExpenseType, str] = {
    "RECEIPT": "PCS",
    "MILEAGE": "KM",
    "PER_DIEM": "DAYS",
    "FOOD_BENEFIT": "PCS",
}
"""The unit an expense counts in unless it says another one."""


class Receipt(Value, frozen=True, kw_only=True, rename="camel"):
    """A receipt picture. Without ``content`` it is drawn from the expense when it is shown."""

    file_name: str
    content_type: str
    content: bytes | None = None


class Expense(Value, frozen=True, kw_only=True, rename="camel"):
    """One expense. ``amount`` and ``tax_amount`` are gross and tax in ``currency``."""

    id: str
    type: ExpenseType
    category_id: str
    payment_type_id: str
    description: str
    date: str
    amount: Decimal
    currency: str
    exchange_rate: Decimal = Decimal(1)
    tax_amount: Decimal = ZERO
    dimension_values: tuple[DimensionUse, ...] = ()
    quantity: Decimal = Decimal(1)
    unit: str = "PCS"
    rate: Decimal | None = None
    receipts: tuple[Receipt, ...] = ()

    @property
    def gross(self) -> Decimal:
        """What it cost, tax included, in the organization's base currency."""
        return rounded(self.amount * self.exchange_rate)

    @property
    def tax(self) -> Decimal:
        """The tax in it, in the organization's base currency."""
        return rounded(self.tax_amount * self.exchange_rate)


class Report(Record, frozen=True, kw_only=True, rename="camel"):
    """An expense report. ``approvers`` are the users still to approve it, the next one first;
    ``export_id`` is the export that carries it, or that carried it last."""

    organization_id: str
    owner_id: str
    name: str
    status: Status
    date_created: str
    last_updated: str
    expenses: tuple[Expense, ...] = ()
    approvers: tuple[str, ...] = ()
    export_id: str | None = None


def amounts_agree(amount: Decimal, tax: Decimal, exchange_rate: Decimal) -> str | None:
    """What is wrong with an expense's money, or ``None``."""
    if abs(tax) > abs(amount) or tax * amount < 0:
        return f"taxAmount {tax} must have the sign of amount {amount} and not be larger."
    if abs(amount * exchange_rate) > LARGEST or abs(amount) > LARGEST:
        return f"amount {amount} at {exchange_rate} is beyond what can be booked, {LARGEST}."
    return None


def step(report: Report, taken: Step, now: str, to: Status | None = None) -> Report:
    """The report after ``taken``; ``to`` chooses where the table leaves a choice.

    Raises ``InvalidSendState`` when the table does not have the step.
    """
    ends = LIFE.get((report.status, taken))
    if ends is None:
        steps = (s for (status, s) in LIFE if status == report.status and s not in FOLLOWS)
        allowed = named(steps) or "nothing"
        raise InvalidSendState(
            f"report {report.id} is {report.status}, where {taken!r} cannot happen "
            f"(what can: {allowed})."
        )
    end = ends[0] if to is None else to
    if end not in ends:
        raise ValueError(f"{taken} of a {report.status} report does not lead to {end}")
    return replace(report, status=end, last_updated=now)


def submitted(report: Report, approvers: tuple[str, ...], now: str) -> Report:
    """Hand the report in; with nobody to approve it, it is ready to send at once."""
    end: Status = "APPROVAL" if approvers else "READY_TO_SEND"
    return replace(step(report, "submit", now, end), approvers=approvers)


def approved(report: Report, now: str) -> Report:
    """The next approver says yes; after the last one the report is ready to send."""
    left = report.approvers[1:]
    end: Status = "APPROVAL" if left else "READY_TO_SEND"
    return replace(step(report, "approve", now, end), approvers=left)


def sent_back(report: Report, taken: Literal["reject", "return"], now: str) -> Report:
    """An approver or an administrator gives the report back to its owner."""
    return replace(step(report, taken, now), approvers=(), export_id=None)
