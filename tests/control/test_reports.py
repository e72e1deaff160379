"""What an employee writes, and what is refused of it."""

from __future__ import annotations

from typing import Any

import pytest
from support import TAXI, Findity

MILEAGE = {
    "type": "MILEAGE",
    "category": "Mileage",
    "date": "2026-03-03",
    "quantity": 120,
    "rate": 2.5,
}


def written(findity: Findity, *expenses: dict[str, Any]) -> Any:
    body = {"owner": "ANNA", "name": "Trip", "expenses": list(expenses)}
    return findity.control("POST", f"/organizations/{findity.org}/reports", body)


def tagged(findity: Findity, dimension: str, *values: str) -> None:
    path = f"{findity.admin}/customdimensions/{dimension}/list/"
    body = {"values": [{"id": value, "value": value} for value in values]}
    assert findity.api.put(path, json=body).status_code == 200


def test_mileage_is_quantity_times_rate(acme: Findity) -> None:
    report = written(acme, MILEAGE).json()

    assert (report["total"], report["expenses"][0]["unit"]) == (300, "KM")


def test_a_report_without_expenses_is_new_and_one_with_some_is_normal(acme: Findity) -> None:
    assert [written(acme).json()["status"], written(acme, TAXI).json()["status"]] == [
        "NEW",
        "NORMAL",
    ]


@pytest.mark.parametrize(
    ("expense", "says"),
    [
        (MILEAGE | {"unit": "PCS"}, "MILEAGE counts in KM or MI, not in PCS"),
        (MILEAGE | {"type": "PER_DIEM", "unit": "KM"}, "PER_DIEM counts in DAYS, not in KM"),
        (TAXI | {"unit": "KM"}, "RECEIPT counts in PCS, not in KM"),
        (MILEAGE | {"taxAmount": 1}, "MILEAGE carries no tax"),
        (MILEAGE | {"amount": 1}, "quantity times rate is 300"),
        (TAXI | {"taxAmount": 126}, "must have the sign of amount"),
        (TAXI | {"amount": -125}, "must have the sign of amount"),
        (TAXI | {"category": "Yachts"}, "there is no 'Yachts'"),
        (TAXI | {"paymentType": "Gold"}, "there is no 'Gold'"),
        (TAXI | {"currency": "kr"}, "a currency such as SEK was expected"),
        (TAXI | {"date": "2026-W10-1"}, "a date such as 2026-01-31 was expected"),
        (TAXI | {"amount": 10**13}, "beyond what can be booked"),
        (TAXI | {"receipts": [{"content": "!"}]}, "not base64"),
    ],
)
def test_an_expense_that_cannot_be_is_refused(
    acme: Findity, expense: dict[str, Any], says: str
) -> None:
    answer = written(acme, expense)

    assert (answer.status_code, says in answer.json()["description"]) == (400, True), answer.text


def test_an_expense_has_one_value_of_a_dimension(acme: Findity) -> None:
    tagged(acme, "project", "P1", "P2")
    values = [{"dimension": "project", "value": value} for value in ("P1", "P2")]

    answer = written(acme, TAXI | {"dimensionValues": values})

    assert "'project' has a value already" in answer.json()["description"]


def test_the_order_of_dimension_values_keeps_no_groups_apart(acme: Findity) -> None:
    tagged(acme, "project", "P1")
    tagged(acme, "cost-center", "C1")
    project = {"dimension": "project", "value": "P1"}
    center = {"dimension": "cost-center", "value": "C1"}
    acme.recipient(verificationListsType="REPORT_PER_ACCOUNT", vatType="INCLUDED_AND_GROSS_AMOUNT")
    acme.ready(
        TAXI | {"dimensionValues": [project, center]},
        TAXI | {"dimensionValues": [center, project]},
    )

    (voucher,) = acme.vouchers(acme.bulk_send()["exportId"])

    assert [row["amount"] for row in voucher["voucherRows"]] == [250, 250]


def test_approvers_are_asked_one_after_the_other(acme: Findity) -> None:
    acme.users("BO", "CLAES")
    tagged(acme, "project", "P1")
    approvers = [
        {"externalSourceId": "CLAES", "sortOrder": 1},
        {"externalSourceId": "BO", "sortOrder": 0},
    ]
    body = {"values": [{"id": "P1", "approvers": approvers}]}
    acme.api.put(f"{acme.admin}/customdimensions/project/list/approvers/", json=body)
    report = acme.report(TAXI | {"dimensionValues": [{"dimension": "project", "value": "P1"}]})

    steps = [acme.made(f"/reports/{report}/{s}") for s in ("submit", "approve", "approve")]

    assert [(r["status"], r["approvers"]) for r in steps] == [
        ("APPROVAL", ["BO", "CLAES"]),
        ("APPROVAL", ["CLAES"]),
        ("READY_TO_SEND", []),
    ]


def test_an_external_id_of_two_organizations_is_said_to_be_ambiguous(acme: Findity) -> None:
    key = acme.made("/clients", {"clientApplicationId": "777"})
    acme.sign_in(client_id=key["clientId"], client_secret=key["clientSecret"])
    acme.organization("ACME")

    answer = acme.control("GET", "/organizations/ACME/reports")

    assert answer.status_code == 404
    assert "external id of 2 organizations" in answer.json()["description"]


def test_a_key_that_names_an_organization_is_for_that_one(acme: Findity) -> None:
    key = acme.made("/clients", {"organizationId": acme.org})

    clients = acme.control("GET", "/clients").json()["data"]

    assert {c["clientId"]: c["scope"] for c in clients}[key["clientId"]] == "organization"


def test_the_organizations_of_every_client_application_are_listed(acme: Findity) -> None:
    found = acme.control("GET", "/organizations").json()["data"]

    assert [(o["externalSourceId"], o["id"]) for o in found] == [("ACME", acme.org)]


def test_reports_are_counted_by_status(acme: Findity) -> None:
    acme.report()
    acme.ready()
    acme.ready()

    found = acme.control("GET", f"/organizations/{acme.org}/reports/count").json()

    assert found["count"] == 3
    assert {s: n for s, n in found["byStatus"].items() if n} == {"NORMAL": 1, "READY_TO_SEND": 2}
    assert len(found["byStatus"]) == 10


def test_reports_of_one_status_are_listed(acme: Findity) -> None:
    acme.report()
    ready = acme.ready()
    path = f"/organizations/{acme.org}/reports?status=READY_TO_SEND"

    found = acme.control("GET", path).json()

    assert ([r["id"] for r in found["data"]], found["meta"]["total"]) == ([ready], 1)


def test_a_status_that_no_report_can_have_is_refused(acme: Findity) -> None:
    answer = acme.control("GET", f"/organizations/{acme.org}/reports?status=LOST")

    assert answer.status_code == 400
    assert "status: one of NEW, NORMAL, APPROVAL" in answer.json()["description"]


def test_the_life_of_a_report_is_told(findity: Findity) -> None:
    life = findity.http.get("/_mockfindity/report-life").json()

    assert life["statuses"][:3] == ["NEW", "NORMAL", "APPROVAL"]
    assert {
        "from": "NORMAL",
        "step": "submit",
        "to": ["APPROVAL", "READY_TO_SEND"],
        "follows": False,
    } in life["steps"]
    assert {"from": "SENT", "step": "pay", "to": ["PAID"], "follows": False} in life["steps"]
    assert [s["step"] for s in life["steps"] if s["follows"]] == [
        *("booked", "booked", "failed", "bounced"),
    ]
