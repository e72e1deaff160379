"""What an export would be in another format: the vouchers that it would have had."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from company import Company

from mockfindity.domain.exports import Export, send
from mockfindity.domain.previews import Preview, Totals, carried, preview, totals_of
from mockfindity.domain.record import replace
from mockfindity.domain.slices import whole
from mockfindity.domain.vouchers import FORMATS, Voucher
from mockfindity.errors import AccountNotMapped
from mockfindity.state import Ids

SIDES = [(True, True), (True, False), (False, True), (False, False)]


def sent(company: Company, **switches: Any) -> Export:
    """An export of two of Anna's reports and one of Bo's, in REPORT_PER_EXPENSE."""
    company.set(verification_lists_type="REPORT_PER_EXPENSE", **switches)
    taxi = company.expense("Travel", "33.33", "6.67")
    reports = [company.stockholm(), company.report(taxi), company.report(taxi, owner="Bo")]
    for number, report in enumerate(reports):
        own = tuple(replace(one, id=f"{number} {one.id}") for one in report.expenses)
        company.state.put(replace(report, expenses=own))
    export, change = whole(send(company.desk(), company.recipient, list(company.state.reports)))
    company.state.apply(change)
    return export


def previewed(company: Company, export: Export, list_type: Any) -> Preview:
    state = company.state
    lines = carried(export, state.vouchers.rows, state.reports.rows)
    return preview(company.desk(), export, list_type, lines, Ids)


def every_voucher(found: Preview) -> list[Voucher]:
    return [found.voucher(place) for place in range(len(found.batches))]


def plain(voucher: Voucher) -> Voucher:
    """A voucher without ids of its own."""
    rows = tuple(replace(row, id="") for row in voucher.voucher_rows)
    return replace(voucher, id="", basis_id="", export_id="", voucher_rows=rows)


@pytest.mark.parametrize("list_type", FORMATS)
def test_a_preview_has_the_vouchers_of_an_export_in_that_format(
    company: Company, list_type: Any
) -> None:
    export = sent(company)
    reports = [replace(r, status="READY_TO_SEND") for r in company.state.reports]

    found = every_voucher(previewed(company, export, list_type))

    real = company.vouchers(reports, list_type)
    assert [plain(voucher) for voucher in found] == [plain(voucher) for voucher in real]


@pytest.mark.parametrize(("debit", "credit"), SIDES)
@pytest.mark.parametrize("list_type", FORMATS)
def test_its_totals_are_the_sums_of_its_vouchers(
    company: Company, list_type: Any, debit: bool, credit: bool
) -> None:
    export = sent(company, do_debit_accounting=debit, do_credit_accounting=credit)

    found = previewed(company, export, list_type)

    assert found.totals == totals_of(every_voucher(found))


def test_the_worked_numbers_with_two_taxis_more_come_to(company: Company) -> None:
    found = previewed(company, sent(company), "USER_PER_ACCOUNT")

    assert found.totals == Totals(Decimal("2114.04"), Decimal("2114.04"))


def test_a_voucher_is_the_same_whichever_others_are_made(company: Company) -> None:
    found = previewed(company, sent(company), "EXPENSE")

    assert found.voucher(5) == every_voucher(found)[5]


def test_what_an_earlier_recipient_booked_is_not_in_it(company: Company) -> None:
    export = sent(company)
    first, *others = export.voucher_ids

    shrunk = replace(export, voucher_ids=tuple(others))

    assert previewed(company, shrunk, "EXPENSE").totals.debit == Decimal("66.66")
    assert company.state.vouchers.rows[first].total_debit_amount == Decimal("2047.38")


def test_an_account_that_is_gone_is_named(company: Company) -> None:
    export = sent(company)
    category = company.state.categories.rows[company.category("Travel")]
    company.state.put(replace(category, account_id=None))

    with pytest.raises(AccountNotMapped, match="the account of category 'Travel'"):
        previewed(company, export, "EXPENSE").voucher(0)


def test_a_format_without_accounting_needs_no_account(company: Company) -> None:
    export = sent(company)
    category = company.state.categories.rows[company.category("Travel")]
    company.state.put(replace(category, account_id=None))

    voucher = previewed(company, export, "USER_PER_REPORT_PAID").voucher(0)

    assert voucher.total_debit_amount == Decimal("2080.71")


def test_vouchers_without_a_side_have_no_sum_of_it(company: Company) -> None:
    make: Callable[..., list[Voucher]] = company.vouchers

    found = totals_of(make([company.stockholm()], "EXPENSE", do_debit_accounting=False))

    assert found == Totals(None, Decimal("2047.38"))
