"""The arithmetic of vouchers: the worked numbers, and what holds for every possible report."""

from __future__ import annotations

from decimal import Decimal

import pytest
from company import COST_CENTER, Company

from mockfindity.domain.record import replace
from mockfindity.domain.voucher_rows import VoucherRow
from mockfindity.domain.vouchers import FORMATS, Voucher
from mockfindity.errors import AccountNotMapped

ACCOUNTING = [name for name, kind in FORMATS.items() if kind.accounting]


def D(*amounts: str) -> list[Decimal]:  # noqa: N802
    return [Decimal(amount) for amount in amounts]


def amounts(rows: list[VoucherRow] | tuple[VoucherRow, ...], side: str) -> list[Decimal]:
    return [row.amount for row in rows if row.type == side]


def booked(voucher: Voucher) -> list[tuple[str, str, str, str]]:
    """Side, account, amount, tax of each row."""
    return [
        (
            row.type,
            row.accounting_number.number if row.accounting_number else "-",
            str(row.amount),
            str(row.tax_amount),
        )
        for row in voucher.voucher_rows
    ]


def test_report_per_expense_gives_the_worked_rows(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_EXPENSE")

    assert booked(voucher) == [
        ("DEBIT", "5800", "117.92", "7.08"),
        ("DEBIT", "2641", "7.08", "0.00"),
        ("CREDIT", "2820", "125.00", "0.00"),
        ("DEBIT", "5830", "1000.00", "120.00"),
        ("DEBIT", "2641", "120.00", "0.00"),
        ("CREDIT", "2820", "1120.00", "0.00"),
        ("DEBIT", "5800", "50.00", "3.00"),
        ("DEBIT", "2641", "3.00", "0.00"),
        ("CREDIT", "2820", "53.00", "0.00"),
        ("DEBIT", "7331", "300.00", "0.00"),
        ("CREDIT", "2820", "300.00", "0.00"),
        ("DEBIT", "6071", "449.38", "0.00"),
        ("CREDIT", "2820", "449.38", "0.00"),
    ]


def test_report_per_expense_totals_both_sides(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_EXPENSE")

    assert (voucher.total_debit_amount, voucher.total_credit_amount) == (
        Decimal("2047.38"),
        Decimal("2047.38"),
    )


def test_report_per_account_gives_the_worked_rows(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_ACCOUNT")

    assert booked(voucher) == [
        ("DEBIT", "5800", "167.92", "10.08"),
        ("DEBIT", "2641", "130.08", "0.00"),
        ("DEBIT", "5830", "1000.00", "120.00"),
        ("DEBIT", "7331", "300.00", "0.00"),
        ("DEBIT", "6071", "449.38", "0.00"),
        ("CREDIT", "2820", "2047.38", "0.00"),
    ]


def test_a_summed_row_is_called_what_its_account_is_called(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_ACCOUNT")

    first = voucher.voucher_rows[0]
    assert (first.description, first.expense_record_id) == ("Resekostnader", None)


def test_expense_gives_a_voucher_for_each(company: Company) -> None:
    vouchers = company.vouchers([company.stockholm()], "EXPENSE")

    assert [v.total_credit_amount for v in vouchers] == D(
        "125.00", "1120.00", "53.00", "300.00", "449.38"
    )


def test_report_paid_gives_one_row_for_the_report(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_REPORT_PAID")

    (row,) = voucher.voucher_rows
    assert (row.amount, row.amount_including_tax, row.tax_amount, row.type, row.description) == (
        Decimal("2047.38"),
        Decimal("2047.38"),
        Decimal("130.08"),
        "DEBIT",
        "Stockholm",
    )


def test_expense_paid_gives_a_row_for_each_expense(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "REPORT_PER_EXPENSE_PAID")

    assert amounts(voucher.voucher_rows, "DEBIT") == D(
        "125.00", "1120.00", "53.00", "300.00", "449.38"
    )


@pytest.mark.parametrize("paid", sorted(set(FORMATS) - set(ACCOUNTING)))
def test_payment_formats_carry_no_accounting(company: Company, paid: str) -> None:
    (voucher,) = company.vouchers([company.stockholm()], paid, do_debit_accounting=False)

    assert {row.accounting_number for row in voucher.voucher_rows} == {None}
    assert (voucher.total_debit_amount, voucher.total_credit_amount) == (Decimal("2047.38"), None)


def test_user_per_expense_gives_all_rows_of_a_users_reports(company: Company) -> None:
    taxi = company.report(company.expense("Travel", "125.00", "7.08"))
    hotel = company.report(company.expense("Hotel and meals", "1120.00", "120.00"))

    (voucher,) = company.vouchers([taxi, hotel], "USER_PER_EXPENSE")

    assert booked(voucher) == [
        ("DEBIT", "5800", "117.92", "7.08"),
        ("DEBIT", "2641", "7.08", "0.00"),
        ("CREDIT", "2820", "125.00", "0.00"),
        ("DEBIT", "5830", "1000.00", "120.00"),
        ("DEBIT", "2641", "120.00", "0.00"),
        ("CREDIT", "2820", "1120.00", "0.00"),
    ]


@pytest.mark.parametrize(
    ("list_type", "names"),
    [
        ("EXPENSE", ["Taxi", "Hotel"]),
        ("REPORT_PER_ACCOUNT", ["Stockholm"]),
        ("USER_PER_EXPENSE", ["Anna Ek"]),
    ],
)
def test_a_voucher_is_called_what_it_is_of(
    company: Company, list_type: str, names: list[str]
) -> None:
    taxi = company.expense("Travel", "125.00", description="Taxi")
    hotel = company.expense("Hotel and meals", "1120.00", description="Hotel")

    vouchers = company.vouchers([company.report(taxi, hotel)], list_type)

    assert [voucher.description for voucher in vouchers] == names


def test_user_formats_put_the_reports_of_a_user_together(company: Company) -> None:
    reports = [company.stockholm(), company.stockholm()]

    (voucher,) = company.vouchers(reports, "USER_PER_ACCOUNT")

    assert (voucher.total_debit_amount, voucher.expense_report_id, voucher.description) == (
        Decimal("4094.76"),
        None,
        "Anna Ek",
    )


def test_a_row_summed_over_one_report_still_names_it(company: Company) -> None:
    taxi = company.report(company.expense("Travel", "10"))
    hotel = company.report(company.expense("Hotel and meals", "20"))

    (voucher,) = company.vouchers([taxi, hotel], "USER_PER_ACCOUNT")

    assert [row.expense_report_id for row in voucher.voucher_rows] == [taxi.id, hotel.id, None]


def test_user_formats_give_a_voucher_for_each_user(company: Company) -> None:
    reports = [company.stockholm(), replace(company.stockholm(), owner_id="Bo")]

    vouchers = company.vouchers(reports, "USER_PER_REPORT_PAID")

    assert [(v.owner_id, len(v.voucher_rows)) for v in vouchers] == [("Anna", 1), ("Bo", 1)]


def test_gross_vat_books_no_vat_row(company: Company) -> None:
    taxi = company.report(company.expense("Travel", "125.00", "7.08"))

    (voucher,) = company.vouchers([taxi], "EXPENSE", vat_type="INCLUDED_AND_GROSS_AMOUNT")

    assert booked(voucher) == [
        ("DEBIT", "5800", "125.00", "7.08"),
        ("CREDIT", "2820", "125.00", "0.00"),
    ]


def test_without_debit_accounting_there_are_only_credit_rows(company: Company) -> None:
    (voucher,) = company.vouchers([company.stockholm()], "EXPENSE", do_debit_accounting=False)[:1]

    assert booked(voucher) == [("CREDIT", "2820", "125.00", "0.00")]
    assert voucher.total_debit_amount is None


def test_without_credit_accounting_there_are_only_debit_rows(company: Company) -> None:
    voucher = company.vouchers([company.stockholm()], "EXPENSE", do_credit_accounting=False)[0]

    assert booked(voucher) == [
        ("DEBIT", "5800", "117.92", "7.08"),
        ("DEBIT", "2641", "7.08", "0.00"),
    ]
    assert voucher.total_credit_amount is None


def test_payroll_books_on_the_salary_code(company: Company) -> None:
    mileage = company.report(company.expense("Mileage", "300", type="MILEAGE"))

    (voucher,) = company.vouchers([mileage], "USER_PER_EXPENSE", uses_salary_codes=True)

    number = voucher.voucher_rows[0].accounting_number
    assert number is not None
    assert (number.number, number.type) == ("821", "SALARY_CODE")


def test_payroll_falls_back_to_the_account_of_a_category_without_salary_code(
    company: Company,
) -> None:
    taxi = company.report(company.expense("Travel", "10"))

    (voucher,) = company.vouchers([taxi], "USER_PER_EXPENSE", uses_salary_codes=True)

    assert booked(voucher)[0] == ("DEBIT", "5800", "10.00", "0.00")


def test_tax_that_is_not_deductible_is_part_of_the_cost(company: Company) -> None:
    dinner = company.report(company.expense("Entertainment, not deductible", "112.00", "12.00"))

    (voucher,) = company.vouchers([dinner], "EXPENSE")

    assert booked(voucher) == [
        ("DEBIT", "6072", "112.00", "0.00"),
        ("CREDIT", "2820", "112.00", "0.00"),
    ]


def test_a_refund_keeps_its_side_and_its_sign(company: Company) -> None:
    refund = company.report(company.expense("Travel", "-125.00", "-7.08"))

    (voucher,) = company.vouchers([refund], "EXPENSE")

    assert booked(voucher) == [
        ("DEBIT", "5800", "-117.92", "-7.08"),
        ("DEBIT", "2641", "-7.08", "0.00"),
        ("CREDIT", "2820", "-125.00", "0.00"),
    ]


def test_a_group_that_sums_to_zero_stays(company: Company) -> None:
    there, back = company.expense("Travel", "10", "1"), company.expense("Travel", "-10", "-1")

    (voucher,) = company.vouchers([company.report(there, back)], "REPORT_PER_ACCOUNT")

    assert booked(voucher) == [
        ("DEBIT", "5800", "0.00", "0.00"),
        ("DEBIT", "2641", "0.00", "0.00"),
        ("CREDIT", "2820", "0.00", "0.00"),
    ]


def test_tax_that_rounds_to_nothing_gives_no_row(company: Company) -> None:
    gum = company.report(company.expense("Travel", "0.05", "0.004"))

    (voucher,) = company.vouchers([gum], "EXPENSE")

    assert len(voucher.voucher_rows) == 2


def test_a_category_may_have_a_vat_account_of_its_own(company: Company) -> None:
    account = next(a.id for a in company.state.accounts if a.number == "2645")
    travel = company.state.categories.rows[company.category("Travel")]
    company.state.put(replace(travel, tax_account_id=account))
    taxi = company.report(company.expense("Travel", "125.00", "7.08"))

    (voucher,) = company.vouchers([taxi], "EXPENSE")

    assert booked(voucher)[1] == ("DEBIT", "2645", "7.08", "0.00")


def test_a_company_card_is_credited_on_its_own_account(company: Company) -> None:
    card = company.payment("Company card")
    taxi = company.report(company.expense("Travel", "10", payment=card))

    (voucher,) = company.vouchers([taxi], "EXPENSE")

    assert booked(voucher)[1] == ("CREDIT", "2890", "10.00", "0.00")


def test_dimension_values_stand_on_debit_and_credit_rows_and_not_on_vat_rows(
    company: Company,
) -> None:
    taxi = company.expense("Travel", "125", "7.08", dimension_values=(COST_CENTER,))

    (voucher,) = company.vouchers([company.report(taxi)], "EXPENSE")

    assert [len(row.dimension_values) for row in voucher.voucher_rows] == [1, 0, 1]


def test_dimension_values_keep_groups_apart(company: Company) -> None:
    tagged = company.expense("Travel", "10", dimension_values=(COST_CENTER,))
    plain = company.expense("Travel", "5")

    (voucher,) = company.vouchers([company.report(tagged, plain)], "REPORT_PER_ACCOUNT")

    assert amounts(voucher.voucher_rows, "DEBIT") == D("10", "5")


def test_units_are_those_of_the_debit_row(company: Company) -> None:
    mileage = company.report(company.expense("Mileage", "300", type="MILEAGE"))

    (voucher,) = company.vouchers([mileage], "EXPENSE")

    assert [row.unit for row in voucher.voucher_rows] == ["KM", "PCS"]


def test_a_voucher_is_dated_by_its_latest_expense(company: Company) -> None:
    early = company.expense("Travel", "1", date="2026-03-02")
    late = company.expense("Travel", "1", date="2026-03-09")

    (voucher,) = company.vouchers([company.report(late, early)], "REPORT_PER_EXPENSE")

    assert (voucher.date, voucher.booking_date) == ("2026-03-09T00:00:00Z", "2026-03-31T00:00:00Z")


@pytest.mark.parametrize(
    ("gone", "names"),
    [("5800", "category 'Travel'"), ("2641", "VAT account"), ("2820", "'Private outlay'")],
)
def test_an_account_that_is_gone_stops_the_send_and_is_named(
    company: Company, gone: str, names: str
) -> None:
    company.state.remove(next(a for a in company.state.accounts if a.number == gone))
    taxi = company.report(company.expense("Travel", "125", "7.08"))

    with pytest.raises(AccountNotMapped, match=names):
        company.vouchers([taxi], "REPORT_PER_EXPENSE")


def test_a_format_without_accounting_needs_no_account(company: Company) -> None:
    company.state.remove(*list(company.state.accounts))

    vouchers = company.vouchers([company.stockholm()], "REPORT_PER_REPORT_PAID")

    assert len(vouchers) == 1
