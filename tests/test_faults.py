"""Faults, as the client meets them over a real socket: what it gets, and what became of the state.

Which requests a rule meets is in ``test_fault_rules.py``, how connections end in
``test_connection_faults.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx2
import pytest
from faulting import BODY, LIST, NEW, fault, hits, organizations, statuses
from support import Findity


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "INVALID_REQUEST"),
        (401, "UNAUTHORIZED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (418, "IM_A_TEAPOT"),
        (429, "RATE_LIMIT_EXCEEDED"),
        (500, "INTERNAL_ERROR"),
        (503, "SERVICE_UNAVAILABLE"),
        (599, "STATUS_599"),
    ],
)
def test_a_status_comes_in_findity_s_envelope(findity: Findity, status: int, code: str) -> None:
    fault(findity, status=status)

    answer = findity.api.get(LIST)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert answer.json() == {
        "result": "error",
        "requestId": answer.headers["x-request-id"],
        "description": "fault rule fault-1 answers this instead of Findity.",
        "code": code,
    }


def test_a_401_says_how_to_sign_in(findity: Findity) -> None:
    fault(findity, status=401)

    assert findity.api.get(LIST).headers["www-authenticate"] == "Bearer"


def test_a_rule_may_name_the_code(findity: Findity) -> None:
    fault(findity, status=404, code="EXPORT_NOT_FOUND")

    assert findity.api.get(LIST).json()["code"] == "EXPORT_NOT_FOUND"


def test_a_429_carries_the_retry_after_of_the_rule(findity: Findity) -> None:
    fault(findity, status=429, headers={"Retry-After": "7"})

    answer = findity.api.get(LIST)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_a_429_without_one_has_none(findity: Findity) -> None:
    fault(findity, status=429)

    assert "retry-after" not in findity.api.get(LIST).headers


def test_headers_replace_those_of_the_answer(findity: Findity) -> None:
    fault(findity, body="empty", headers={"Content-Type": "text/csv", "X-Odd": "ä"})

    answer = findity.api.get(LIST)

    assert answer.headers.get_list("content-type") == ["text/csv"]
    assert answer.headers["x-odd"] == "ä"


def test_a_delayed_answer_is_the_real_one(findity: Findity) -> None:
    fault(findity, delayMs=120)
    started = time.perf_counter()

    answer = findity.api.get(LIST)

    assert (answer.status_code, answer.json()["organizations"]) == (200, [])
    assert time.perf_counter() - started >= 0.12


def test_a_delay_after_the_change_comes_when_it_is_made(findity: Findity) -> None:
    fault(findity, phase="after", delayMs=10_000, times=1)

    with pytest.raises(httpx2.ReadTimeout):
        findity.api.post(NEW, json=BODY, timeout=0.2)

    assert organizations(findity) == 1


def test_others_are_answered_while_one_waits(make_findity: Callable[..., Findity]) -> None:
    slow, quick = make_findity(), make_findity()
    fault(slow, delayMs=10_000)

    with pytest.raises(httpx2.ReadTimeout):
        slow.api.get(LIST, timeout=0.1)

    assert quick.api.get(LIST).elapsed.total_seconds() < 5


def test_an_empty_body_has_the_status_of_the_real_answer(findity: Findity) -> None:
    fault(findity, body="empty")

    answer = findity.api.get(LIST)

    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "0")


def test_a_malformed_body_is_the_beginning_of_the_real_one(findity: Findity) -> None:
    fault(findity, body="malformed")

    answer = findity.api.get(f"{LIST}externalid/lookup?vat=1")

    assert (answer.status_code, answer.content) == (200, b'{"result":"NOT')
    assert answer.headers["content-type"] == "application/json"


def test_an_html_body_looks_like_that_of_a_proxy(findity: Findity) -> None:
    fault(findity, status=502, body="html")

    answer = findity.api.get(LIST)

    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<h1>502 Bad Gateway</h1>" in answer.text


@pytest.mark.parametrize("body", ["malformed", "html"])
def test_an_answer_without_a_body_gets_one(findity: Findity, body: str) -> None:
    findity.organization()
    account = findity.api.get(findity.accounts).json()["data"][0]["id"]
    fault(findity, operation="deleteAccount", phase="after", body=body)

    answer = findity.api.delete(f"{findity.accounts}/{account}")

    assert (answer.status_code, answer.content != b"") == (200, True)


@pytest.mark.parametrize("body", ["malformed", "empty", "html"])
def test_a_change_is_not_made_before_its_answer_is_spoiled(findity: Findity, body: str) -> None:
    fault(findity, body=body)

    answer = findity.api.post(NEW, json=BODY)

    assert (answer.status_code, organizations(findity)) == (500, 0)


@pytest.mark.parametrize("body", ["malformed", "empty", "html"])
def test_after_the_change_the_answer_is_spoiled(findity: Findity, body: str) -> None:
    fault(findity, phase="after", body=body)

    answer = findity.api.post(NEW, json=BODY)

    assert (answer.status_code, organizations(findity)) == (200, 1)


@pytest.mark.parametrize(("phase", "left"), [("before", 0), ("after", 1)])
def test_the_phase_decides_whether_the_change_is_made(
    findity: Findity, phase: str, left: int
) -> None:
    fault(findity, phase=phase, status=500)

    answer = findity.api.post(NEW, json=BODY)

    assert (answer.status_code, organizations(findity)) == (500, left)


def test_a_refusal_after_which_a_rule_strikes_changes_nothing(findity: Findity) -> None:
    fault(findity, phase="after", status=503)

    answer = findity.api.post(NEW, json={"nothing": "known"})

    assert (answer.status_code, organizations(findity)) == (503, 0)


def test_times_is_how_often_a_rule_strikes(findity: Findity) -> None:
    fault(findity, status=500, times=2)

    assert statuses(findity, 4) == [500, 500, 200, 200]


def test_skip_lets_requests_by_first(findity: Findity) -> None:
    fault(findity, status=500, skip=2, times=1)

    assert statuses(findity, 4) == [200, 200, 500, 200]


def test_the_list_says_how_often_each_rule_struck(findity: Findity) -> None:
    fault(findity, status=500, skip=1, times=2)
    fault(findity, operation="listUsers", status=500)

    statuses(findity, 5)

    assert hits(findity) == [(5, 2), (0, 0)]


def test_the_first_rule_that_strikes_decides(findity: Findity) -> None:
    fault(findity, status=500, times=1)
    fault(findity, status=503)

    assert statuses(findity, 2) == [500, 503]


def test_the_same_seed_strikes_the_same_requests(make_findity: Callable[..., Findity]) -> None:
    twins = [make_findity(seed=7), make_findity(seed=7)]
    for twin in twins:
        fault(twin, status=500, probability=0.5)

    first, second = (statuses(twin, 16) for twin in twins)

    assert first == second
    assert 0 < first.count(500) < 16


def test_another_seed_strikes_others(make_findity: Callable[..., Findity]) -> None:
    struck = []
    for seed in (1, 2):
        findity = make_findity(seed=seed)
        fault(findity, status=500, probability=0.5)
        struck.append(statuses(findity, 16))

    assert struck[0] != struck[1]


def test_a_reset_begins_the_chances_anew(findity: Findity) -> None:
    fault(findity, status=500, probability=0.5)
    before = statuses(findity, 16)

    findity.control("POST", "/reset")

    findity.sign_in()
    fault(findity, status=500, probability=0.5)
    assert statuses(findity, 16) == before
