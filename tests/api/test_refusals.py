"""Every refusal of Findity's APIs: its status, its code, its envelope, and that nothing changed.

What is refused stands in the tables of ``refusals.py``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx2
import pytest
from inspection import memories
from placeholders import PLACEHOLDER, filled
from refusals import ACCOUNT, ACCOUNTS, EXPORT, FINDITY, Refused
from stage import Stage

from mockfindity.route import MIB, Router
from mockfindity.routes import loaded
from mockfindity.sandboxes import Sandboxes

TABLE = [pytest.param(refused, id=refused.what) for refused in FINDITY]


def check_envelope(answer: httpx2.Response, status: int, code: str) -> str:
    """Findity's error envelope and its request id; gives the description."""
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert body.keys() == {"result", "requestId", "description", "code"}
    assert body["result"] == "error"
    assert str(UUID(body["requestId"])) == answer.headers["x-request-id"]
    return str(body["description"])


@pytest.mark.parametrize("refused", TABLE)
def test_it_is_refused_and_nothing_changes(
    stage: Stage, sandboxes: Sandboxes, refused: Refused
) -> None:
    before = memories(sandboxes)
    answer = stage.send(refused)
    assert memories(sandboxes) == before
    description = check_envelope(answer, refused.status, refused.code)
    assert filled(refused.names, stage.known) in description


def test_no_line_of_the_tables_says_what_another_says() -> None:
    words = [refused.what for refused in FINDITY]
    assert sorted(set(words)) == sorted(words)


def test_every_refusal_that_the_routes_promise_is_in_the_tables() -> None:
    router = Router(loaded())
    tried = set()
    for refused in FINDITY:
        path = PLACEHOLDER.sub("id", refused.path).partition("?")[0]
        if refused.code != "NOT_FOUND":
            tried.add((router.match(refused.method, path).route.operation, refused.code))
    promised = {
        (route.operation, refusal.code)
        for route in loaded()
        if route.family.auth in ("bearer", "open")
        for refusal in route.codes
        # Of every route that names an organization: see test_scopes.py.
        if refusal.code not in ("ORGANIZATION_NOT_FOUND", "FORBIDDEN")
    }
    missing = sorted(f"{operation.__name__}: {code}" for operation, code in promised - tried)
    assert missing == []


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", ACCOUNTS, "GET, HEAD, POST"),
        ("PATCH", ACCOUNT, "DELETE, GET, HEAD, PUT"),
        ("POST", EXPORT, "GET, HEAD"),
        ("GET", f"{EXPORT}/updatestatus", "PUT"),
        ("PUT", "/api/admin/organizations/externalid/ACME/", "DELETE, GET, HEAD, POST"),
        ("GET", "/oauth/token", "POST"),
        ("PUT", "/api/admin/organizations/externalid/lookup/", "GET, HEAD"),
        ("PUT", "/_mockfindity/webhooks/fire", "POST"),
        ("PUT", "/_mockfindity/health", "GET, HEAD"),
    ],
)
def test_a_method_that_a_path_does_not_take_is_refused_with_those_it_takes(
    stage: Stage, sandboxes: Sandboxes, method: str, path: str, allow: str
) -> None:
    before = memories(sandboxes)
    answer = stage.send(Refused("", method, path, None, 405, ""))
    assert memories(sandboxes) == before
    check_envelope(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == allow


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", ACCOUNTS, 10 * MIB),
        ("PUT", f"{EXPORT}/updatestatus", 10 * MIB),
        ("PUT", f"{EXPORT}/content", 25 * MIB),
    ],
)
def test_a_body_that_is_too_large_is_refused(
    stage: Stage, sandboxes: Sandboxes, method: str, path: str, limit: int
) -> None:
    before = memories(sandboxes)
    answer = stage.send(Refused("", method, path, None, 413, "", raw=b" " * (limit + 1)))
    assert memories(sandboxes) == before
    description = check_envelope(answer, 413, "PAYLOAD_TOO_LARGE")
    assert f"{limit // MIB} MiB" in description


def test_who_is_not_known_is_asked_for_a_bearer_token(stage: Stage) -> None:
    answer = stage.send(Refused("", "GET", ACCOUNTS, None, 401, "", token=None))
    assert answer.headers["www-authenticate"] == "Bearer"


def test_64_levels_are_not_too_deep(stage: Stage, sandboxes: Sandboxes) -> None:
    deep = b"[" * 64 + b"]" * 64
    answer = stage.send(Refused("", "POST", ACCOUNTS, None, 400, "", raw=deep))
    assert "a JSON object was expected" in answer.json()["description"]


def test_meta_may_be_sent_back_with_a_changed_account(stage: Stage) -> None:
    answer = stage.send(Refused("", "GET", ACCOUNT, None, 200, ""))
    again = stage.send(Refused("", "PUT", ACCOUNT, answer.json(), 200, ""))
    assert again.json() == answer.json() | {"meta": None}


def test_an_answer_that_is_no_refusal_has_a_request_id_too(stage: Stage) -> None:
    answer = stage.send(Refused("", "GET", ACCOUNTS, None, 200, ""))
    assert str(UUID(answer.headers["x-request-id"])) == answer.headers["x-request-id"]
