"""Reports: what an employee writes, and the humans' steps until it is paid.

The expenses' arithmetic is that of ``domain.reports`` and ``domain.vouchers``; here what is sent
is checked against the organization: unknown owners, categories, payment types and dimension values
are named in the refusal, and no report is made.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import Field

from ..api.connect.resources import expense_object
from ..api.page import PAGED, page
from ..call import Call
from ..domain.categories import Category, PaymentType
from ..domain.dimensions import Dimension, DimensionUse, approval_steps, use, value_key
from ..domain.money import ZERO, total
from ..domain.organizations import Organization
from ..domain.reports import (
    COUNTED_IN,
    FOLLOWS,
    LIFE,
    STATUSES,
    Expense,
    ExpenseType,
    Receipt,
    Report,
    amounts_agree,
    approved,
    sent_back,
    step,
    submitted,
)
from ..domain.users import User
from ..errors import BadRequest, ReportNotFound
from ..query import Param, one_of
from ..state import State, of_organization
from ..wire import Amount, Currency, Day, Text, Wire

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.reports import LifeOut, ReportOut, ReportsCountOut

COUNTED: frozenset[ExpenseType] = frozenset({"MILEAGE", "PER_DIEM"})
UNITS: dict[ExpenseType, tuple[str, ...]] = {
    "RECEIPT": ("PCS",),
    "MILEAGE": ("KM", "MI"),
    "PER_DIEM": ("DAYS",),
    "FOOD_BENEFIT": ("PCS",),
}
PICTURED: frozenset[ExpenseType] = frozenset({"RECEIPT", "FOOD_BENEFIT"})
REPORTS_QUERY = (*PAGED, Param("status", one_of(*STATUSES), "Reports of this status."))


class DimensionValueIn(Wire):
    dimension: Text = Field(description="The field's external id, id or description.")
    value: Text = Field(description="The value's id.")


class ReceiptIn(Wire):
    file_name: Text | None = None
    content_type: Text | None = Field(None, description="`image/png` or `image/jpeg`.")
    content: str | None = Field(None, description="The picture, base64; drawn if not sent.")


class ExpenseIn(Wire):
    """One expense. A receipt needs ``amount``; mileage and per diem ``quantity`` and ``rate``."""

    type: ExpenseType = "RECEIPT"
    category: Text = Field(description="The category's id or name.")
    payment_type: Text | None = Field(None, description="Id or name; the default, if not sent.")
    description: str | None = Field(None, description="The category's name, if not sent.")
    date: Day
    amount: Amount | None = Field(None, description="Gross, tax included, in `currency`.")
    tax_amount: Amount | None = Field(None, description="The tax in it, in `currency`.")
    currency: Currency | None = Field(None, description="ISO 4217.")
    exchange_rate: Amount | None = Field(None, gt=0, description="Base currency per `currency`.")
    dimension_values: list[DimensionValueIn] = Field(default_factory=list)
    quantity: Amount | None = None
    unit: Literal["PCS", "KM", "MI", "DAYS"] | None = None
    rate: Amount | None = Field(None, description="Per unit, for mileage and per diem.")
    receipts: list[ReceiptIn] | None = Field(
        None, description="Pictures; one is drawn for a receipt, if not sent."
    )


class ReportIn(Wire):
    owner: Text = Field(description="The owner's external id.")
    name: Text
    expenses: list[ExpenseIn] = Field(default_factory=list)


def report_object(state: State, report: Report) -> ReportOut:
    """A report as the control API shows it."""
    owner = state.users.rows[report.owner_id]
    approvers = [state.users.rows[user_id] for user_id in report.approvers]
    return {
        "id": report.id,
        "organizationId": report.organization_id,
        "name": report.name,
        "status": report.status,
        "owner": owner.external_source_id,
        "ownerId": owner.id,
        "dateCreated": report.date_created,
        "lastUpdated": report.last_updated,
        "approvers": [approver.external_source_id for approver in approvers],
        "exportId": report.export_id,
        "total": total(expense.gross for expense in report.expenses),
        "expenses": [expense_object(expense) for expense in report.expenses],
    }


def get_report_life(call: Call) -> LifeOut:
    """Get the table of a report's life: which step leads from which status where."""
    return {
        "statuses": list(STATUSES),
        "steps": [
            {"from": status, "step": taken, "to": list(ends), "follows": taken in FOLLOWS}
            for (status, taken), ends in LIFE.items()
        ],
    }


