"""Clients that come to Findity and get nowhere: what they did is seen, shown and told."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from mockfindity.kit.astray import astray
from mockfindity.kit.seen import Seen
from mockfindity.kit.traffic import Watched
from mockfindity.testing import Findity

EXPORTS = "/api/v1/connect/organizations/{}/exports"
ELSEWHERE = "; it asked for a token here and nothing else; does it take its base URL from FINDITY_B"

SYNC = """
import httpx2

def sync(given):
    form = {"grant_type": "client_credentials", "client_id": given.client_id}
    form |= {"client_secret": given.client_secret}
    answer = httpx2.post(given.token_url, SENT)
    token = answer.raise_for_status().json()["access_token"]
    path = f"/api/v1/connect/organizations/{given.organization_id}/exports"
    httpx2.get(BASE + path, headers=HEADERS).raise_for_status()
"""


def source(
    sent: str = "data=form",
    headers: str = '{"authorization": f"Bearer {token}"}',
    base: str = "given.base_url",
) -> str:
    """A client that lists the exports, and does it in a way of its own."""
    return SYNC.replace("SENT", sent).replace("HEADERS", headers).replace("BASE", base)


def judged(check: Any, text: str, *rules: str) -> list[dict[str, Any]]:
    """What is said of a client that breaks each of these rules."""
    check.client(text)
    only = [word for rule in rules for word in ("--only", rule)]
    done = check("--client", "client.py:sync", "--json", "-", *only, code=2)
    verdicts: list[dict[str, Any]] = json.loads(done.stdout)["verdicts"]
    assert [verdict["outcome"] for verdict in verdicts] == ["violated"] * len(rules)
    return verdicts


def asked(verdict: dict[str, Any]) -> list[tuple[str, int]]:
    return [(request["operationId"], request["status"]) for request in verdict["requests"]]


def test_a_token_request_in_json_breaks_auth_1_and_is_shown_with_every_other_rule(
    check: Any,
) -> None:
    auth_1, auth_5, *others = judged(
        check, source("json=form"), "AUTH-1", "AUTH-5", "EXP-1", "EXP-8", "EXP-11", "EXP-12"
    )

    assert auth_1["what"] == (
        "it asked for a token with application/json, which is no form: send the same as "
        "application/x-www-form-urlencoded"
    )
    assert [(r["proves"], r["unclaimed"]) for r in auth_1["requests"]] == [(True, True)]
    assert auth_5["what"] == auth_1["what"]
    assert [asked(verdict) for verdict in (auth_1, auth_5, *others)] == [[("issueToken", 400)]] * 6


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        ("content=b''", "it asked for a token with an empty body, which is no form: "),
        ("data={'grant_type': 'client_credentials'}", "it asked for a token without a client_id "),
        ("data=form | {'client_id': 'mine'}", "it asked for a token without a client_id that is "),
    ],
)
def test_a_token_request_without_the_key_breaks_auth_1(check: Any, sent: str, what: str) -> None:
    (auth_1,) = judged(check, source(sent), "AUTH-1")

    assert auth_1["what"].startswith(what)
    assert [request["proves"] for request in auth_1["requests"]] == [True]


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        ('{"authorization": f"Token {token}"}', "its requests have `Authorization: Token …`, wh"),
        ('{"authorization": token}', "its requests have an `Authorization` header without the wo"),
        ('{"authorization": "Bearer abc"}', "its requests have a token that was not given here, "),
        ("{}", "its requests have no `Authorization` header, where Findity takes `Authorization: "),
    ],
)
def test_a_wrong_authorization_header_is_told_and_its_requests_are_shown(
    check: Any, headers: str, what: str
) -> None:
    exp_1, exp_2 = judged(check, source(headers=headers), "EXP-1", "EXP-2")

    assert f"; {what}" in exp_1["what"]
    assert f"; {what}" in exp_2["what"]
    assert asked(exp_1) == asked(exp_2) == [("issueToken", 200), ("listExports", 401)]


def test_a_client_that_only_gets_its_token_here_is_asked_for_its_base_url(check: Any) -> None:
    elsewhere = source(base='"http://127.0.0.1:9"')

    verdicts = judged(check, elsewhere, "EXP-1", "EXP-2", "EXP-9", "EXP-11", "RES-2")

    assert [ELSEWHERE in verdict["what"] for verdict in verdicts] == [True] * 5


def test_what_a_client_left_undone_is_told_without_a_guess_where_it_had_its_way(check: Any) -> None:
    (exp_1,) = judged(check, source(), "EXP-1")

    assert exp_1["what"].startswith("it did not download the package of export ")
    assert ";" not in exp_1["what"]


@pytest.fixture
def findity(played: Watched) -> Findity:
    return played.server.sandbox()


def ask(findity: Findity, token: str | None = None) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    httpx2.get(findity.url + EXPORTS.format("nobody"), headers=headers)


def signed_in(findity: Findity) -> str:
    key = {"client_id": findity.client_id, "client_secret": findity.client_secret}
    form = key | {"grant_type": "client_credentials"}
    return str(httpx2.post(findity.token_url, data=form).json()["access_token"])


def test_requests_are_seen_in_their_order_whether_they_had_a_token_or_not(
    findity: Findity,
) -> None:
    seen = Seen(findity)
    ask(findity)
    token = signed_in(findity)
    ask(findity)
    ask(findity, token)

    found = seen.all()

    assert [request["unclaimed"] for request in found] == [True, False, True, False]
    assert seen.after(found[1]) == found[2:]
    assert seen.before(found[2]) == found[:2]
    assert len({request["id"] for request in found}) == 4
    assert seen.all() == found


def test_what_came_before_is_another_clients(findity: Findity) -> None:
    ask(findity)

    seen = Seen(findity)

    assert seen.all() == []


def test_a_path_that_nobody_serves_says_nothing_of_tokens(findity: Findity) -> None:
    seen = Seen(findity)
    httpx2.post(f"{findity.url}/oauth2/token", data={"grant_type": "client_credentials"})

    found = seen.all()

    assert [request["status"] for request in found] == [404]
    assert astray(found) is None
