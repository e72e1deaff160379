"""What holds for the vouchers of every report there could be: types, currencies, signs, formats."""

from __future__ import annotations

from decimal import Decimal

from company import COST_CENTER, Company
from hypothesis import given
from hypothesis import strategies as st

from mockfindity.domain.money import rounded
from mockfindity.domain.reports import Expense, Report
from mockfindity.domain.voucher_rows import VoucherRow
from mockfindity.domain.vouchers import FORMATS

ACCOUNTING = [name for name, kind in FORMATS.items() if kind.accounting]


def amounts(rows: tuple[VoucherRow, ...], side: str) -> list[Decimal]:
    return [row.amount for row in rows if row.type == side]


money = st.decimals(Decimal(-50000), Decimal(50000), places=2, allow_nan=False)
rates = st.decimals(Decimal("0.0001"), Decimal(40), places=4, allow_nan=False)
PLAIN = ("Travel", "Hotel and meals", "Entertainment", "Entertainment, not deductible")


@st.composite
def expenses(draw: st.DrawFn, company: Company) -> Expense:
    kind = draw(st.sampled_from(["RECEIPT", "MILEAGE", "PER_DIEM", "FOOD_BENEFIT"]))
    counted = {"MILEAGE": "Mileage", "PER_DIEM": "Per diem"}.get(kind)
    amount = draw(money)
    share = draw(st.sampled_from(["0", "0.06", "0.12", "0.25", "1"]))
    foreign = draw(st.booleans())
    return company.expense(
        counted or draw(st.sampled_from(PLAIN)),
        str(amount),
        "0" if counted else str(amount * Decimal(share)),
        type=kind,
        currency="EUR" if foreign else "SEK",
        exchange_rate=draw(rates) if foreign else Decimal(1),
        payment=company.payment(draw(st.sampled_from(["Private outlay", "Company card"]))),
        dimension_values=(COST_CENTER,) if draw(st.booleans()) else (),
    )


@st.composite
def sends(draw: st.DrawFn) -> tuple[Company, list[Report], dict[str, object]]:
    company = Company()
    reports = [
        company.report(
            *draw(st.lists(expenses(company), min_size=1, max_size=5)),
            owner=draw(st.sampled_from(["Anna", "Bo"])),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    switches: dict[str, object] = {
        "vat_type": draw(st.sampled_from(["SEPARATELY", "INCLUDED_AND_GROSS_AMOUNT"])),
        "uses_salary_codes": draw(st.booleans()),
    }
    return company, reports, switches


@given(sends(), st.sampled_from(ACCOUNTING))
def test_every_voucher_balances_to_the_ore(
    send: tuple[Company, list[Report], dict[str, object]], list_type: str
) -> None:
    company, reports, switches = send
    for voucher in company.vouchers(reports, list_type, **switches):
        debit, credit = (sum(amounts(voucher.voucher_rows, s)) for s in ("DEBIT", "CREDIT"))
        assert debit == credit == voucher.total_debit_amount == voucher.total_credit_amount


@given(sends(), st.sampled_from(sorted(FORMATS)))
def test_every_expense_is_in_exactly_one_voucher(
    send: tuple[Company, list[Report], dict[str, object]], list_type: str
) -> None:
    company, reports, switches = send
    vouchers = company.vouchers(reports, list_type, **switches)

    sent = sorted(expense_id for v in vouchers for expense_id in v.expense_record_ids)
    assert sent == sorted(expense.id for report in reports for expense in report.expenses)


@given(sends())
def test_the_totals_of_the_eight_formats_agree(
    send: tuple[Company, list[Report], dict[str, object]],
) -> None:
    company, reports, switches = send
    gross = sum(expense.gross for report in reports for expense in report.expenses)
    for list_type in FORMATS:
        vouchers = company.vouchers(reports, list_type, **switches)
        assert sum(v.total_debit_amount or 0 for v in vouchers) == gross


@given(sends())
def test_grouping_by_account_changes_no_account_s_sum(
    send: tuple[Company, list[Report], dict[str, object]],
) -> None:
    company, reports, switches = send

    def sums(list_type: str) -> dict[tuple[str, str], Decimal]:
        found: dict[tuple[str, str], Decimal] = {}
        for voucher in company.vouchers(reports, list_type, **switches):
            for row in voucher.voucher_rows:
                number = row.accounting_number.number if row.accounting_number else ""
                found[row.type, number] = found.get((row.type, number), Decimal(0)) + row.amount
        return found

    assert sums("USER_PER_ACCOUNT") == sums("EXPENSE")


@given(sends(), st.sampled_from(sorted(FORMATS)))
def test_rows_are_numbered_through_and_have_two_decimals(
    send: tuple[Company, list[Report], dict[str, object]], list_type: str
) -> None:
    company, reports, switches = send
    for voucher in company.vouchers(reports, list_type, **switches):
        assert [r.sort_order for r in voucher.voucher_rows] == [*range(len(voucher.voucher_rows))]
        assert all(row.amount == rounded(row.amount) for row in voucher.voucher_rows)
