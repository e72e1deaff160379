"""The life of a report: the table, step by step."""

from __future__ import annotations

from typing import get_args

import pytest
from company import NOW, Company

from mockfindity.domain.record import replace
from mockfindity.domain.reports import (
    COUNTERS,
    LIFE,
    Report,
    Status,
    Step,
    approved,
    sent_back,
    step,
    submitted,
)
from mockfindity.errors import InvalidSendState

REFUSED = [
    (status, taken)
    for status in get_args(Status)
    for taken in get_args(Step)
    if (status, taken) not in LIFE
]


def in_status(company: Company, status: Status) -> Report:
    return replace(company.report(), status=status)


@pytest.mark.parametrize(("status", "taken"), LIFE)
def test_a_step_of_the_table_leads_where_the_table_says(
    company: Company, status: Status, taken: Step
) -> None:
    after = step(in_status(company, status), taken, NOW)

    assert after.status == LIFE[status, taken][0]


@pytest.mark.parametrize(("status", "taken"), REFUSED)
def test_any_other_step_is_refused_naming_status_and_step(
    company: Company, status: Status, taken: Step
) -> None:
    with pytest.raises(InvalidSendState, match=f"{status}.*{taken}"):
        step(in_status(company, status), taken, NOW)


def test_nobody_to_approve_means_ready_to_send(company: Company) -> None:
    assert submitted(in_status(company, "NORMAL"), (), NOW).status == "READY_TO_SEND"


def test_a_report_waits_until_the_last_approver_has_approved(company: Company) -> None:
    report = submitted(in_status(company, "NORMAL"), ("Anna", "Bo"), NOW)

    once = approved(report, NOW)

    assert (once.status, once.approvers) == ("APPROVAL", ("Bo",))
    assert approved(once, NOW).status == "READY_TO_SEND"


def test_a_rejected_report_asks_all_its_approvers_again(company: Company) -> None:
    report = submitted(in_status(company, "NORMAL"), ("Anna", "Bo"), NOW)

    rejected = sent_back(approved(report, NOW), "reject", NOW)

    assert (rejected.status, rejected.approvers) == ("REJECTED", ())


def test_every_status_is_counted_once() -> None:
    counted = [status for within in COUNTERS.values() for status in within]

    assert sorted(counted) == sorted(get_args(Status))


def test_the_statuses_are_those_that_findity_lists() -> None:
    assert get_args(Status) == (
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
    )


def test_approved_and_send_are_never_entered() -> None:
    assert {"APPROVED", "SEND"}.isdisjoint(end for ends in LIFE.values() for end in ends)
