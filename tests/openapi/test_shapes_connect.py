"""Exports, packages, bases, reports and webhooks of every kind are what their operations say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shaped import misfits
from support import TAXI, Findity, Receiver

from mockfindity.api.connect import exports, resources
from mockfindity.control import reports, sending
from mockfindity.domain.vouchers import FORMATS
from mockfindity.webhooks import _payload

EXPENSES: list[dict[str, Any]] = [
    TAXI | {"dimensionValues": [{"dimension": "cost-center", "value": "CC-001"}]},
    TAXI | {"amount": 40, "taxAmount": 0, "currency": "EUR", "exchangeRate": 11.2345},
    TAXI | {"amount": -53, "taxAmount": -3, "receipts": [{"content": "/9j/"}, {}]},
    TAXI | {"type": "MILEAGE", "quantity": 12.3, "rate": 2.55, "amount": None, "taxAmount": None},
    TAXI | {"type": "PER_DIEM", "quantity": 2, "rate": 300, "amount": None, "taxAmount": None},
    TAXI | {"type": "FOOD_BENEFIT", "receipts": []},
]


@pytest.fixture
def tagged(acme: Findity) -> Findity:
    """ACME, whose expenses can be tagged with a cost center."""
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    value = {"id": "CC-001", "value": "Marketing"}
    assert acme.api.put(path, json={"values": [value]}).is_success
    return acme


@pytest.fixture
def hooked(acme: Findity, receiver: Receiver) -> Findity:
    """ACME, whose recipient wants webhooks."""
    acme.recipient(webhookUrl=receiver.url)
    return acme


@pytest.mark.parametrize("list_type", FORMATS)
@pytest.mark.parametrize("vat_type", ["SEPARATELY", "INCLUDED_AND_GROSS_AMOUNT"])
def test_packages_fit_in_all_eight_formats(tagged: Findity, list_type: str, vat_type: str) -> None:
    tagged.recipient(verificationListsType=list_type, vatType=vat_type, usesSalaryCodes=True)
    tagged.ready(*EXPENSES)
    tagged.ready(TAXI)
    export = tagged.bulk_send()["exportId"]

    package = tagged.package(export)
    basis = tagged.http.get(
        package["vouchers"][0]["basisUrl"],
        headers={"authorization": tagged.api.headers["authorization"]},
    ).json()

    assert package["vouchers"][0]["listType"] == list_type
    assert misfits(exports.get_export_vouchers, package) == []
    assert misfits(resources.get_resource, basis) == []


@pytest.mark.parametrize("side", ["doDebitAccounting", "doCreditAccounting"])
def test_packages_fit_with_one_side_alone(acme: Findity, side: str) -> None:
    acme.recipient(**{side: False})
    acme.ready()

    package = acme.package(acme.bulk_send()["exportId"])

    assert misfits(exports.get_export_vouchers, package) == []


def test_a_package_fits_that_comes_again_after_a_failure(acme: Findity) -> None:
    acme.ready()
    first = acme.bulk_send()["exportId"]
    failed = {
        "id": acme.vouchers(first)[0]["id"],
        "status": "FAILED",
        "voucherNumber": 7,
        "bookingDate": "2026-03-02",
        "informationText": "Tried twice.",
        "errorText": "Account 5800 is closed.",
    }
    acme.update(first, failed)

    package = acme.package(acme.bulk_send()["exportId"])

    assert package["vouchers"][0]["integrationModuleResult"]["voucherNumber"] == "7"
    assert misfits(exports.get_export_vouchers, package) == []


def test_a_package_fits_whose_bases_need_no_token(acme: Findity) -> None:
    acme.changed("/settings", {"basisUrlAuth": False})
    acme.ready()

    package = acme.package(acme.bulk_send()["exportId"])

    assert misfits(exports.get_export_vouchers, package) == []


@pytest.mark.parametrize("shape", ["envelope", "array"])
def test_lists_of_exports_of_every_status_fit(
    acme: Findity, receiver: Receiver, shape: str
) -> None:
    acme.changed("/settings", {"exportListShape": shape, "webhookMode": "sync"})
    acme.ready()
    acme.book(acme.bulk_send()["exportId"])
    acme.ready()
    failed = acme.bulk_send()["exportId"]
    acme.update(failed, {"id": acme.vouchers(failed)[0]["id"], "status": "FAILED"})
    acme.bulk_send()
    receiver.status = 500
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    withdrawn = acme.bulk_send()["exportId"]

    listed = acme.api.get(f"{acme.exports}?status=ALL").json()
    one = acme.api.get(f"{acme.exports}/{withdrawn}").json()

    found = listed if shape == "array" else listed["data"]
    statuses = [export["status"] for export in found]
    assert statuses == ["SENT", "FAILED", "TRANSFER", "WITHDRAWN"]
    assert misfits(exports.list_exports, listed) == []
    assert misfits(exports.get_export, one) == []


def test_reports_of_every_kind_of_expense_fit(tagged: Findity) -> None:
    tagged.report(*EXPENSES)
    tagged.made(f"/organizations/{tagged.org}/reports", {"owner": "ANNA", "name": "Empty"})
    tagged.api.delete(f"{tagged.admin}/users/externalid/ANNA/")

    listed = tagged.control("GET", f"/organizations/{tagged.org}/reports").json()

    kinds = [expense["type"] for expense in listed["data"][0]["expenses"]]
    assert kinds == ["RECEIPT", "RECEIPT", "RECEIPT", "MILEAGE", "PER_DIEM", "FOOD_BENEFIT"]
    assert misfits(reports.list_reports, listed) == []


@pytest.mark.parametrize("payload", ["METADATA", "STANDARD_JSON"])
def test_webhooks_carry_what_is_said(hooked: Findity, receiver: Receiver, payload: str) -> None:
    hooked.recipient(webhookPayload=payload)
    hooked.ready()
    hooked.bulk_send()
    hooked.deliveries()

    assert misfits(_payload, json.loads(receiver.got[0]["body"])) == []


def test_webhooks_fit_that_were_delivered_failed_sent_again_and_fired(
    hooked: Findity, receiver: Receiver
) -> None:
    hooked.changed("/settings", {"webhookChaos": {"duplicate": 1}, "webhookFailure": "keep"})
    hooked.ready()
    sent = hooked.bulk_send()
    hooked.deliveries(2)
    receiver.status = 500
    hooked.made(f"/webhooks/{sent['webhook']}/redeliver")
    hooked.made("/webhooks/fire", {"exportId": sent["exportId"], "payload": "not JSON"})

    hooked.deliveries(4)

    listed = hooked.control("GET", "/webhooks").json()
    assert [(d["cause"], d["status"]) for d in listed["data"]] == [
        ("export", "DELIVERED"),
        ("duplicate", "DELIVERED"),
        ("redelivery", "FAILED"),
        ("fire", "FAILED"),
    ]
    assert misfits(sending.list_deliveries, listed) == []


def test_webhooks_fit_that_nobody_answers_or_that_are_not_sent(acme: Findity) -> None:
    acme.control("PUT", "/snapshots/before")
    acme.changed("/settings", {"webhookMode": "sync"})
    acme.recipient(webhookUrl="http://127.0.0.1:9/hook")
    acme.ready()
    bounced = acme.bulk_send()
    acme.changed("/settings", {"webhookMode": "collect"})
    acme.bulk_send()
    acme.changed("/settings", {"webhookMode": "async", "webhookChaos": {"delay": 3600}})
    acme.ready()
    acme.bulk_send()
    pending = acme.control("GET", "/webhooks").json()
    acme.made("/snapshots/before/restore")

    over = acme.control("GET", "/webhooks").json()

    statuses = [[d["status"] for d in listed["data"]] for listed in (pending, over)]
    assert statuses == [["FAILED", "COLLECTED", "PENDING"], ["FAILED", "COLLECTED", "CANCELLED"]]
    assert misfits(sending.list_deliveries, pending) == []
    assert misfits(sending.list_deliveries, over) == []
    assert misfits(sending.bulk_send, bounced) == []


def test_a_bulk_send_without_a_webhook_fits(acme: Findity) -> None:
    acme.ready()

    sent = acme.bulk_send()

    assert sent["webhook"] is None
    assert misfits(sending.bulk_send, sent) == []
