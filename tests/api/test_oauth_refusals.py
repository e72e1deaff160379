"""What the token endpoint refuses: in RFC 6749's form, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from inspection import memories
from support import Findity
from tokens import ask, basic, error, refresh

from mockfindity.sandboxes import Sandboxes

FORM = "application/x-www-form-urlencoded"
Form = dict[str, Any]
REFUSED: list[Any] = [
    pytest.param({"grant_type": None}, 400, "invalid_request", id="no grant type"),
    pytest.param({"grant_type": ""}, 400, "invalid_request", id="an empty grant type"),
    pytest.param({"grant_type": "password"}, 400, "unsupported_grant_type", id="a password"),
    pytest.param({"grant_type": "authorization_code"}, 400, "unsupported_grant_type", id="a code"),
    pytest.param({"client_id": None}, 400, "invalid_request", id="no client id"),
    pytest.param({"client_id": "nobody"}, 401, "invalid_client", id="an unknown client id"),
    pytest.param({"client_id": "default.x"}, 401, "invalid_client", id="an id that begins well"),
    pytest.param({"client_secret": None}, 401, "invalid_client", id="no secret"),
    pytest.param({"client_secret": "wrong"}, 401, "invalid_client", id="a wrong secret"),
    pytest.param({"client_secret": "å"}, 401, "invalid_client", id="a secret beyond ASCII"),
    pytest.param({"grant_type": "refresh_token"}, 400, "invalid_request", id="no refresh token"),
    pytest.param(
        {"grant_type": "refresh_token", "refresh_token": "garbage"},
        400,
        "invalid_grant",
        id="an unknown refresh token",
    ),
    pytest.param(
        {"grant_type": "refresh_token", "refresh_token": "garbage", "client_id": None},
        400,
        "invalid_request",
        id="a refresh without a client id",
    ),
    pytest.param(
        {"grant_type": "refresh_token", "refresh_token": "garbage", "client_secret": "wrong"},
        401,
        "invalid_client",
        id="a refresh with a wrong secret",
    ),
]


def check_refused(
    sandboxes: Sandboxes, send: Callable[[], httpx2.Response], status: int, code: str
) -> httpx2.Response:
    """The answer is RFC 6749's, and nothing has changed."""
    before = memories(sandboxes)
    answer = send()
    assert memories(sandboxes) == before
    assert error(answer) == (status, code)
    assert answer.json().keys() == {"error", "error_description"}
    assert len(answer.headers["x-request-id"]) == 36
    assert ("www-authenticate" in answer.headers) is (status == 401)
    return answer


@pytest.mark.parametrize(("fields", "status", "code"), REFUSED)
def test_a_token_request_is_refused_and_nothing_changes(
    findity: Findity, sandboxes: Sandboxes, fields: Form, status: int, code: str
) -> None:
    check_refused(sandboxes, lambda: ask(findity, **fields), status, code)


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_a_json_body_is_refused(findity: Findity, sandboxes: Sandboxes, path: str) -> None:
    body = {
        "grant_type": "client_credentials",
        "client_id": findity.client_id,
        "client_secret": findity.client_secret,
    }
    answer = check_refused(
        sandboxes, lambda: findity.http.post(path, json=body), 400, "invalid_request"
    )
    assert FORM in answer.json()["error_description"]


def test_no_body_is_refused(findity: Findity, sandboxes: Sandboxes) -> None:
    check_refused(sandboxes, lambda: findity.http.post("/oauth/token"), 400, "invalid_request")


def test_a_parameter_sent_twice_is_refused(findity: Findity, sandboxes: Sandboxes) -> None:
    body = b"grant_type=client_credentials&grant_type=client_credentials"
    headers = {"content-type": FORM}
    check_refused(
        sandboxes,
        lambda: findity.http.post("/oauth/token", content=body, headers=headers),
        400,
        "invalid_request",
    )


@pytest.mark.parametrize("value", ["Basic ?", "Basic bm9jb2xvbg==", "Basic /w=="])
def test_a_basic_header_that_cannot_be_read_is_refused(
    findity: Findity, sandboxes: Sandboxes, value: str
) -> None:
    check_refused(
        sandboxes,
        lambda: findity.http.post(
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            headers={"authorization": value},
        ),
        401,
        "invalid_client",
    )


def test_a_wrong_secret_in_a_basic_header_is_refused(
    findity: Findity, sandboxes: Sandboxes
) -> None:
    check_refused(
        sandboxes,
        lambda: findity.http.post(
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            headers=basic(findity.client_id, "wrong"),
        ),
        401,
        "invalid_client",
    )


def test_an_access_token_does_not_refresh(findity: Findity, sandboxes: Sandboxes) -> None:
    token = ask(findity).json()["access_token"]
    check_refused(sandboxes, lambda: refresh(findity, token), 400, "invalid_grant")


def test_a_key_cannot_use_anothers_refresh_token(findity: Findity, sandboxes: Sandboxes) -> None:
    token = ask(findity).json()["refresh_token"]
    key = findity.made("/clients", {})
    check_refused(
        sandboxes,
        lambda: refresh(findity, token, client_id=key["clientId"], client_secret=None),
        400,
        "invalid_grant",
    )


def test_to_revoke_nothing_is_refused(findity: Findity, sandboxes: Sandboxes) -> None:
    check_refused(
        sandboxes,
        lambda: ask(findity, "/oauth/revoke", grant_type=None),
        400,
        "invalid_request",
    )


def test_to_revoke_with_a_wrong_secret_is_refused(findity: Findity, sandboxes: Sandboxes) -> None:
    token = ask(findity).json()["access_token"]
    check_refused(
        sandboxes,
        lambda: ask(findity, "/oauth/revoke", grant_type=None, token=token, client_secret="wrong"),
        401,
        "invalid_client",
    )
