"""What the Connect API and the control API answer is exactly what their operations say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from placeholders import filled
from shaped import misfits, routes_of, schemas, undescribed
from support import TAXI, Findity, Receiver

from mockfindity.control import clients, conduct, faults, requests, server, snapshots
from mockfindity.openapi.schemas import answers_of
from mockfindity.route import Route

MODULES = ("mockfindity.control.", "mockfindity.api.connect.")
APART = ("createSandbox", "putState", "followEvents")
"""Operations with tests of their own, and the one whose answer never ends."""

ROUTES = [route for route in routes_of(*MODULES) if route.id not in APART]

BODIES: dict[str, Any] = {
    "updateExportStatus": {
        "voucherUpdates": [{"id": "{voucherId}", "status": "FAILED", "errorText": "Closed."}]
    },
    "putExportContent": {"any": "bytes"},
    "updateSettings": {"rateLimit": {"requests": 100}, "pollingSeconds": 900},
    "setClock": {"now": "2026-05-22T08:00:00Z"},
    "advanceClock": {"seconds": 60},
    "createFault": {"operation": "listExports", "status": 503, "times": 2},
    "createClient": {"scope": "organization", "organizationId": "{organizationId}"},
    "createPartner": {"code": "partner-dk", "name": "Denmark"},
    "updateOrganizationSettings": {"vatAccountId": None},
    "createRecipient": {"webhookHeaders": {"X-Key": "secret"}},
    "updateRecipient": {"settings": {"accountingType": "SALARY", "colour": "red"}},
    "createCategory": {"name": "Parking"},
    "updateSetUpCategory": {"salaryCodeId": "{salaryCodeId}", "budgetAmount": 1.5},
    "createPaymentType": {"name": "Petty cash"},
    "updatePaymentType": {"ownerEmployeeId": "EMP-1"},
    "createSalaryCode": {"number": "999", "text": "Bonus"},
    "updateSalaryCode": {"name": "Bonus"},
    "createReport": {"owner": "ANNA", "name": "Trip", "expenses": [TAXI]},
    "bulkSend": {},
    "fireWebhook": {"exportId": "{exportId}", "times": 2},
}
DIMENSION = {"dimension": "cost-center", "value": "CC-001"}


@pytest.fixture
def furnished(acme: Findity, receiver: Receiver) -> dict[str, str]:
    """The parameters of paths, in a sandbox that has one of everything."""
    acme.users("BO")
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    value = {"id": "CC-001", "value": "Marketing"}
    assert acme.api.put(path, json={"values": [value]}).is_success
    approver = {"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}
    assert acme.api.put(f"{path}approvers/", json={"values": [approver]}).is_success
    recipient = acme.recipient(webhookUrl=receiver.url)["id"]
    acme.made(f"/organizations/{acme.org}/salary-codes", {"number": "700", "text": "Overtime"})
    acme.control("PUT", "/snapshots/before")
    known = _sent(acme) | _reports(acme) | {"recipientId": recipient}
    for name, noun in (
        ("categoryId", "categories"),
        ("paymentTypeId", "payment-types"),
        ("salaryCodeId", "salary-codes"),
    ):
        listed = acme.control("GET", f"/organizations/{acme.org}/{noun}").json()["data"]
        known[name] = listed[-1]["id"]
    return known | {
        "sandbox": acme.name,
        "organizationId": acme.org,
        "snapshot": "before",
        "scenario": "expense",
        "receipt": "0",
        "clientId": acme.made("/clients", {})["clientId"],
        "faultId": acme.made("/faults", {"operation": "deleteUser", "delayMs": 5})["id"],
    }


def _sent(acme: Findity) -> dict[str, str]:
    """An export whose webhook was delivered, with something attached."""
    acme.ready()
    sent = acme.bulk_send()
    acme.deliveries()
    assert acme.api.put(f"{acme.exports}/{sent['exportId']}/content", content=b"book").is_success
    voucher = acme.vouchers(sent["exportId"])[0]
    return {
        "exportId": sent["exportId"],
        "deliveryId": sent["webhook"],
        "requestId": "1",
        "voucherId": voucher["id"],
        "resourceId": voucher["basisUrl"].rpartition("/")[2],
    }


def _reports(acme: Findity) -> dict[str, str]:
    """Reports by the operation that can be done to them."""
    approval = acme.report(TAXI | {"dimensionValues": [DIMENSION]})
    assert acme.made(f"/reports/{approval}/submit")["status"] == "APPROVAL"
    paid = acme.ready()
    acme.book(acme.bulk_send(reportIds=[paid])["exportId"])
    return {
        "reportId": approval,
        "submitReport": acme.report(),
        "returnReport": acme.ready(),
        "payReport": paid,
    }


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.id)
def test_an_answer_is_what_its_operation_says(
    route: Route, acme: Findity, furnished: dict[str, str]
) -> None:
    known = furnished | {"reportId": furnished.get(route.id, furnished["reportId"])}

    answer = acme.api.request(
        route.method, filled(route.paths[-1], known), json=filled(BODIES.get(route.id), known)
    )

    assert answer.status_code == route.status, answer.text
    if answers_of(route.operation):
        assert misfits(route.operation, answer.json()) == []


def test_every_property_is_described() -> None:
    assert list(undescribed(schemas(*MODULES).components)) == []


def test_every_set_up_thing_fits_from_the_beginning(acme: Findity) -> None:
    for route in ROUTES:
        noun = route.path.rpartition("/")[2]
        if route.method == "GET" and route.path == f"/organizations/{{organizationId}}/{noun}":
            answer = acme.control("GET", f"/organizations/{acme.org}/{noun}")
            if route.family.auth == "control":
                assert misfits(route.operation, answer.json()) == []


def test_a_new_sandbox_fits(make_findity: Callable[..., Findity]) -> None:
    made = make_findity()

    answer = made.http.post("/_mockfindity/sandboxes", json={"from": made.name})

    made.http.delete(f"/_mockfindity/sandboxes/{answer.json()['name']}")
    assert misfits(server.create_sandbox, answer.json()) == []


@pytest.mark.parametrize("clock", [{"mode": "real"}, {"now": "2026-05-22T08:00:00Z"}])
def test_a_state_document_fits_by_either_clock(
    acme: Findity, furnished: dict[str, str], clock: dict[str, str]
) -> None:
    acme.changed("/clock", clock)

    state = acme.control("GET", "/state").json()
    taken = acme.changed("/state", state)

    assert misfits(snapshots.get_state, state) == []
    assert misfits(snapshots.put_state, taken) == []


def test_keys_of_every_scope_fit(acme: Findity) -> None:
    acme.made("/clients", {"organizationId": acme.org})
    acme.made("/clients", {"partnerCode": "partner-no"})
    acme.made("/clients", {"clientApplicationId": "777"})

    listed = acme.control("GET", "/clients").json()

    assert misfits(clients.list_clients, listed) == []


@pytest.mark.parametrize("name", ["flaky", "rate-limited", "slow", "token-expiry", "outage"])
def test_every_named_set_of_faults_fits(findity: Findity, name: str) -> None:
    made = findity.made("/faults", {"set": name})

    listed = findity.control("GET", "/faults").json()

    assert misfits(faults.create_fault, made) == []
    assert misfits(faults.list_faults, listed) == []


def test_a_fault_of_every_field_fits(findity: Findity) -> None:
    rule = {
        "method": "PUT",
        "path": "/api/v1/connect/organizations/{organizationId}/exports/{exportId}/updatestatus",
        "times": 3,
        "skip": 1,
        "probability": 0.5,
        "phase": "after",
        "status": 503,
        "code": "DOWN",
        "headers": {"Retry-After": "1"},
        "delayMs": 10,
        "connection": "drip",
        "body": "malformed",
    }

    made = findity.made("/faults", rule)

    assert made | rule == made
    assert misfits(faults.create_fault, made) == []


@pytest.mark.parametrize(
    "content", [None, b"", b"{}", b"client_secret=secret", b'{"colour": "red"}', b"\xff\xfe\x00"]
)
def test_journal_entries_fit_with_and_without_a_body(acme: Findity, content: bytes | None) -> None:
    acme.api.post(f"{acme.admin}/?vat=1&token=secret", content=content)
    acme.api.request("PATCH", "/api/coffee", content=content)
    acme.http.get("/api/admin/organizations")

    listed = acme.control("GET", "/requests").json()

    assert [entry["route"] for entry in listed["data"][-2:]] == [
        "/api/admin/organizations/externalid/{externalId}",
        None,
    ]
    assert misfits(requests.list_requests, listed) == []


def test_what_is_nobodys_fits_in_the_journal_of_the_default_sandbox(findity: Findity) -> None:
    findity.http.get("/api/admin/organizations")

    listed = findity.http.get("/_mockfindity/requests?status=401").json()

    assert listed["data"][-1]["unclaimed"]
    assert misfits(requests.list_requests, listed) == []


def test_a_request_whose_answer_was_kept_back_fits(acme: Findity) -> None:
    acme.made("/faults", {"operation": "listExports", "connection": "reset"})
    with pytest.raises(httpx2.ReadError):
        acme.api.get(acme.exports)

    listed = acme.control("GET", "/requests").json()

    assert [entry["status"] for entry in listed["data"][-1:]] == [None]
    assert misfits(requests.list_requests, listed) == []


def test_a_wait_that_is_over_too_soon_fits_but_for_the_refusal(acme: Findity) -> None:
    answer = acme.control("GET", "/requests/wait?count=1000&timeout=0")

    found = {name: answer.json()[name] for name in ("data", "meta")}
    assert (answer.status_code, len(found["data"]) > 0) == (408, True)
    assert misfits(requests.wait_for_requests, found) == []


def test_findings_fit(client: Findity) -> None:
    client.api.get("/api/admin/organizations/", headers={"x-findity-apiversion": "2"})
    export = client.bulk_send()["exportId"]
    client.vouchers(export)

    report = client.control("GET", "/conduct").json()

    assert [finding["rule"] for finding in report["data"]] == ["ADM-1", "EXP-2"]
    assert misfits(conduct.get_conduct, report) == []
