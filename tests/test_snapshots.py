"""Snapshots and resets: back to what was, and what is pending then."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from inspection import memory
from snapshots import keep, state
from support import Findity, Receiver

from mockfindity.sandboxes import Sandboxes

MakeFindity = Callable[..., Findity]


def restore(findity: Findity, name: str = "before") -> dict[str, Any]:
    return findity.made(f"/snapshots/{name}/restore")


def slow_webhook(findity: Findity, receiver: Receiver) -> str:
    """Send a webhook that is still under way when this returns; the delivery's id."""
    receiver.delay = 0.2
    findity.recipient(webhookUrl=receiver.url)
    findity.ready()
    delivery = str(findity.bulk_send()["webhook"])
    while not receiver.got:
        time.sleep(0.01)
    return delivery


def waiting_webhook(findity: Findity) -> str:
    """Make a webhook that the clock of the sandbox holds back; the delivery's id."""
    findity.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    findity.changed("/settings", {"webhookChaos": {"delay": 60}})
    findity.recipient(webhookUrl="http://127.0.0.1:9/hook")
    findity.ready()
    return str(findity.bulk_send()["webhook"])


def test_a_snapshot_says_what_it_holds(acme: Findity) -> None:
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})

    assert keep(acme) == {
        "name": "before",
        "clock": {"now": "2026-03-31T08:00:00Z", "mode": "frozen"},
        "records": 106,
    }


def test_snapshots_are_listed_newest_last(acme: Findity) -> None:
    for name in ("first", "second", "first"):
        keep(acme, name)

    listed = acme.control("GET", "/snapshots").json()

    assert [snapshot["name"] for snapshot in listed["data"]] == ["second", "first"]
    assert listed["meta"] == {"count": 2, "total": 2}


def test_restore_brings_everything_back(acme: Findity, sandboxes: Sandboxes) -> None:
    acme.ready()
    keep(acme)
    before = memory(sandboxes[acme.name])
    acme.bulk_send()
    acme.changed("/clock", {"now": "2030-01-01T00:00:00Z"})
    acme.changed("/settings", {"tokenLifetime": 5})
    acme.made("/clients", {"scope": "application"})
    acme.api.delete(f"{acme.admin}/users/externalid/ANNA/")

    restore(acme)

    assert memory(sandboxes[acme.name]) == before


def test_a_snapshot_can_be_restored_again_and_again(acme: Findity) -> None:
    keep(acme)
    before = state(acme)
    for _ in range(3):
        acme.ready()
        restore(acme)

        assert state(acme) == before


def test_the_same_steps_after_a_restore_give_the_same_ids(acme: Findity) -> None:
    keep(acme)
    first = acme.ready()
    restore(acme)

    assert acme.ready() == first


def test_a_token_given_after_the_snapshot_stays_good(acme: Findity) -> None:
    keep(acme)
    acme.sign_in()

    restore(acme)

    assert acme.api.get(f"{acme.admin}/users/").status_code == 200


def test_a_token_that_was_revoked_after_the_snapshot_is_good_again(acme: Findity) -> None:
    keep(acme)
    acme.made("/tokens/revoke")
    keep(acme, "revoked")

    restore(acme)

    assert acme.api.get(f"{acme.admin}/users/").status_code == 200


def test_a_token_that_is_good_now_is_not_ended_by_a_restore(acme: Findity) -> None:
    keep(acme)
    acme.made("/tokens/revoke")
    keep(acme, "revoked")
    restore(acme)

    restore(acme, "revoked")

    assert acme.api.get(f"{acme.admin}/users/").status_code == 200


def test_a_token_ends_whose_key_is_not_in_the_snapshot(acme: Findity) -> None:
    keep(acme)
    key = acme.made("/clients", {"scope": "application"})
    acme.sign_in(client_id=key["clientId"], client_secret=key["clientSecret"])

    restore(acme)

    assert acme.api.get(f"{acme.admin}/users/").status_code == 401


@pytest.mark.parametrize("back", ["restore", "state"])
def test_a_webhook_that_waits_is_cancelled(acme: Findity, back: str) -> None:
    keep(acme)
    before = state(acme)
    delivery = waiting_webhook(acme)

    if back == "restore":
        restore(acme)
    else:
        acme.changed("/state", before)

    found = acme.control("GET", f"/webhooks/{delivery}").json()
    assert (found["status"], found["bounced"]) == ("CANCELLED", False)


def test_a_webhook_under_way_is_cancelled_and_changes_nothing(
    acme: Findity, receiver: Receiver, sandboxes: Sandboxes
) -> None:
    keep(acme)
    receiver.status = 500
    delivery = slow_webhook(acme, receiver)

    restore(acme)

    before = memory(sandboxes[acme.name])
    time.sleep(2 * receiver.delay)
    assert [(d["id"], d["status"]) for d in acme.deliveries()] == [(delivery, "CANCELLED")]
    assert memory(sandboxes[acme.name]) == before


