"""Vouchers: what reports become when they are sent to an API recipient.

An expense becomes rows (``_expense_rows``); a format says which expenses share a voucher and what
happens to their rows (``FORMATS``). The rows of one expense balance by construction: what is
debited, net and tax or gross, is what is credited. Grouping only ever adds rows up, so a voucher
with both sides on balances too.

``amount`` is what a row books, tax included where it books the gross. The voucher-structure guide
calls it "excluding tax" for every row, which could not balance; this reading is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ..errors import AccountNotMapped
from .accounts import Account, SalaryCode, accounting_number
from .categories import Category, PaymentType
from .money import ZERO, total
from .organizations import Organization
from .recipients import ListType, Recipient
from .record import NewId, Record, replace
from .reports import Expense, Report
from .users import User
from .voucher_rows import Result, VoucherRow


class Voucher(Record, frozen=True, kw_only=True, rename="camel"):
    """One voucher of an export. ``result`` is what the integration has said of it so far,
    ``integration_module_result`` what one said of an earlier attempt."""

    organization_id: str
    organization_name: str
    export_id: str
    basis_id: str
    list_type: ListType
    owner_id: str
    report_ids: tuple[str, ...]
    expense_report_id: str | None
    expense_record_ids: tuple[str, ...]
    description: str
    date: str
    booking_date: str
    total_debit_amount: Decimal | None
    total_credit_amount: Decimal | None
    vat_type: str
    recipient_id: str
    recipient_name: str
    voucher_rows: tuple[VoucherRow, ...]
    integration_module_result: Result | None = None
    result: Result | None = None


class Chart(NamedTuple):
    """Where rows find what they are booked on, each by id."""

    accounts: Mapping[str, Account]
    salary_codes: Mapping[str, SalaryCode]
    categories: Mapping[str, Category]
    payment_types: Mapping[str, PaymentType]
    users: Mapping[str, User]


class Line(NamedTuple):
    """An expense that is to be sent, with the report it stands in."""

    report: Report
    expense: Expense


class Batch(NamedTuple):
    """The lines of one voucher, and what it is called."""

    description: str
    lines: list[Line]


class Maker(NamedTuple):
    """All that making the vouchers of one export needs."""

    organization: Organization
    recipient: Recipient
    chart: Chart
    new_id: NewId


def _mapped(table: Mapping[str, Any], key: str | None, what: str, line: Line) -> Any:
    entry = table.get(key) if key else None
    if entry is None:
        raise AccountNotMapped(
            f"{what}, of expense {line.expense.description!r} in report {line.report.name!r} "
            f"({line.report.id}), {'is gone' if key else 'was never set'}: map it, then send."
        )
    return entry


def _category(maker: Maker, line: Line) -> Category:
    category: Category = _mapped(
        maker.chart.categories, line.expense.category_id, "the category", line
    )
    return category


def _category_entry(maker: Maker, category: Category, line: Line) -> Account | SalaryCode:
    """What the debit row is booked on: the salary code, for payroll, or else the account."""
    entry: Account | SalaryCode
    if maker.recipient.uses_salary_codes and category.salary_code_id:
        what = f"the salary code of category {category.name!r}"
        entry = _mapped(maker.chart.salary_codes, category.salary_code_id, what, line)
    else:
        what = f"the account of category {category.name!r}"
        entry = _mapped(maker.chart.accounts, category.account_id, what, line)
    return entry


def _tax(maker: Maker, line: Line) -> Decimal:
    """The deductible tax of an expense; a category without deduction books none."""
    category = maker.chart.categories.get(line.expense.category_id)
    return ZERO if category and category.non_deductable_vat else line.expense.tax


def _row(
    maker: Maker,
    line: Line,
    kind: Literal["DEBIT", "CREDIT"],
    amount: Decimal,
    including_tax: Decimal,
    entry: Account | SalaryCode | None,
    **rest: Any,
) -> VoucherRow:
    return VoucherRow(
        id=maker.new_id(),
        type=kind,
        amount=amount,
        amount_including_tax=including_tax,
        tax_amount=rest.pop("tax", ZERO),
        description=line.expense.description,
        expense_record_id=line.expense.id,
        expense_report_id=line.report.id,
        accounting_number=accounting_number(entry) if entry else None,
        **rest,
    )


def _debit_rows(maker: Maker, line: Line) -> Iterator[VoucherRow]:
    expense, separately = line.expense, maker.recipient.vat_type == "SEPARATELY"
    category = _category(maker, line)
    gross, tax = expense.gross, _tax(maker, line)
    yield _row(
        maker,
        line,
        "DEBIT",
        gross - tax if separately else gross,
        gross,
        _category_entry(maker, category, line),
        tax=tax,
        dimension_values=expense.dimension_values,
        unit=expense.unit,
    )
    if separately and tax:
        vat_id = category.tax_account_id or maker.organization.vat_account_id
        vat = _mapped(maker.chart.accounts, vat_id, "the VAT account", line)
        yield _row(maker, line, "DEBIT", tax, tax, vat)


def _expense_rows(maker: Maker, line: Line) -> Iterator[VoucherRow]:
    """DEBIT the category, DEBIT the VAT account if there is tax, CREDIT the payment type."""
    if maker.recipient.do_debit_accounting:
        yield from _debit_rows(maker, line)
    if maker.recipient.do_credit_accounting:
        payment: PaymentType = _mapped(
            maker.chart.payment_types, line.expense.payment_type_id, "the payment type", line
        )
        what = f"the account of payment type {payment.name!r}"
        account = _mapped(maker.chart.accounts, payment.account_id, what, line)
        gross = line.expense.gross
        uses = line.expense.dimension_values
        yield _row(maker, line, "CREDIT", gross, gross, account, dimension_values=uses)


def _every_row(maker: Maker, batch: Batch) -> list[VoucherRow]:
    return [row for line in batch.lines for row in _expense_rows(maker, line)]


def _group_key(row: VoucherRow) -> tuple[object, ...]:
    number = row.accounting_number
    booked_on = (number.type, number.number) if number else None
    uses = frozenset((use.dimension_id, use.id) for use in row.dimension_values)
    return (row.type, booked_on, uses, row.unit, row.group)


def _account_text(row: VoucherRow) -> str:
    return row.accounting_number.text if row.accounting_number else ""


def _summed(group: Sequence[VoucherRow], description: str) -> VoucherRow:
    reports = {row.expense_report_id for row in group}
    return replace(
        group[0],
        amount=total(row.amount for row in group),
        tax_amount=total(row.tax_amount for row in group),
        amount_including_tax=total(row.amount_including_tax for row in group),
        description=description,
        expense_record_id=None,
        expense_report_id=reports.pop() if len(reports) == 1 else None,
    )


def _rows_by_account(maker: Maker, batch: Batch) -> list[VoucherRow]:
    """One row a group, in order of first appearance, DEBIT before CREDIT."""
    groups: dict[tuple[object, ...], list[VoucherRow]] = {}
    for row in _every_row(maker, batch):
        groups.setdefault(_group_key(row), []).append(row)
    summed = [_summed(group, _account_text(group[0])) for group in groups.values()]
    return sorted(summed, key=lambda row: row.type == "CREDIT")


def _rows_paid(maker: Maker, batch: Batch) -> list[VoucherRow]:
    """One row an expense, without accounting, whatever the recipient's switches say."""
    return [
        _row(
            maker,
            line,
            "DEBIT",
            line.expense.gross,
            line.expense.gross,
            None,
            tax=_tax(maker, line),
        )
        for line in batch.lines
    ]


