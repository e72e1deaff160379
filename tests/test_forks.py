"""Forks: a sandbox of its own that is what another one is, or was."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from snapshots import keep, state
from support import Findity

from mockfindity.sandboxes import Sandboxes

MakeFindity = Callable[..., Findity]


def test_a_fork_is_what_its_origin_is(acme: Findity, make_findity: MakeFindity) -> None:
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.changed("/settings", {"exportListShape": "array"})
    report = acme.ready()

    forked = make_findity(**{"from": acme.name})

    forked.org, forked.external = acme.org, "ACME"
    assert forked.status(report) == "READY_TO_SEND"
    assert forked.control("GET", "/clock").json() == acme.control("GET", "/clock").json()
    assert forked.control("GET", "/settings").json() == acme.control("GET", "/settings").json()
    assert forked.api.get(f"{forked.admin}/users/").status_code == 200


def test_a_fork_and_its_origin_go_their_own_ways(acme: Findity, make_findity: MakeFindity) -> None:
    report = acme.ready()
    forked = make_findity(**{"from": acme.name})
    forked.org = acme.org

    forked.bulk_send()

    assert (acme.status(report), forked.status(report)) == ("READY_TO_SEND", "TRANSFER")
    acme.organization("OTHER")
    assert len(state(forked)["tables"]["organizations"]) == 1


def test_a_fork_has_a_key_of_its_own_and_no_others(
    acme: Findity, make_findity: MakeFindity
) -> None:
    acme.made("/clients", {"scope": "application"})

    forked = make_findity(**{"from": acme.name})

    tables = state(forked)["tables"]
    assert [key["id"] for key in tables["keys"]] == [forked.client_id]
    assert {token["keyId"] for token in tables["tokens"]} == {forked.client_id}
    assert forked.client_id != acme.client_id
    assert acme.api.get(f"{acme.admin}/users/").status_code == 200


def test_a_fork_of_a_snapshot_is_what_the_snapshot_is(
    acme: Findity, make_findity: MakeFindity
) -> None:
    report = acme.ready()
    keep(acme)
    acme.bulk_send()

    forked = make_findity(**{"from": f"{acme.name}/before"})

    assert forked.status(report) == "READY_TO_SEND"


def test_a_fork_gives_the_ids_that_its_origin_would_give(
    acme: Findity, make_findity: MakeFindity
) -> None:
    forked = make_findity(**{"from": acme.name})
    forked.org = acme.org

    assert forked.report() == acme.report()


@pytest.mark.parametrize("seed", [0, 7])
def test_a_fork_with_a_seed_gives_no_id_again(
    acme: Findity, make_findity: MakeFindity, seed: int
) -> None:
    first = make_findity(**{"from": acme.name, "seed": 7})
    forked = make_findity(**{"from": first.name, "seed": seed})
    forked.org, forked.external = acme.org, "ACME"
    before = state(forked)["tables"]

    forked.organization("OTHER")

    after = state(forked)["tables"]
    for name in ("accounts", "organizations", "categories", "recipients"):
        assert after[name][: len(before[name])] == before[name]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("nobody", "SANDBOX_NOT_FOUND"),
        ("nobody/before", "SANDBOX_NOT_FOUND"),
        ("default/nothing", "SNAPSHOT_NOT_FOUND"),
        ("default/", "SNAPSHOT_NOT_FOUND"),
        ("", "INVALID_REQUEST"),
    ],
)
def test_what_is_not_there_cannot_be_forked(
    server: str, sandboxes: Sandboxes, source: str, code: str
) -> None:
    before = len(sandboxes)

    answer = httpx2.post(f"{server}/_mockfindity/sandboxes", json={"from": source}, verify=False)

    assert answer.json()["code"] == code
    assert len(sandboxes) == before
