"""What the journal never shows: secrets and tokens, wherever a client put them."""

from __future__ import annotations

import json

import pytest
from entries import journal, last
from support import Findity
from tokens import basic, refresh, revoke

LIST = "/api/admin/organizations/"


@pytest.fixture
def quiet(findity: Findity) -> Findity:
    """A sandbox whose journal is empty."""
    findity.control("DELETE", "/requests")
    return findity


def secrets_of(findity: Findity) -> tuple[str, ...]:
    pair = findity.token()
    return (findity.client_secret, pair["access_token"], pair["refresh_token"])


def told(findity: Findity) -> str:
    """Everything the journal shows, as one text."""
    return json.dumps(journal(findity))


def test_neither_secret_nor_token_is_shown(quiet: Findity) -> None:
    secret, access, fresh = secrets_of(quiet)
    pair = refresh(quiet, fresh).json()
    revoke(quiet, access)
    quiet.http.post("/oauth/token", headers=basic(quiet.client_id, secret))
    quiet.http.get(LIST, headers={"authorization": access})
    quiet.http.get(LIST, headers={"authorization": f"Bearer {access}"})
    quiet.http.get(LIST, headers={"authorization": f"bearer   {access}"})

    text = told(quiet)
    shown_ones = [
        s for s in (secret, access, fresh, pair["access_token"], pair["refresh_token"]) if s in text
    ]
    assert shown_ones == []
    assert last(quiet)["headers"]["authorization"] == "bearer [redacted]"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "", "x/json"])
@pytest.mark.parametrize(
    "name", ["client_secret", "refresh_token", "access_token", "token", "%63lient%5Fsecret"]
)
def test_a_secret_in_a_form_is_blotted_out(quiet: Findity, kind: str, name: str) -> None:
    body = f"grant_type=x&client_id={quiet.client_id}&{name}=hush-hush%20&scope=y"

    quiet.http.post("/oauth/token", content=body.encode(), headers={"content-type": kind})

    assert "[redacted]&scope=y" in last(quiet)["body"]
    assert "hush" not in told(quiet)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize(
    "body",
    [
        '{"client_secret":"hush"}',
        '{"a": {"client_secret" : "hu\\"sh"}, "b": 1}',
        '{"clientSecret": "hush", "client_id": "x"}',
        '{"access_token": "hush',
        '{"client_secret": 4711}',
    ],
)
def test_a_secret_in_json_is_blotted_out(quiet: Findity, kind: str, body: str) -> None:
    quiet.api.post("/api/nowhere", content=body.encode(), headers={"content-type": kind})

    assert not [s for s in ("hush", "sh\\", "4711") if s in last(quiet)["body"]]


def test_a_token_in_a_query_is_blotted_out(quiet: Findity) -> None:
    quiet.api.get(f"{LIST}?access_token=hush&client_secret=hush&max=3")

    assert last(quiet)["query"] == {
        "access_token": "[redacted]",
        "client_secret": "[redacted]",
        "max": "3",
    }
    assert "hush" not in told(quiet)


def test_other_secret_headers_are_blotted_out(quiet: Findity) -> None:
    quiet.api.get(LIST, headers={"Cookie": "hush", "X-Mockfindity-Token": "hush"})

    headers = last(quiet)["headers"]
    assert (headers["cookie"], headers["x-mockfindity-token"]) == ("[redacted]", "[redacted]")


def test_what_is_no_secret_is_shown(quiet: Findity) -> None:
    body = '{"tokens":"all","token_type":"Bearer","note":"a mytoken=x"}'

    quiet.api.post("/api/nowhere", content=body.encode())

    assert last(quiet)["body"] == body
