"""Reports and their expenses, as the control API shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypedDict

from ..domain.dimensions import DimensionUse
from ..domain.reports import ExpenseType, Step
from ..domain.reports import Status as ReportStatus
from .base import Currency, Day, Id, Money, Time, about


class ReceiptOut(TypedDict):
    """A receipt picture, without its bytes."""

    fileName: Annotated[str, about("What it is called.", "receipt.jpg")]
    contentType: Annotated[str, about("What it is.", "image/jpeg")]
    size: Annotated[int | None, about("Its size in bytes; null of one that is drawn.", 20480)]


class ExpenseOut(TypedDict):
    """An expense. Money is in ``currency``, as it was sent."""

    id: Annotated[Id, about("The expense's id.")]
    type: Annotated[ExpenseType, about("What kind of expense it is.")]
    categoryId: Annotated[Id, about("Its category.")]
    paymentTypeId: Annotated[Id, about("How it was paid.")]
    description: Annotated[str, about("What it was.", "Taxi")]
    date: Annotated[Day, about("When it was.")]
    amount: Annotated[Decimal, about("What it cost, tax included, in `currency`.", 125.0)]
    currency: Annotated[Currency, about("What it was paid in, ISO 4217.")]
    exchangeRate: Annotated[Decimal, about("Base currency per `currency`.", 11.2345)]
    taxAmount: Annotated[Decimal, about("The tax in it, in `currency`.", 7.08)]
    dimensionValues: Annotated[tuple[DimensionUse, ...], about("What it is tagged with.")]
    quantity: Annotated[Decimal, about("How many `unit`s.", 120)]
    unit: Annotated[str, about("What is counted: `PCS`, `KM`, `MI` or `DAYS`.", "KM")]
    rate: Annotated[
        Decimal | None, about("Per `unit`, in `currency`, of mileage and per diem.", 2.5)
    ]
    receipts: Annotated[list[ReceiptOut], about("Its receipts.")]


class ReportOut(TypedDict):
    """An expense report, and where it is in its life."""

    id: Annotated[Id, about("The report's id.")]
    organizationId: Annotated[Id, about("The organization it is of.")]
    name: Annotated[str, about("What it is called.", "Stockholm")]
    status: Annotated[
        ReportStatus,
        about("Where it is in its life. `APPROVED` and `SEND` are never entered here."),
    ]
    owner: Annotated[str | None, about("The owner's external id.", "EMP-1")]
    ownerId: Annotated[Id, about("The owner's id.")]
    dateCreated: Annotated[Time, about("When it was written.")]
    lastUpdated: Annotated[Time, about("When its status changed last.")]
    approvers: Annotated[
        list[str | None],
        about("The external ids of those who must still approve it, the next one first.", ["BO"]),
    ]
    exportId: Annotated[
        Id | None, about("The export that carries it, or carried it last; null if none does.")
    ]
    total: Annotated[Money, about("What its expenses cost, in the base currency.")]
    expenses: Annotated[list[ExpenseOut], about("Its expenses.")]


# A key that is a word of Python's, so written as a call.
LifeStepOut = TypedDict(
    "LifeStepOut",
    {
        "from": Annotated[ReportStatus, about("Where the report is.")],
        "step": Annotated[Step, about("What happens to it.")],
        "to": Annotated[
            list[ReportStatus], about("Where it then is; which one of several, a rule decides.")
        ],
        "follows": Annotated[
            bool,
            about("Whether it follows from what an integration says, so that nobody takes it."),
        ],
    },
)
LifeStepOut.__doc__ = "A step of a report's life."


class LifeOut(TypedDict):
    """The life that a report leads. A step that is not in it is refused."""

    statuses: Annotated[list[ReportStatus], about("Every status, in the order of Findity's list.")]
    steps: Annotated[list[LifeStepOut], about("What may happen.")]


class ReportsCountOut(TypedDict):
    """How many reports an organization has."""

    count: Annotated[int, about("How many there are.", 36)]
    byStatus: Annotated[dict[ReportStatus, int], about("How many are in each status.")]
