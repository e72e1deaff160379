"""Who is asked to approve a report, and what becomes of one that was sent back."""

from __future__ import annotations

import pytest
from support import TAXI, Findity


@pytest.fixture
def approved(acme: Findity) -> Findity:
    """ACME, where Bo approves what is of two cost centers."""
    acme.users("BO")
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    ids = ("CC-001", "CC-002")
    acme.api.put(path, json={"values": [{"id": one, "value": one} for one in ids]})
    bo = [{"externalSourceId": "BO"}]
    body = {"values": [{"id": one, "approvers": bo} for one in ids]}
    assert acme.api.put(f"{path}approvers/", json=body).status_code == 200
    return acme


def tagged(findity: Findity) -> str:
    """A report of two expenses, of one cost center each."""
    uses = [{"dimension": "cost-center", "value": value} for value in ("CC-001", "CC-002")]
    return findity.report(*(TAXI | {"dimensionValues": [use]} for use in uses))


def test_whoever_approves_two_values_is_asked_once(approved: Findity) -> None:
    report = tagged(approved)

    submitted = approved.made(f"/reports/{report}/submit")

    assert (submitted["status"], submitted["approvers"]) == ("APPROVAL", ["BO"])
    assert approved.made(f"/reports/{report}/approve")["status"] == "READY_TO_SEND"


def test_with_approval_inactive_nobody_is_asked(approved: Findity) -> None:
    approved.changed(f"/organizations/{approved.org}/settings", {"approvalActive": False})

    assert approved.made(f"/reports/{tagged(approved)}/submit")["status"] == "READY_TO_SEND"


def test_a_report_that_was_sent_back_can_be_submitted_again(approved: Findity) -> None:
    report = tagged(approved)
    steps = ("submit", "reject", "submit", "approve", "return", "submit")

    statuses = [approved.made(f"/reports/{report}/{step}")["status"] for step in steps]

    assert statuses == [
        "APPROVAL",
        "REJECTED",
        "APPROVAL",
        "READY_TO_SEND",
        "REJECTED",
        "APPROVAL",
    ]
