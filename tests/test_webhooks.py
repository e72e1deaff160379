"""Webhooks: real deliveries to a real receiver, and what follows when one does not arrive."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from support import TAXI, Findity, Receiver

import mockfindity

CLOSED = "http://127.0.0.1:9/hook"
"""Nobody listens on the discard port."""


@pytest.fixture
def hooked(acme: Findity, receiver: Receiver) -> Findity:
    """ACME, whose recipient wants webhooks."""
    acme.recipient(webhookUrl=receiver.url)
    return acme


def test_a_bulk_send_is_announced_with_the_metadata(hooked: Findity, receiver: Receiver) -> None:
    hooked.ready()

    sent = hooked.bulk_send()

    hooked.deliveries()
    assert json.loads(receiver.got[0]["body"]) == {
        "exportId": sent["exportId"],
        "numberOfVouchers": 1,
        "numberOfReports": 1,
        "organizationId": hooked.org,
        "externalOrganizationId": "ACME",
        "clientApplicationId": "16200214",
    }


def test_a_webhook_says_what_it_is(hooked: Findity, receiver: Receiver) -> None:
    hooked.recipient(webhookHeaders={"X-Shop": "7"})
    hooked.ready()

    sent = hooked.bulk_send()

    hooked.deliveries()
    headers = {name.lower(): value for name, value in receiver.got[0]["headers"].items()}
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == f"mockfindity/{mockfindity.__version__}"
    assert headers["x-mockfindity-delivery"] == sent["webhook"]
    assert headers["x-shop"] == "7"


def test_standard_json_carries_the_package_itself(hooked: Findity, receiver: Receiver) -> None:
    hooked.recipient(webhookPayload="STANDARD_JSON")
    hooked.ready()

    export = hooked.bulk_send()["exportId"]

    hooked.deliveries()
    path = f"{hooked.exports}/{export}/export"
    assert receiver.got[0]["body"] == hooked.api.get(path).content


def test_an_accepted_webhook_leaves_the_export_in_transfer(hooked: Findity) -> None:
    report = hooked.ready()

    export = hooked.bulk_send()["exportId"]

    (delivery,) = hooked.deliveries()
    assert (delivery["status"], delivery["bounced"]) == ("DELIVERED", False)
    assert (
        hooked.status(report),
        hooked.api.get(f"{hooked.exports}/{export}").json()["status"],
    ) == (
        "TRANSFER",
        "TRANSFER",
    )


@pytest.mark.parametrize("status", [500, 302, 404, 201, 204])
def test_any_answer_but_200_takes_the_export_back(
    hooked: Findity, receiver: Receiver, status: int
) -> None:
    receiver.status, receiver.headers = status, {"location": receiver.url}
    report = hooked.ready()

    export = hooked.bulk_send()["exportId"]

    (delivery,) = hooked.deliveries()
    assert (delivery["status"], delivery["answer"]["status"]) == ("FAILED", status)
    assert hooked.status(report) == "READY_TO_SEND"
    assert hooked.api.get(f"{hooked.exports}/{export}").json()["status"] == "WITHDRAWN"
    assert len(receiver.got) == 1


def test_an_answer_that_comes_too_late_takes_the_export_back(
    hooked: Findity, receiver: Receiver
) -> None:
    hooked.changed("/settings", {"webhookTimeout": 0.2})
    receiver.delay = 0.6
    report = hooked.ready()

    hooked.bulk_send()

    (delivery,) = hooked.deliveries()
    assert (delivery["error"], hooked.status(report)) == ("no answer within 0.2 s", "READY_TO_SEND")


def test_nobody_listening_takes_the_export_back(acme: Findity) -> None:
    acme.recipient(webhookUrl=CLOSED)
    report = acme.ready()

    acme.bulk_send()

    (delivery,) = acme.deliveries()
    assert (delivery["status"], acme.status(report)) == ("FAILED", "READY_TO_SEND")


def test_a_withdrawn_export_is_neither_listed_nor_served(acme: Findity) -> None:
    acme.recipient(webhookUrl=CLOSED)
    acme.ready()

    export = acme.bulk_send()["exportId"]

    acme.deliveries()
    package = acme.api.get(f"{acme.exports}/{export}/export")
    assert acme.api.get(acme.exports).json()["data"] == []
    assert (package.status_code, package.json()["code"]) == (404, "EXPORT_NOT_FOUND")


def test_a_bounced_report_is_sent_again_with_new_ids(hooked: Findity, receiver: Receiver) -> None:
    receiver.status = 500
    hooked.recipient(webhookPayload="STANDARD_JSON")
    hooked.ready()
    first = hooked.bulk_send()["exportId"]
    hooked.deliveries()
    bounced = json.loads(receiver.got[0]["body"])["vouchers"][0]["id"]
    receiver.status = 200

    second = hooked.bulk_send()["exportId"]

    (voucher,) = hooked.vouchers(second)
    assert first != second
    assert voucher["id"] != bounced
    assert voucher["integrationModuleResult"] is None


def test_what_was_acknowledged_before_the_refusal_stands(
    hooked: Findity, receiver: Receiver
) -> None:
    booked, lost = hooked.ready(name="booked"), hooked.ready(name="lost")
    receiver.delay, receiver.status = 0.5, 500
    export = hooked.bulk_send()["exportId"]
    mine = next(v for v in hooked.vouchers(export) if v["description"] == "booked")

    hooked.update(export, {"id": mine["id"], "status": "SUCCESS", "voucherNumber": "1"})

    hooked.deliveries()
    assert (hooked.status(booked), hooked.status(lost)) == ("SENT", "READY_TO_SEND")
    assert hooked.api.get(f"{hooked.exports}/{export}").json()["status"] == "SENT"


def test_failure_may_be_kept_from_taking_anything_back(acme: Findity) -> None:
    acme.changed("/settings", {"webhookFailure": "keep"})
    acme.recipient(webhookUrl=CLOSED)
    report = acme.ready()

    acme.bulk_send()

    (delivery,) = acme.deliveries()
    assert (delivery["bounced"], acme.status(report)) == (False, "TRANSFER")


def test_any_2xx_may_count(hooked: Findity, receiver: Receiver) -> None:
    hooked.changed("/settings", {"webhookSuccess": "2xx"})
    receiver.status = 204
    report = hooked.ready()

    hooked.bulk_send()

    assert hooked.deliveries()[0]["status"] == "DELIVERED"
    assert hooked.status(report) == "TRANSFER"


def test_sync_answers_when_the_delivery_is_over(hooked: Findity, receiver: Receiver) -> None:
    hooked.changed("/settings", {"webhookMode": "sync"})
    receiver.delay = 0.2
    hooked.ready()

    delivery = hooked.bulk_send()["webhook"]

    seen = hooked.control("GET", f"/webhooks/{delivery}").json()
    assert (seen["status"], seen["durationMs"] > 190) == ("DELIVERED", True)


def test_collect_sends_nothing_and_counts_as_delivered(hooked: Findity, receiver: Receiver) -> None:
    hooked.changed("/settings", {"webhookMode": "collect"})
    report = hooked.ready()

    hooked.bulk_send()

    (delivery,) = hooked.deliveries()
    assert (delivery["status"], receiver.got, hooked.status(report)) == (
        "COLLECTED",
        [],
        "TRANSFER",
    )


def test_webhooks_arrive_in_order(hooked: Findity, receiver: Receiver) -> None:
    receiver.delay = 0.02
    sent = []
    for _ in range(5):
        hooked.ready()
        sent.append(hooked.bulk_send()["exportId"])

    hooked.deliveries(5)

    assert [json.loads(got["body"])["exportId"] for got in receiver.got] == sent


def test_redelivery_sends_the_same_payload_and_moves_nothing(
    hooked: Findity, receiver: Receiver
) -> None:
    report = hooked.ready()
    delivery = hooked.bulk_send()["webhook"]
    hooked.deliveries()
    receiver.status = 500

    hooked.made(f"/webhooks/{delivery}/redeliver")

    again = hooked.deliveries(2)[1]
    assert receiver.got[0]["body"] == receiver.got[1]["body"]
    assert (again["cause"], again["status"], hooked.status(report)) == (
        "redelivery",
        "FAILED",
        "TRANSFER",
    )


def test_a_webhook_can_be_fired_with_a_payload_of_one_s_own(
    hooked: Findity, receiver: Receiver
) -> None:
    hooked.ready()
    export = hooked.bulk_send()["exportId"]

    hooked.made("/webhooks/fire", {"exportId": export, "times": 2, "payload": {"x": 1}})

    hooked.deliveries(3)
    assert [json.loads(got["body"]) for got in receiver.got[1:]] == [{"x": 1}, {"x": 1}]


def test_a_wait_that_is_not_satisfied_says_what_there_was(acme: Findity) -> None:
    answer = acme.control("GET", "/webhooks/wait?count=1&timeout=0")

    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (
        408,
        "WAIT_TIMEOUT",
        [],
    )


def test_a_public_address_is_refused_when_it_is_set(acme: Findity) -> None:
    base = f"/organizations/{acme.org}/recipients"
    recipient = acme.recipient()["id"]

    answer = acme.control("PUT", f"{base}/{recipient}", {"webhookUrl": "http://8.8.8.8/"})

    assert answer.status_code == 400
    assert "webhookUrl" in answer.json()["description"]


def test_a_receiver_that_hangs_up_takes_the_export_back(acme: Findity) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        acme.recipient(webhookUrl=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        report = acme.ready()
        acme.bulk_send()
        connection, _ = listener.accept()
        connection.close()

    assert (acme.deliveries()[0]["status"], acme.status(report)) == ("FAILED", "READY_TO_SEND")


def test_reset_drops_what_was_pending(hooked: Findity, receiver: Receiver) -> None:
    receiver.delay = 0.3
    hooked.ready()
    hooked.bulk_send()

    hooked.control("POST", "/reset")

    assert hooked.control("GET", "/webhooks").json()["data"] == []


def test_the_second_recipient_gets_its_own_webhook(hooked: Findity, receiver: Receiver) -> None:
    other: dict[str, Any] = {"recipientName": "Payroll", "webhookUrl": receiver.url + "/payroll"}
    hooked.made(f"/organizations/{hooked.org}/recipients", other)
    hooked.ready(TAXI)

    hooked.book(hooked.bulk_send()["exportId"])

    hooked.deliveries(2)
    assert [got["path"] for got in receiver.got] == ["/hook", "/hook/payroll"]


def test_sync_does_not_wait_for_a_webhook_that_the_clock_keeps_back(hooked: Findity) -> None:
    hooked.changed("/clock", {"mode": "frozen"})
    chaos = {"webhookMode": "sync", "webhookChaos": {"delay": 60}}
    hooked.changed("/settings", chaos)
    hooked.ready()

    delivery = hooked.bulk_send()["webhook"]

    assert hooked.control("GET", f"/webhooks/{delivery}").json()["status"] == "PENDING"
