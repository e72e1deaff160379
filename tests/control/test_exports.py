"""Exports as an administrator sees them: of every status, with what became of each."""

from __future__ import annotations

from typing import Any

import pytest
from support import Findity, Receiver


def listed(findity: Findity, query: str = "") -> list[dict[str, Any]]:
    answer = findity.control("GET", f"/organizations/{findity.org}/exports{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.fixture
def four(acme: Findity, receiver: Receiver) -> dict[str, str]:
    """The export of each status in ACME."""
    acme.changed("/settings", {"webhookMode": "sync"})
    receiver.status = 500
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    withdrawn = acme.bulk_send()["exportId"]
    receiver.status = 200
    sent = acme.bulk_send()["exportId"]
    acme.book(sent)
    acme.recipient(webhookUrl=None)
    acme.ready()
    failed = acme.bulk_send()["exportId"]
    acme.update(failed, {"id": acme.vouchers(failed)[0]["id"], "status": "FAILED"})
    taken = acme.ready()
    transfer = acme.bulk_send(reportIds=[taken])["exportId"]
    return {"WITHDRAWN": withdrawn, "SENT": sent, "FAILED": failed, "TRANSFER": transfer}


def test_exports_of_every_status_are_listed_oldest_first(
    acme: Findity, four: dict[str, str]
) -> None:
    found = listed(acme)

    assert {one["status"]: one["id"] for one in found} == four
    assert [one["id"] for one in found] == list(four.values())


@pytest.mark.parametrize("status", ["WITHDRAWN", "SENT", "FAILED", "TRANSFER"])
def test_exports_are_listed_by_status(acme: Findity, four: dict[str, str], status: str) -> None:
    assert [one["id"] for one in listed(acme, f"?status={status}")] == [four[status]]


def test_it_is_told_what_became_of_the_vouchers(acme: Findity, four: dict[str, str]) -> None:
    counts = {
        one["status"]: (one["numberOfVouchers"], one["numberOfPending"], one["numberOfFailed"])
        for one in listed(acme)
    }

    assert counts == {
        "WITHDRAWN": (1, 1, 0),
        "SENT": (1, 0, 0),
        "FAILED": (1, 0, 1),
        "TRANSFER": (1, 1, 0),
    }


def test_it_is_told_how_an_export_was_announced(acme: Findity, four: dict[str, str]) -> None:
    told = {
        one["status"]: one["webhook"] and (one["webhook"]["status"], one["webhook"]["bounced"])
        for one in listed(acme)
    }

    assert told == {
        "WITHDRAWN": ("FAILED", True),
        "SENT": ("DELIVERED", False),
        "FAILED": None,
        "TRANSFER": None,
    }


def test_a_webhook_that_is_sent_again_is_not_what_announced_it(
    acme: Findity, four: dict[str, str]
) -> None:
    first = acme.control("GET", f"/exports/{four['SENT']}").json()["webhook"]["id"]

    acme.made("/webhooks/fire", {"exportId": four["SENT"], "times": 2})

    assert acme.control("GET", f"/exports/{four['SENT']}").json()["webhook"]["id"] == first


def test_one_export_is_what_the_list_has(acme: Findity, four: dict[str, str]) -> None:
    found = acme.control("GET", f"/exports/{four['FAILED']}").json()

    assert found == listed(acme, "?status=FAILED")[0]


def test_a_status_that_is_none_is_refused(acme: Findity) -> None:
    answer = acme.control("GET", f"/organizations/{acme.org}/exports?status=PAID")

    assert answer.status_code == 400
    assert "TRANSFER" in answer.json()["description"]