def list_reports(call: Call) -> Page[ReportOut]:
    """List the reports of an organization."""
    organization, status = call.organization(), call.query["status"]
    reports = of_organization(call.state.reports, organization.id, status)
    return page(reports, call, lambda report: report_object(call.state, report))


def count_reports(call: Call) -> ReportsCountOut:
    """Count the reports of an organization, in all and by status."""
    organization, reports = call.organization(), call.state.reports
    by_status = {s: reports.count("status", (organization.id, s)) for s in STATUSES}
    return {"count": sum(by_status.values()), "byStatus": by_status}


def get_report(call: Call) -> ReportOut:
    """Get one report with its expenses and where it is in its life."""
    return report_object(call.state, _found(call))


def create_report(call: Call) -> ReportOut:
    """Write a report, as an employee does; without expenses it is NEW, with some NORMAL."""
    organization, body = call.organization(), call.body
    owner = call.state.users.one("external", (organization.id, body.owner))
    if owner is None:
        raise BadRequest(f"owner: the organization has no user {body.owner!r}: PUT the user first.")
    expenses = _Expenses(call, organization, owner).all(body.expenses)
    report = Report(
        id=call.state.ids(),
        organization_id=organization.id,
        owner_id=owner.id,
        name=body.name,
        status="NORMAL" if expenses else "NEW",
        date_created=call.now,
        last_updated=call.now,
        expenses=expenses,
    )
    call.state.put(report)
    return report_object(call.state, report)


class _Expenses:
    """The expenses of a report while they are checked against their organization."""

    def __init__(self, call: Call, organization: Organization, owner: User) -> None:
        state = call.state
        self.state, self.organization = state, organization
        self.categories: list[Category] = state.categories.many("organization", organization.id)
        self.payments: list[PaymentType] = state.payment_types.many("organization", organization.id)
        self.dimensions: list[Dimension] = state.dimensions.many("organization", organization.id)

    def all(self, given: list[ExpenseIn]) -> tuple[Expense, ...]:
        return tuple(self._one(e, f"expenses[{i}]") for i, e in enumerate(given))

    def _one(self, given: ExpenseIn, where: str) -> Expense:
        category = _pick(self.categories, given.category, f"{where}.category")
        payment = self._payment(given, where)
        amount, tax = _amount(given, where), _tax(given, where)
        _check_unit(given, where)
        exchange_rate = given.exchange_rate or Decimal(1)
        if wrong := amounts_agree(amount, tax, exchange_rate):
            raise BadRequest(f"{where}.{wrong}")
        return Expense(
            id=self.state.ids(),
            type=given.type,
            category_id=category.id,
            payment_type_id=payment.id,
            description=given.description or category.name,
            date=given.date,
            amount=amount,
            currency=given.currency or self.organization.base_currency,
            exchange_rate=exchange_rate,
            tax_amount=tax,
            dimension_values=tuple(self._uses(given, where)),
            quantity=Decimal(1) if given.quantity is None else given.quantity,
            unit=given.unit or COUNTED_IN[given.type],
            rate=given.rate,
            receipts=tuple(_receipts(given, where)),
        )

    def _payment(self, given: ExpenseIn, where: str) -> PaymentType:
        if given.payment_type is not None:
            return _pick(self.payments, given.payment_type, f"{where}.paymentType")
        for payment in self.payments:
            if payment.is_default:
                return payment
        raise BadRequest(f"{where}.paymentType: the organization has no default one; name one.")

    def _uses(self, given: ExpenseIn, where: str) -> Iterable[DimensionUse]:
        used: set[str] = set()
        for index, one in enumerate(given.dimension_values):
            here = f"{where}.dimensionValues[{index}]"
            dimension = next((d for d in self.dimensions if _goes_by(d, one.dimension)), None)
            if dimension is None:
                raise BadRequest(f"{here}.dimension: there is no field {one.dimension!r}.")
            value = self.state.values.get(value_key(dimension.id, one.value))
            if value is None:
                raise BadRequest(f"{here}.value: the field has no value {one.value!r}.")
            if dimension.id in used:
                raise BadRequest(f"{here}.dimension: {one.dimension!r} has a value already.")
            used.add(dimension.id)
            yield use(dimension, value)


