"""Webhooks that go wrong on purpose: twice, late, out of order, or with any payload."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from support import Findity, Receiver


@pytest.fixture
def hooked(acme: Findity, receiver: Receiver) -> Findity:
    """ACME, whose recipient wants webhooks."""
    acme.recipient(webhookUrl=receiver.url)
    return acme


def chaos(findity: Findity, **chaos: Any) -> None:
    findity.changed("/settings", {"webhookChaos": chaos})


def test_each_webhook_can_be_sent_more_than_once(hooked: Findity, receiver: Receiver) -> None:
    chaos(hooked, duplicate=2)
    hooked.ready()

    sent = hooked.bulk_send()

    deliveries = hooked.deliveries(3)
    assert [d["cause"] for d in deliveries] == ["export", "duplicate", "duplicate"]
    assert deliveries[0]["id"] == sent["webhook"]
    assert [got["body"] for got in receiver.got] == [receiver.got[0]["body"]] * 3
    assert len({got["headers"]["x-mockfindity-delivery"] for got in receiver.got}) == 3


def test_a_duplicate_takes_nothing_back(hooked: Findity, receiver: Receiver) -> None:
    chaos(hooked, duplicate=1)
    receiver.delay = 0.3
    report = hooked.ready()
    hooked.bulk_send()
    hooked.deliveries(1)

    receiver.status = 500

    assert [d["status"] for d in hooked.deliveries(2)] == ["DELIVERED", "FAILED"]
    assert hooked.status(report) == "TRANSFER"


def test_a_webhook_waits_for_a_clock_that_stands(hooked: Findity, receiver: Receiver) -> None:
    hooked.changed("/clock", {"mode": "frozen"})
    chaos(hooked, delay=3600)
    hooked.ready()
    delivery = hooked.bulk_send()["webhook"]
    hooked.made("/clock/advance", {"seconds": 3599})
    early = hooked.control("GET", "/webhooks/wait?count=1&timeout=0").status_code

    hooked.made("/clock/advance", {"seconds": 1})

    assert (early, [d["id"] for d in hooked.deliveries()]) == (408, [delivery])
    assert len(receiver.got) == 1


def test_a_webhook_waits_for_a_clock_that_goes(hooked: Findity) -> None:
    chaos(hooked, delay=0.3)
    hooked.ready()
    started = time.monotonic()

    hooked.bulk_send()

    assert hooked.deliveries()[0]["status"] == "DELIVERED"
    assert time.monotonic() - started >= 0.3


def test_a_clock_that_is_moved_makes_a_webhook_due(hooked: Findity) -> None:
    chaos(hooked, delay=3600)
    hooked.ready()
    hooked.bulk_send()

    hooked.made("/clock/advance", {"seconds": 3600})

    assert hooked.deliveries()[0]["status"] == "DELIVERED"


@pytest.mark.parametrize("mode", ["frozen", "real"])
def test_a_late_webhook_holds_up_no_other(hooked: Findity, receiver: Receiver, mode: str) -> None:
    hooked.changed("/clock", {"mode": mode})
    chaos(hooked, delay=3600)
    hooked.ready()
    late = hooked.bulk_send()["webhook"]
    chaos(hooked, delay=0)
    hooked.ready()

    sent = hooked.bulk_send()["webhook"]

    hooked.deliveries()
    hooked.made(f"/webhooks/{late}/redeliver")
    causes = [(d["cause"], d["id"] == sent) for d in hooked.deliveries(2)]
    assert causes == [("export", True), ("redelivery", False)]
    assert len(receiver.got) == 2


def test_a_reset_ends_a_late_webhook(hooked: Findity, receiver: Receiver) -> None:
    chaos(hooked, delay=0.2)
    hooked.ready()
    hooked.bulk_send()

    hooked.control("POST", "/reset")

    time.sleep(0.4)
    assert receiver.got == []


def test_the_newest_can_be_sent_first(hooked: Findity, receiver: Receiver) -> None:
    chaos(hooked, reorder=True)
    reports = [hooked.ready() for _ in range(3)]

    sent = [hooked.bulk_send(reportIds=[report])["exportId"] for report in reports]

    hooked.deliveries(3)
    assert [json.loads(got["body"])["exportId"] for got in receiver.got] == sent[::-1]


def test_a_wait_is_woken_when_a_webhook_is_over(hooked: Findity) -> None:
    chaos(hooked, delay=0.2)
    hooked.ready()
    hooked.bulk_send()
    started = time.monotonic()

    answer = hooked.control("GET", "/webhooks/wait?timeout=20")

    assert (answer.status_code, answer.json()["meta"]) == (200, {"count": 1, "total": 1})
    assert 0.1 < time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("payload", "body"),
    [("no json {", b"no json {"), (None, b"null"), ([1.5, "a"], b'[1.5,"a"]'), ({}, b"{}")],
)
def test_a_fired_payload_may_be_anything(
    hooked: Findity, receiver: Receiver, payload: Any, body: bytes
) -> None:
    hooked.ready()
    export = hooked.bulk_send()["exportId"]

    hooked.made("/webhooks/fire", {"exportId": export, "payload": payload})

    hooked.deliveries(2)
    assert receiver.got[1]["body"] == body