def _row_paid(maker: Maker, batch: Batch) -> list[VoucherRow]:
    """One row for all of it, called what the voucher is called."""
    return [_summed(_rows_paid(maker, batch), batch.description)]


def _per_report(lines: Iterable[Line], chart: Chart) -> Iterator[Batch]:
    reports: dict[str, list[Line]] = {}
    for line in lines:
        reports.setdefault(line.report.id, []).append(line)
    for group in reports.values():
        yield Batch(group[0].report.name, group)


def _per_user(lines: Iterable[Line], chart: Chart) -> Iterator[Batch]:
    users: dict[str, list[Line]] = {}
    for line in lines:
        users.setdefault(line.report.owner_id, []).append(line)
    for owner, group in users.items():
        yield Batch(chart.users[owner].full_name, group)


def _per_expense(lines: Iterable[Line], chart: Chart) -> Iterator[Batch]:
    for line in lines:
        yield Batch(line.expense.description, [line])


class Format(NamedTuple):
    """One of the eight: how expenses are put together, and what rows they get."""

    batches: Callable[[Iterable[Line], Chart], Iterator[Batch]]
    rows: Callable[[Maker, Batch], list[VoucherRow]]
    accounting: bool


FORMATS: dict[ListType, Format] = {
    "REPORT_PER_EXPENSE": Format(_per_report, _every_row, True),
    "REPORT_PER_ACCOUNT": Format(_per_report, _rows_by_account, True),
    "USER_PER_EXPENSE": Format(_per_user, _every_row, True),
    "USER_PER_ACCOUNT": Format(_per_user, _rows_by_account, True),
    "EXPENSE": Format(_per_expense, _every_row, True),
    "REPORT_PER_REPORT_PAID": Format(_per_report, _row_paid, False),
    "USER_PER_REPORT_PAID": Format(_per_user, _row_paid, False),
    "REPORT_PER_EXPENSE_PAID": Format(_per_report, _rows_paid, False),
}


