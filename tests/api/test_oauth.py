"""OAuth: how a key gets its tokens, refreshes them, and how they end."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from authlib.integrations.requests_client import OAuth2Session
from inspection import memories
from support import Findity
from tokens import ORGANIZATIONS, ask, basic, error, opens, refresh, revoke

from mockfindity.sandboxes import Sandboxes

DAY = 86_400


def stop_clock(findity: Findity) -> None:
    findity.changed("/clock", {"now": "2026-03-01T08:00:00Z"})


def advance(findity: Findity, seconds: int) -> None:
    findity.made("/clock/advance", {"seconds": seconds})


# ---- getting tokens ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/oauth/token", "/oauth/token/", "/api/oauth/token", "/api/oauth/token/"]
)
def test_a_key_gets_a_token_at_either_path(findity: Findity, path: str) -> None:
    answer = ask(findity, path)
    assert answer.status_code == 200
    assert opens(findity, answer.json()["access_token"]) == 200


def test_a_token_answer_is_that_of_the_rfc(findity: Findity) -> None:
    answer = ask(findity)
    body = answer.json()
    assert list(body) == ["access_token", "token_type", "expires_in", "refresh_token"]
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["access_token", "refresh_token"])
def test_a_token_begins_with_the_sandboxs_name(findity: Findity, name: str) -> None:
    sandbox, _, random = ask(findity).json()[name].partition(".")
    assert (sandbox, len(random)) == (findity.name, 120)


def test_no_two_tokens_are_alike(make_findity: Callable[..., Findity]) -> None:
    tokens = []
    for findity in (make_findity(seed=7), make_findity(seed=7)):
        for answer in (ask(findity).json(), ask(findity).json()):
            tokens += [answer[name].partition(".")[2] for name in ("access_token", "refresh_token")]
    assert len(set(tokens)) == 8


def test_a_client_may_authenticate_by_http_basic(findity: Findity) -> None:
    answer = findity.http.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        headers=basic(findity.client_id, findity.client_secret),
    )
    assert opens(findity, answer.json()["access_token"]) == 200


def test_the_key_of_the_sandbox_default_is_written_down(server: str) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": "mockfindity-client",
        "client_secret": "mockfindity-secret",
    }
    answer = httpx2.post(f"{server}/oauth/token", data=form, verify=False)
    assert answer.json()["access_token"].startswith("default.")


# ---- refreshing --------------------------------------------------------------------------------


def test_a_refresh_token_gives_a_new_pair(findity: Findity) -> None:
    first = ask(findity).json()
    second = refresh(findity, first["refresh_token"]).json()
    assert second.keys() == first.keys()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert opens(findity, second["access_token"]) == 200


def test_a_refresh_needs_no_secret(findity: Findity) -> None:
    answer = refresh(findity, ask(findity).json()["refresh_token"], client_secret=None)
    assert answer.status_code == 200


def test_a_refresh_leaves_the_old_access_token_good(findity: Findity) -> None:
    first = ask(findity).json()
    refresh(findity, first["refresh_token"])
    assert opens(findity, first["access_token"]) == 200


def test_a_refresh_token_is_good_once(findity: Findity) -> None:
    token = ask(findity).json()["refresh_token"]
    refresh(findity, token)
    assert error(refresh(findity, token)) == (400, "invalid_grant")


def test_a_spent_refresh_token_ends_all_that_came_of_it(findity: Findity) -> None:
    first = ask(findity).json()
    second = refresh(findity, first["refresh_token"]).json()
    third = refresh(findity, second["refresh_token"]).json()
    refresh(findity, first["refresh_token"])
    ended = (first, second, third)
    assert [opens(findity, tokens["access_token"]) for tokens in ended] == [401, 401, 401]
    assert error(refresh(findity, third["refresh_token"])) == (400, "invalid_grant")


def test_a_spent_refresh_token_ends_no_other_sign_in(findity: Findity) -> None:
    other, first = ask(findity).json(), ask(findity).json()
    refresh(findity, first["refresh_token"])
    refresh(findity, first["refresh_token"])
    assert opens(findity, other["access_token"]) == 200
    assert refresh(findity, other["refresh_token"]).status_code == 200


def test_a_spent_refresh_token_changes_nothing_but_tokens(
    findity: Findity, sandboxes: Sandboxes
) -> None:
    token = ask(findity).json()["refresh_token"]
    refresh(findity, token)
    before = memories(sandboxes, without=("tokens",))
    refresh(findity, token)
    assert memories(sandboxes, without=("tokens",)) == before


# ---- the end of tokens -------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "status"), [(3599, 200), (3600, 401)])
def test_an_access_token_lives_an_hour_by_the_sandboxs_clock(
    findity: Findity, seconds: int, status: int
) -> None:
    stop_clock(findity)
    token = ask(findity).json()["access_token"]
    advance(findity, seconds)
    assert opens(findity, token) == status


@pytest.mark.parametrize(("seconds", "status"), [(30 * DAY - 1, 200), (30 * DAY, 400)])
def test_a_refresh_token_lives_thirty_days(findity: Findity, seconds: int, status: int) -> None:
    stop_clock(findity)
    token = ask(findity).json()["refresh_token"]
    advance(findity, seconds)
    assert refresh(findity, token).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 401)])
def test_the_token_lifetime_is_a_setting(findity: Findity, seconds: int, status: int) -> None:
    stop_clock(findity)
    findity.changed("/settings", {"tokenLifetime": 60})
    answer = ask(findity).json()
    advance(findity, seconds)
    assert answer["expires_in"] == 60
    assert opens(findity, answer["access_token"]) == status


def test_an_expired_client_goes_on_with_its_refresh_token(findity: Findity) -> None:
    stop_clock(findity)
    first = ask(findity).json()
    advance(findity, 3600)
    second = refresh(findity, first["refresh_token"]).json()
    assert opens(findity, second["access_token"]) == 200


@pytest.mark.parametrize(
    "path", ["/oauth/revoke", "/oauth/revoke/", "/api/oauth/revoke", "/api/oauth/revoke/"]
)
def test_a_token_can_be_revoked_at_either_path(findity: Findity, path: str) -> None:
    token = ask(findity).json()["access_token"]
    assert revoke(findity, token, path).status_code == 200
    assert opens(findity, token) == 401


def test_a_revoked_access_token_leaves_its_refresh_token_good(findity: Findity) -> None:
    tokens = ask(findity).json()
    revoke(findity, tokens["access_token"])
    assert refresh(findity, tokens["refresh_token"]).status_code == 200


def test_a_revoked_refresh_token_takes_its_access_token_with_it(findity: Findity) -> None:
    tokens = ask(findity).json()
    revoke(findity, tokens["refresh_token"])
    assert opens(findity, tokens["access_token"]) == 401
    assert error(refresh(findity, tokens["refresh_token"])) == (400, "invalid_grant")


def test_to_revoke_a_token_nobody_knows_is_well(findity: Findity) -> None:
    assert revoke(findity, "garbage").status_code == 200


def test_another_key_cannot_revoke_a_token(findity: Findity) -> None:
    token = ask(findity).json()["access_token"]
    key = findity.made("/clients", {})
    form = {
        "client_id": key["clientId"],
        "client_secret": key["clientSecret"],
        "token": token,
    }
    assert findity.http.post("/oauth/revoke", data=form).status_code == 200
    assert opens(findity, token) == 200


def test_the_control_api_lets_access_tokens_expire(findity: Findity) -> None:
    tokens = ask(findity).json()
    findity.made("/tokens/expire")
    assert opens(findity, tokens["access_token"]) == 401
    assert refresh(findity, tokens["refresh_token"]).status_code == 200


def test_the_control_api_revokes_every_token(findity: Findity) -> None:
    tokens = ask(findity).json()
    findity.made("/tokens/revoke")
    assert opens(findity, tokens["access_token"]) == 401
    assert error(refresh(findity, tokens["refresh_token"])) == (400, "invalid_grant")


def test_a_rotated_key_has_another_secret_and_keeps_its_tokens(findity: Findity) -> None:
    token = ask(findity).json()["access_token"]
    rotated = findity.made(f"/clients/{findity.client_id}/rotate")
    assert error(ask(findity)) == (401, "invalid_client")
    assert ask(findity, client_secret=rotated["clientSecret"]).status_code == 200
    assert opens(findity, token) == 200


def test_the_tokens_of_a_key_that_is_gone_are_gone(findity: Findity) -> None:
    made = findity.made("/clients", {})
    key = {"client_id": made["clientId"], "client_secret": made["clientSecret"]}
    token = ask(findity, **key).json()["access_token"]
    findity.control("DELETE", f"/clients/{made['clientId']}")
    assert opens(findity, token) == 401
    assert error(ask(findity, **key)) == (401, "invalid_client")


def test_a_reset_ends_the_tokens_and_keeps_the_key(findity: Findity) -> None:
    tokens = ask(findity).json()
    findity.control("POST", "/reset")
    assert opens(findity, tokens["access_token"]) == 401
    assert error(refresh(findity, tokens["refresh_token"])) == (400, "invalid_grant")
    assert ask(findity).status_code == 200


def test_a_refresh_token_opens_nothing(findity: Findity) -> None:
    assert opens(findity, ask(findity).json()["refresh_token"]) == 401


# ---- a client that others wrote ----------------------------------------------------------------


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_authlib_gets_a_token_and_refreshes_it(findity: Findity, method: str) -> None:
    url = f"{findity.url}/oauth/token"
    with OAuth2Session(
        findity.client_id, findity.client_secret, token_endpoint_auth_method=method
    ) as session:
        first = session.fetch_token(url, grant_type="client_credentials")
        assert session.get(findity.url + ORGANIZATIONS).status_code == 200
        second = session.refresh_token(url, refresh_token=first["refresh_token"])
        assert second["access_token"] != first["access_token"]
        assert session.get(findity.url + ORGANIZATIONS).status_code == 200


def test_authlib_refreshes_by_itself_what_expired(findity: Findity) -> None:
    findity.changed("/settings", {"tokenLifetime": 1})
    url = f"{findity.url}/oauth/token"
    with OAuth2Session(findity.client_id, findity.client_secret, token_endpoint=url) as session:
        first = dict(session.fetch_token(url, grant_type="client_credentials"))
        assert session.get(findity.url + ORGANIZATIONS).status_code == 200
        assert session.token["refresh_token"] != first["refresh_token"]


def test_authlib_revokes_a_token(findity: Findity) -> None:
    with OAuth2Session(findity.client_id, findity.client_secret) as session:
        token = session.fetch_token(f"{findity.url}/oauth/token", grant_type="client_credentials")
        url = f"{findity.url}/oauth/revoke"
        session.revoke_token(url, token=token["access_token"])  # type: ignore[no-untyped-call]
    assert opens(findity, token["access_token"]) == 401
