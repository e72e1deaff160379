"""The life of a report by words, and what an export is in a test."""

from __future__ import annotations

import pytest

from mockfindity import Findity, FindityError
from mockfindity.testing import Report

DINNER = {
    "category": "Travel",
    "description": "Dinner",
    "date": "2026-03-02",
    "amount": 480.00,
    "taxAmount": 51.43,
}


def of_the_cost_center(findity: Findity) -> Report:
    """A report of Anna's that Bo has to approve."""
    findity.users("ANNA", "BO")
    findity.here.dimension("cost-center", {"CC-001": "Sales"})
    findity.here.approvers("cost-center", {"CC-001": ["BO"]})
    tagged = DINNER | {"dimensionValues": [{"dimension": "cost-center", "value": "CC-001"}]}
    return findity.report("ANNA", expenses=[tagged])


def test_a_report_is_sent_and_booked(mockfindity: Findity) -> None:
    report = mockfindity.report().submit()
    assert report.status == "READY_TO_SEND"

    export = mockfindity.bulk_send()
    assert (export.status, report.status) == ("TRANSFER", "TRANSFER")

    assert export.acknowledge() == "SENT"
    assert (export.status, report.status) == ("SENT", "SENT")
    assert report.pay().status == "PAID"


def test_the_owner_and_the_expenses_may_be_named(mockfindity: Findity) -> None:
    mockfindity.users("ANNA", "BO")

    report = mockfindity.report("BO", expenses=[DINNER, DINNER], name="Oslo").submit()
    (voucher,) = mockfindity.bulk_send(format="REPORT_PER_EXPENSE").vouchers()

    assert (report.data["name"], voucher["totalDebitAmount"]) == ("Oslo", 960.0)


def test_without_a_word_it_is_anna_s_taxi(mockfindity: Findity) -> None:
    mockfindity.report().submit()

    (voucher,) = mockfindity.bulk_send().vouchers()

    assert [person["externalSourceId"] for person in mockfindity.users()] == ["ANNA"]
    assert voucher["totalDebitAmount"] == 125.0


def test_everybody_approves_who_has_to(mockfindity: Findity) -> None:
    report = of_the_cost_center(mockfindity).submit()
    assert report.status == "APPROVAL"

    assert report.approve().status == "READY_TO_SEND"
    assert report.approve().status == "READY_TO_SEND"


def test_nobody_approves_what_was_not_handed_in(mockfindity: Findity) -> None:
    with pytest.raises(FindityError) as refused:
        mockfindity.report().approve()

    assert refused.value.status == 400


def test_a_rejected_report_is_handed_in_again(mockfindity: Findity) -> None:
    report = of_the_cost_center(mockfindity).submit().reject()
    assert report.status == "REJECTED"

    assert report.submit().approve().status == "READY_TO_SEND"


def test_a_report_that_is_ready_is_given_back(mockfindity: Findity) -> None:
    assert mockfindity.report().submit().send_back().status == "REJECTED"


def test_only_the_reports_that_are_named_are_sent(mockfindity: Findity) -> None:
    first, second = mockfindity.report().submit(), mockfindity.report().submit()

    mockfindity.bulk_send(reports=[second])

    assert (first.status, second.status) == ("READY_TO_SEND", "TRANSFER")


def test_there_may_be_nothing_to_send(mockfindity: Findity) -> None:
    with pytest.raises(FindityError):
        mockfindity.bulk_send()


@pytest.mark.parametrize("format_", ["EXPENSE", "REPORT_PER_ACCOUNT", "USER_PER_EXPENSE"])
def test_the_format_is_what_is_sent(mockfindity: Findity, format_: str) -> None:
    mockfindity.report().submit()

    vouchers = mockfindity.bulk_send(format=format_).vouchers()

    assert {voucher["listType"] for voucher in vouchers} == {format_}


def test_a_failed_voucher_gives_its_report_back(mockfindity: Findity) -> None:
    report = mockfindity.report().submit()
    export = mockfindity.bulk_send()
    (voucher,) = export.vouchers()

    status = export.acknowledge(
        {"id": voucher["id"], "status": "FAILED", "message": "The account is closed."}
    )

    assert (status, report.status) == ("FAILED", "READY_TO_SEND")


def test_a_voucher_has_a_pdf(mockfindity: Findity) -> None:
    mockfindity.report().submit()
    export = mockfindity.bulk_send()

    assert export.pdf(export.vouchers()[0]).startswith(b"%PDF-")


def test_the_exports_of_a_status_are_found(mockfindity: Findity) -> None:
    mockfindity.report().submit()
    booked = mockfindity.bulk_send()
    booked.acknowledge()
    mockfindity.report().submit()
    open_ = mockfindity.bulk_send()

    assert [one.id for one in mockfindity.here.exports()] == [booked.id, open_.id]
    assert [one.id for one in mockfindity.here.exports("TRANSFER")] == [open_.id]
    assert open_.data["numberOfVouchers"] == 1


def test_what_is_shown_of_a_report_says_where_it_is(mockfindity: Findity) -> None:
    report = mockfindity.report(name="Oslo")

    assert repr(report) == f"<Report 'Oslo' NORMAL ({report.id})>"