def _goes_by(dimension: Dimension, name: str) -> bool:
    return name in (dimension.external_id, dimension.id, dimension.description)


N = TypeVar("N", Category, PaymentType)


def _pick(entries: list[N], name: str, where: str) -> N:
    """The entry of that id or name."""
    for entry in entries:
        if name in (entry.id, entry.name):
            return entry
    known = ", ".join(repr(entry.name) for entry in entries[:20]) or "none"
    raise BadRequest(f"{where}: there is no {name!r}; there are {known}.")


def _amount(given: ExpenseIn, where: str) -> Decimal:
    """Gross in the expense's currency: as sent, or quantity times rate."""
    if given.type in COUNTED:
        for name in ("quantity", "rate"):
            if getattr(given, name) is None:
                raise BadRequest(f"{where}.{name}: required for {given.type}.")
        amount = (given.quantity or ZERO) * (given.rate or ZERO)
        if given.amount is not None and given.amount != amount:
            raise BadRequest(f"{where}.amount: quantity times rate is {amount}; leave it out.")
        return amount
    if given.amount is None:
        raise BadRequest(f"{where}.amount: required for {given.type}.")
    return given.amount


def _tax(given: ExpenseIn, where: str) -> Decimal:
    tax = given.tax_amount or ZERO
    if tax and given.type in COUNTED:
        raise BadRequest(f"{where}.taxAmount: {given.type} carries no tax.")
    return tax


def _check_unit(given: ExpenseIn, where: str) -> None:
    if given.unit is not None and given.unit not in UNITS[given.type]:
        known = " or ".join(UNITS[given.type])
        raise BadRequest(f"{where}.unit: {given.type} counts in {known}, not in {given.unit}.")


def _receipts(given: ExpenseIn, where: str) -> Iterable[Receipt]:
    if given.receipts is None:
        if given.type in PICTURED:
            yield Receipt(file_name="receipt.jpg", content_type="image/jpeg")
        return
    for index, one in enumerate(given.receipts):
        content = None
        if one.content is not None:
            try:
                content = base64.b64decode(one.content, validate=True)
            except (binascii.Error, ValueError):
                raise BadRequest(f"{where}.receipts[{index}].content: not base64.") from None
        name = one.file_name or f"receipt-{index + 1}.jpg"
        kind = one.content_type or "image/jpeg"
        yield Receipt(file_name=name, content_type=kind, content=content)


def _found(call: Call) -> Report:
    report = call.state.reports.get(call.path["reportId"])
    if report is None:
        raise ReportNotFound(f"there is no report {call.path['reportId']!r} in this sandbox.")
    return report


def _moved(call: Call, take: Callable[[Report], Report]) -> ReportOut:
    report = take(_found(call))
    call.state.put(report)
    return report_object(call.state, report)


def submit_report(call: Call) -> ReportOut:
    """Hand a report in; it goes to its approvers, or is ready to send where there are none."""

    def take(report: Report) -> Report:
        organization = call.state.organizations.rows[report.organization_id]
        values = [
            call.state.values.get(value_key(u.dimension_id, u.id))
            for expense in report.expenses
            for u in expense.dimension_values
        ]
        active = organization.approval_active
        approvers = approval_steps(v for v in values if v is not None) if active else ()
        return submitted(report, approvers, call.now)

    return _moved(call, take)


def approve_report(call: Call) -> ReportOut:
    """Approve a report for the next approver; after the last one it is ready to send."""
    return _moved(call, lambda report: approved(report, call.now))


def reject_report(call: Call) -> ReportOut:
    """Reject a report that waits for approval; its owner may submit it again."""
    return _moved(call, lambda report: sent_back(report, "reject", call.now))


def return_report(call: Call) -> ReportOut:
    """Give a report that is ready to send back to its owner, as an administrator may."""
    return _moved(call, lambda report: sent_back(report, "return", call.now))


def pay_report(call: Call) -> ReportOut:
    """Pay a report that every recipient has booked."""
    return _moved(call, lambda report: step(report, "pay", call.now))