def test_a_webhook_is_sent_after_a_restore_as_before_it(acme: Findity, receiver: Receiver) -> None:
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    keep(acme)
    acme.bulk_send()
    acme.deliveries(1)
    restore(acme)

    acme.bulk_send()

    assert [d["status"] for d in acme.deliveries(2)] == ["DELIVERED", "DELIVERED"]
    assert len(receiver.got) == 2


def test_journal_and_faults_are_no_part_of_a_snapshot(acme: Findity) -> None:
    keep(acme)
    acme.made("/faults", {"operation": "listAccounts", "status": 503, "times": 1})
    acme.api.get(acme.accounts)
    count = acme.control("GET", "/requests/count").json()

    restore(acme)

    assert acme.control("GET", "/requests/count").json() == count
    assert acme.control("GET", "/faults").json()["data"][0]["hits"] == 1


def test_a_deleted_snapshot_is_gone(acme: Findity) -> None:
    keep(acme)

    assert acme.control("DELETE", "/snapshots/before").status_code == 204

    answer = acme.control("POST", "/snapshots/before/restore")
    assert (answer.status_code, answer.json()["code"]) == (404, "SNAPSHOT_NOT_FOUND")


@pytest.mark.parametrize("name", ["%2e", "a%2Fb", "x" * 101, "%0a", " a"])
def test_a_name_that_cannot_stand_in_a_path_is_refused(acme: Findity, name: str) -> None:
    assert acme.control("PUT", f"/snapshots/{name}").status_code in (400, 404)
    assert acme.control("GET", "/snapshots").json()["data"] == []


# --- reset ----------------------------------------------------------------------------------------


def test_reset_is_back_to_how_the_sandbox_was_made(findity: Findity, sandboxes: Sandboxes) -> None:
    findity.control("POST", "/reset")
    before = memory(sandboxes[findity.name])
    findity.sign_in()
    findity.organization("ACME")
    findity.users("ANNA")
    findity.recipient(webhookUrl="http://127.0.0.1:9/hook")
    findity.ready()
    findity.bulk_send()
    findity.deliveries()
    findity.changed("/clock", {"now": "2030-01-01T00:00:00Z"})
    findity.changed("/settings", {"tokenLifetime": 5})
    findity.made("/faults", {"status": 503})

    assert findity.control("POST", "/reset").status_code == 204

    assert memory(sandboxes[findity.name]) == before
    assert findity.control("GET", "/requests/count").json() == {"count": 0}


def test_reset_ends_tokens_and_keeps_the_own_key(findity: Findity) -> None:
    findity.control("POST", "/reset")

    assert findity.api.get("/api/admin/organizations/").status_code == 401
    findity.sign_in()
    assert findity.api.get("/api/admin/organizations/").status_code == 200


def test_reset_of_a_fork_is_back_to_what_was_forked(
    acme: Findity, make_findity: MakeFindity
) -> None:
    report = acme.ready()
    forked = make_findity(**{"from": acme.name})
    forked.org = acme.org
    forked.bulk_send()

    forked.control("POST", "/reset")

    assert forked.status(report) == "READY_TO_SEND"
    assert forked.token()["expires_in"] == 3600


def test_reset_keeps_the_snapshots(acme: Findity) -> None:
    keep(acme)
    before = state(acme)
    acme.control("POST", "/reset")

    restore(acme)

    assert state(acme)["tables"]["organizations"] == before["tables"]["organizations"]


def test_reset_lets_a_webhook_under_way_change_nothing(
    acme: Findity, receiver: Receiver, sandboxes: Sandboxes
) -> None:
    receiver.status = 500
    slow_webhook(acme, receiver)

    acme.control("POST", "/reset")

    sandbox = sandboxes[acme.name]
    assert sandbox.deliveries.all() == []
    assert acme.control("GET", "/webhooks/wait?count=1&timeout=1").status_code == 408
    assert sandbox.state.organizations.rows == {}


def test_reset_lets_a_bulk_send_that_waits_for_its_webhook_go(
    acme: Findity, receiver: Receiver
) -> None:
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.changed("/settings", {"webhookMode": "sync", "webhookChaos": {"delay": 60}})
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    path = f"/_mockfindity/sandboxes/{acme.name}/organizations/{acme.org}/bulk-send"
    got: list[int] = []
    sending = Thread(target=lambda: got.append(acme.api.post(path).status_code))
    sending.start()
    while acme.control("GET", "/webhooks").json()["data"] == []:
        time.sleep(0.01)

    acme.control("POST", "/reset")

    sending.join(5)
    assert got == [201]
