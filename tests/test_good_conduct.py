"""Conduct: who keeps the rules is not blamed, whatever happens to the requests on their way."""

from __future__ import annotations

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from behaviour import conduct, seen, voucher_ids
from entries import ENTRY
from support import Findity, Receiver
from tokens import ask, refresh

from mockfindity.conduct import report
from mockfindity.domain.record import replace
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import serving

LIST = "/api/admin/organizations/"
NOBODY = "/api/admin/organizations/externalid/NOBODY/"


def titles(findity: Findity) -> list[str]:
    return [finding["title"] for finding in conduct(findity)]


def test_a_client_that_did_nothing_is_not_blamed(findity: Findity) -> None:
    assert findity.control("GET", "/conduct").json() == {
        "data": [],
        "meta": {"count": 0, "total": 0},
    }


def test_a_client_that_keeps_every_rule_is_not_blamed(client: Findity) -> None:
    client.changed("/settings", {"pollingSeconds": 60})
    client.bulk_send()
    for export in client.api.get(client.exports).json()["data"]:
        client.book(export["id"])
    client.ready()
    failed = client.bulk_send()["exportId"]
    (voucher,) = client.vouchers(failed)
    client.update(failed, {"id": voucher["id"], "status": "FAILED", "errorText": "closed"})
    client.api.get(NOBODY)
    client.made("/tokens/expire")
    client.api.get(LIST)
    client.sign_in()
    client.api.get(LIST)
    refresh(client, refresh(client, client.token()["refresh_token"]).json()["refresh_token"])
    client.made("/faults", {"status": 429, "headers": {"Retry-After": "1"}, "times": 1})
    client.api.get(LIST)
    time.sleep(1)
    client.api.get(LIST)

    assert conduct(client) == []


def test_pages_of_a_list_are_not_polling(client: Findity) -> None:
    client.changed("/settings", {"pollingSeconds": 60})

    for offset in range(3):
        client.api.get(f"{client.exports}?max=1&offset={offset}")

    assert conduct(client) == []


def test_a_list_that_failed_may_be_asked_for_again(client: Findity) -> None:
    client.changed("/settings", {"pollingSeconds": 60})
    client.made("/faults", {"operation": "listExports", "status": 500, "times": 1})

    assert [client.api.get(client.exports).status_code for _ in range(2)] == [500, 200]

    assert conduct(client) == []


def test_many_calls_a_token_are_no_waste(client: Findity) -> None:
    for _ in range(4):
        client.sign_in()
        client.api.get(LIST)
        client.api.get(client.accounts)

    assert conduct(client) == []


def test_a_token_is_renewed_when_it_is_nearly_over(client: Findity) -> None:
    client.changed("/settings", {"tokenLifetime": 1})

    for _ in range(3):
        client.sign_in()
        client.api.get(LIST)
        time.sleep(0.85)

    assert conduct(client) == []


def test_a_token_that_did_not_arrive_is_asked_for_again(client: Findity) -> None:
    client.made("/faults", {"operation": "issueToken", "phase": "after", "body": "malformed"})

    for _ in range(4):
        assert ask(client).status_code == 200

    assert conduct(client) == []


def test_calls_at_the_same_time_learn_of_a_dead_token_together() -> None:
    entries = [
        replace(
            ENTRY,
            number=number,
            at=10.0,
            duration_ms=50.0,
            status=401,
            headers=b"authorization: Bearer x\r\n",
        )
        for number in range(4)
    ]

    assert report(seen(*entries)) == []


def test_a_refresh_token_that_was_not_taken_may_be_used_again(client: Findity) -> None:
    token = client.token()["refresh_token"]
    client.made("/faults", {"operation": "issueToken", "status": 500, "times": 1})

    assert [refresh(client, token).status_code for _ in range(2)] == [500, 200]

    assert conduct(client) == []


def test_a_request_that_was_under_way_is_not_impatient(client: Findity) -> None:
    client.made("/faults", {"delayMs": 300, "times": 1})
    client.made("/faults", {"status": 429, "headers": {"Retry-After": "9"}, "times": 1})
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(client.api.get, client.accounts)
        time.sleep(0.1)
        limited = client.api.get(LIST).status_code

    assert (slow.result().status_code, limited, conduct(client)) == (200, 429, [])


def test_what_was_refused_may_be_tried_after_a_change(client: Findity) -> None:
    path = "/api/admin/organizations/externalid/LATER"
    statuses = [client.api.get(path).status_code]
    client.organization("LATER")
    statuses.append(client.api.get(path).status_code)
    client.api.delete(path)
    statuses.append(client.api.get(path).status_code)

    assert (statuses, conduct(client)) == ([404, 200, 404], [])


def test_other_bodies_to_the_same_wrong_path_are_other_requests(client: Findity) -> None:
    for number in range(3):
        client.api.post("/api/nowhere", json={"number": number})

    assert conduct(client) == []


@pytest.mark.parametrize(
    "rule", [{"connection": "truncate"}, {"body": "malformed"}, {"body": "html"}], ids=str
)
def test_a_package_that_came_in_pieces_is_no_download(
    client: Findity, sandboxes: Sandboxes, rule: dict[str, str]
) -> None:
    client.made("/faults", {"operation": "getExportVouchers", **rule})
    export = client.bulk_send()["exportId"]
    with contextlib.suppress(httpx2.RemoteProtocolError):
        client.api.get(f"{client.exports}/{export}/export")
    before = titles(client)
    (voucher,) = voucher_ids(sandboxes, client, export)

    client.update(export, {"id": voucher, "status": "SUCCESS"})

    assert (before, titles(client)) == ([], ["acknowledges only after downloading"])


def test_a_webhook_with_the_package_is_a_download(client: Findity, receiver: Receiver) -> None:
    client.recipient(webhookUrl=receiver.url, webhookPayload="STANDARD_JSON")
    export = client.bulk_send()["exportId"]
    client.deliveries()
    open_ones = conduct(client)
    (voucher,) = json.loads(receiver.got[0]["body"])["vouchers"]

    client.update(export, {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": "1"})

    assert [(f["rule"], f["found"], f["requests"]) for f in open_ones] == [
        ("EXP-2", f"1 vouchers of export {export} are open", [])
    ]
    assert conduct(client) == []


def test_what_was_downloaded_before_the_journal_was_cleared_was_downloaded(
    client: Findity,
) -> None:
    export = client.bulk_send()["exportId"]
    (voucher,) = client.vouchers(export)
    client.made("/clock/advance", {"seconds": 60})
    client.control("DELETE", "/requests")

    client.update(export, {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": "1"})

    assert conduct(client) == []


def test_nobody_s_requests_are_nobody_s_conduct() -> None:
    with serving() as url:
        for _ in range(3):
            httpx2.get(f"{url}/favicon.ico", verify=False)

        answer = httpx2.get(f"{url}/_mockfindity/conduct", verify=False)

    assert answer.json()["data"] == []