def _side(rows: Sequence[VoucherRow], side: str, wanted: bool) -> Decimal | None:
    return total(row.amount for row in rows if row.type == side) if wanted else None


def batches(maker: Maker, lines: Sequence[Line]) -> list[Batch]:
    """What each voucher of one export is made of, in the recipient's format, in order."""
    kind = FORMATS[maker.recipient.verification_lists_type]
    return list(kind.batches(lines, maker.chart))


def make_vouchers(
    maker: Maker, lines: Sequence[Line], export_id: str, now: str
) -> Iterator[Voucher]:
    """The vouchers of one export, in the recipient's format. ``now`` is the send time.

    Raises ``AccountNotMapped`` when something a row would be booked on is gone.
    Source: voucher-structure guide; the arithmetic of the rows is chosen.
    """
    for batch in batches(maker, lines):
        yield make_voucher(maker, batch, export_id, now)


def make_voucher(maker: Maker, batch: Batch, export_id: str, now: str) -> Voucher:
    """One voucher of an export. Raises ``AccountNotMapped``, as ``make_vouchers`` does."""
    recipient = maker.recipient
    kind = FORMATS[recipient.verification_lists_type]
    reports = tuple(dict.fromkeys(line.report.id for line in batch.lines))
    voucher_id, basis_id = maker.new_id(), maker.new_id()
    rows = [replace(r, sort_order=i) for i, r in enumerate(kind.rows(maker, batch))]
    debit = recipient.do_debit_accounting or not kind.accounting
    credit = recipient.do_credit_accounting and kind.accounting
    return Voucher(
        id=voucher_id,
        organization_id=maker.organization.id,
        organization_name=maker.organization.name,
        export_id=export_id,
        basis_id=basis_id,
        list_type=recipient.verification_lists_type,
        owner_id=batch.lines[0].report.owner_id,
        report_ids=reports,
        expense_report_id=reports[0] if len(reports) == 1 else None,
        expense_record_ids=tuple(line.expense.id for line in batch.lines),
        description=batch.description,
        date=f"{max(line.expense.date for line in batch.lines)}T00:00:00Z",
        booking_date=f"{now[:10]}T00:00:00Z",
        total_debit_amount=_side(rows, "DEBIT", debit),
        total_credit_amount=_side(rows, "CREDIT", credit),
        vat_type=recipient.vat_type,
        recipient_id=recipient.id,
        recipient_name=recipient.recipient_name,
        voucher_rows=tuple(rows),
    )
