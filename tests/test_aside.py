"""``X-Mockfindity-Aside``: calls that prepare a test are not the client's doing."""

from __future__ import annotations

from entries import journal
from faulting import BODY, LIST, NEW, fault, hits, organizations, statuses
from support import Findity

ASIDE = {"X-Mockfindity-Aside": "yes"}


def test_a_call_aside_is_not_in_the_journal(findity: Findity) -> None:
    before = len(journal(findity))

    assert findity.api.get(LIST, headers=ASIDE).status_code == 200
    assert findity.api.get("/api/nowhere", headers=ASIDE).status_code == 404

    assert len(journal(findity)) == before


def test_its_name_is_read_in_any_case_and_its_value_not_at_all(findity: Findity) -> None:
    before = len(journal(findity))

    findity.api.get(LIST, headers={"x-mockfindity-aside": ""})
    findity.api.get(LIST, headers={"X-MOCKFINDITY-ASIDE": "no"})

    assert len(journal(findity)) == before


def test_a_token_fetched_aside_is_not_in_the_journal(findity: Findity) -> None:
    before = len(journal(findity))
    form = {
        "grant_type": "client_credentials",
        "client_id": findity.client_id,
        "client_secret": findity.client_secret,
    }

    assert findity.http.post("/oauth/token", data=form, headers=ASIDE).status_code == 200

    assert len(journal(findity)) == before


def test_no_fault_meets_a_call_aside(findity: Findity) -> None:
    fault(findity, status=503)

    assert findity.api.get(LIST, headers=ASIDE).status_code == 200
    assert hits(findity) == [(0, 0)]
    assert statuses(findity, 1) == [503]


def test_a_call_aside_is_not_counted_by_the_rate_limit(findity: Findity) -> None:
    findity.changed("/settings", {"rateLimit": {"requests": 1, "perSeconds": 60}})

    for _ in range(3):
        assert findity.api.get(LIST, headers=ASIDE).status_code == 200

    assert statuses(findity, 2) == [200, 429]


def test_what_it_does_is_done(findity: Findity) -> None:
    assert findity.api.post(NEW, json=BODY, headers=ASIDE).status_code == 200

    assert organizations(findity) == 1


def test_a_call_aside_needs_a_token_like_any_other(findity: Findity) -> None:
    assert findity.http.get(LIST, headers=ASIDE).status_code == 401


def test_control_calls_are_answered_as_ever(findity: Findity) -> None:
    path = f"/_mockfindity/sandboxes/{findity.name}/settings"

    with_it = findity.http.get(path, headers=ASIDE)

    assert with_it.status_code == 200
    assert with_it.json() == findity.http.get(path).json()


def test_the_client_s_own_calls_stay_in_the_journal(findity: Findity) -> None:
    findity.api.get(LIST, headers=ASIDE)
    findity.api.get(LIST)

    found = journal(findity, "?operation=listOrganizations")
    assert [entry["path"] for entry in found] == ["/api/admin/organizations/"]
