"""The object that a test is given: one sandbox, with the domain's words."""

from __future__ import annotations

import copy
import os
import pickle
from unittest import mock

import pytest
import requests

from mockfindity import Findity, FindityError
from mockfindity.testing import RemoteServer


def signed_in(findity: Findity) -> dict[str, str]:
    """The headers of a client that has signed in by itself."""
    form = {
        "grant_type": "client_credentials",
        "client_id": findity.client_id,
        "client_secret": findity.client_secret,
    }
    token = requests.post(findity.token_url, data=form, timeout=10).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def test_a_client_gets_in_with_what_it_is_given(mockfindity: Findity) -> None:
    mockfindity.organization("ACME")

    answer = requests.get(
        f"{mockfindity.url}/api/admin/organizations/", headers=signed_in(mockfindity), timeout=10
    )

    assert [one["externalSourceId"] for one in answer.json()["organizations"]] == ["ACME"]


def test_the_environment_has_every_setting_of_a_client(mockfindity: Findity) -> None:
    assert sorted(mockfindity.env) == [
        "FINDITY_BASE_URL",
        "FINDITY_CLIENT_ID",
        "FINDITY_CLIENT_SECRET",
        "FINDITY_TOKEN_URL",
    ]

    made = mockfindity.organization("ACME")
    with mock.patch.dict(os.environ, mockfindity.env):
        assert os.environ["FINDITY_BASE_URL"] == mockfindity.url
        assert os.environ["FINDITY_ORGANIZATION_ID"] == made.id
        assert os.environ["FINDITY_EXTERNAL_ORGANIZATION_ID"] == "ACME"


def test_a_company_is_there_when_one_is_needed(mockfindity: Findity) -> None:
    assert mockfindity.here.external_id == "ACME"
    assert mockfindity.users() == []


def test_the_organization_that_was_made_last_is_meant(mockfindity: Findity) -> None:
    acme = mockfindity.organization("ACME")
    bolag = mockfindity.organization("BOLAG", name="Bolaget", vat="556123-4567")

    mockfindity.users("ANNA")

    assert mockfindity.here.id == bolag.id
    assert [user["externalSourceId"] for user in bolag.users()] == ["ANNA"]
    assert acme.users() == []


def test_an_organization_without_a_template_is_bare(mockfindity: Findity) -> None:
    bare = mockfindity.organization("BARE", template=None, name="Bare", partner_code="partner-no")

    (category,) = mockfindity.control("GET", f"/organizations/{bare.id}/categories")["data"]
    assert category["name"] == "Expenses"


def test_a_user_of_a_word_has_names_that_follow_from_it(mockfindity: Findity) -> None:
    (anna,) = mockfindity.users("ANNA")

    assert anna["person"]["firstName"] == "Anna"
    assert anna["person"]["email"] == "anna@example.com"


def test_a_user_may_be_sent_as_a_whole(mockfindity: Findity) -> None:
    bo = {"externalSourceId": "B7", "person": {"firstName": "Bo", "lastName": "Alm"}}

    assert mockfindity.users(bo)[0]["person"]["lastName"] == "Alm"


def test_a_refusal_says_what_was_wrong(mockfindity: Findity) -> None:
    with pytest.raises(FindityError, match="NOBODY") as refused:
        mockfindity.report("NOBODY")

    assert refused.value.status == 400
    assert refused.value.code == "INVALID_REQUEST"
    assert "NOBODY" in refused.value.description


def test_an_error_is_named_as_it_is_imported_and_can_be_copied() -> None:
    error = FindityError(404, "NOT_FOUND", "there is none")

    again = pickle.loads(pickle.dumps(error))

    assert (FindityError.__module__, FindityError.__qualname__) == ("mockfindity", "FindityError")
    assert (again.status, again.code, str(again)) == (404, "NOT_FOUND", str(error))
    assert copy.copy(error).description == "there is none"


def test_the_api_is_called_with_a_token_and_gives_json_or_bytes(mockfindity: Findity) -> None:
    mockfindity.report().submit()
    export = mockfindity.bulk_send()
    basis = export.vouchers()[0]["basisUrl"].removeprefix(mockfindity.url)

    assert mockfindity.api("GET", basis)["voucher"]["id"]
    assert mockfindity.api("GET", f"{basis}?format=pdf").startswith(b"%PDF-")


def test_a_token_that_has_ended_is_replaced(mockfindity: Findity) -> None:
    mockfindity.organization()
    mockfindity.control("POST", "/tokens/revoke")

    assert mockfindity.users("ANNA")[0]["externalSourceId"] == "ANNA"


def test_a_control_call_may_have_any_query(mockfindity: Findity) -> None:
    requests.get(f"{mockfindity.url}/api/admin/x", headers=signed_in(mockfindity), timeout=10)

    found = mockfindity.control("GET", "/requests", method="GET", path="/api/admin/x", max=1)

    assert [entry["status"] for entry in found["data"]] == [404]


def test_switches_are_changed_and_given(mockfindity: Findity) -> None:
    assert mockfindity.settings(webhook_mode="sync", token_lifetime=60)["webhookMode"] == "sync"
    assert mockfindity.settings()["tokenLifetime"] == 60


def test_a_snapshot_is_gone_back_to(mockfindity: Findity) -> None:
    mockfindity.users("ANNA")
    before = mockfindity.snapshot()
    mockfindity.users("BO")

    before.restore()

    assert [user["externalSourceId"] for user in mockfindity.users()] == ["ANNA"]


def test_a_reset_goes_back_to_the_beginning(mockfindity: Findity) -> None:
    mockfindity.organization("OTHER")
    mockfindity.clock.freeze("2026-03-31T08:00:00Z")

    mockfindity.reset()

    assert mockfindity.control("GET", "/organizations")["data"] == []
    assert mockfindity.control("GET", "/clock")["mode"] == "real"
    assert mockfindity.here.external_id == "ACME"


def test_a_snapshot_s_organization_is_found_again(mockfindity: Findity) -> None:
    before = mockfindity.snapshot("empty")
    mockfindity.organization("ACME")

    before.restore()

    assert mockfindity.report().status == "NORMAL"


def test_what_the_client_should_not_have_done_is_told(mockfindity: Findity) -> None:
    mockfindity.organization("ACME")
    assert mockfindity.conduct() == []

    bearer = signed_in(mockfindity)
    path = f"{mockfindity.url}/api/admin/organizations/externalid/ACME/users/"
    requests.get(path, headers=bearer, timeout=10)

    assert [finding["rule"] for finding in mockfindity.conduct()] == ["ADM-1"]


def test_two_sandboxes_know_nothing_of_each_other(
    mockfindity: Findity, mockfindity_server: RemoteServer
) -> None:
    other = mockfindity_server.sandbox()

    mockfindity.organization("ACME")

    assert other.url == mockfindity.url
    assert other.control("GET", "/organizations")["data"] == []
    mockfindity_server.drop(other)


def test_a_sandbox_says_which_it_is(mockfindity: Findity) -> None:
    assert repr(mockfindity) == f"<Findity {mockfindity.name} at {mockfindity.url}>"
