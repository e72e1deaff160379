"""What the client did, what goes wrong for it, and what time it is: not for the test itself."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import requests

from mockfindity import Findity, FindityError

LIST = "/api/admin/organizations/"


def asked(findity: Findity, path: str = LIST) -> int:
    """What a client with a token is answered at ``path``: the status."""
    bearer = {"Authorization": f"Bearer {findity.token()}"}
    return requests.get(findity.url + path, headers=bearer, timeout=10).status_code


def test_only_the_client_s_requests_are_counted(mockfindity: Findity) -> None:
    mockfindity.report().submit()
    mockfindity.bulk_send().acknowledge()
    assert mockfindity.requests.count() == 0

    assert asked(mockfindity) == 200

    assert mockfindity.requests.count() == 1
    assert [one["operationId"] for one in mockfindity.requests.all()] == ["listOrganizations"]


def test_requests_are_filtered(mockfindity: Findity) -> None:
    asked(mockfindity)
    asked(mockfindity, "/api/nowhere")

    assert mockfindity.requests.count(status=404) == 1
    assert mockfindity.requests.count(method="GET", path="/api/*") == 2
    assert [one["path"] for one in mockfindity.requests.all(operation="listOrganizations")] == [
        "/api/admin/organizations/"
    ]


def test_the_last_requests_are_the_last(mockfindity: Findity) -> None:
    for path in ("/api/a", "/api/b", "/api/c"):
        asked(mockfindity, path)

    assert [one["path"] for one in mockfindity.requests.last(2)] == ["/api/b", "/api/c"]
    assert [one["path"] for one in mockfindity.requests.last(9, path="/api/a")] == ["/api/a"]


def test_requests_that_are_still_to_come_are_waited_for(mockfindity: Findity) -> None:
    client = threading.Thread(target=asked, args=(mockfindity,))
    client.start()

    (found,) = mockfindity.requests.wait(1, operation="listOrganizations")

    client.join()
    assert found["status"] == 200


def test_a_wait_has_an_end(mockfindity: Findity) -> None:
    with pytest.raises(FindityError) as refused:
        mockfindity.requests.wait(1, timeout=0)

    assert (refused.value.status, refused.value.code) == (408, "WAIT_TIMEOUT")


def test_requests_are_forgotten(mockfindity: Findity) -> None:
    asked(mockfindity)

    mockfindity.requests.clear()

    assert mockfindity.requests.all() == []


def test_a_fault_strikes_the_client_and_not_the_test(mockfindity: Findity) -> None:
    mockfindity.faults.add(status=503)

    mockfindity.report().submit()
    assert mockfindity.bulk_send().acknowledge() == "SENT"
    assert asked(mockfindity) == 503

    (rule,) = mockfindity.faults.all()
    assert (rule["seen"], rule["hits"]) == (1, 1)


def test_a_fault_is_said_in_python_s_spelling(mockfindity: Findity) -> None:
    rule = mockfindity.faults.add("listOrganizations", times=1, status=429, delay_ms=1)

    assert (rule["operation"], rule["delayMs"]) == ("listOrganizations", 1)
    assert [asked(mockfindity), asked(mockfindity)] == [429, 200]


def test_a_connection_is_really_lost(mockfindity: Findity) -> None:
    mockfindity.faults.add("listOrganizations", connection="reset")

    with pytest.raises(requests.ConnectionError):
        asked(mockfindity)
    assert mockfindity.requests.all()[0]["status"] is None


def test_a_set_of_faults_is_added_and_cleared(mockfindity: Findity) -> None:
    assert len(mockfindity.faults.add(set="outage")["data"]) > 0
    assert asked(mockfindity) == 503

    mockfindity.faults.clear()

    assert mockfindity.faults.all() == []
    assert asked(mockfindity) == 200


def test_the_rate_limit_does_not_count_the_test(mockfindity: Findity) -> None:
    mockfindity.settings(rate_limit={"requests": 1, "perSeconds": 60})

    mockfindity.users("ANNA", "BO")

    assert [asked(mockfindity), asked(mockfindity)] == [200, 429]


def test_the_clock_stands_moves_and_goes(mockfindity: Findity) -> None:
    mockfindity.clock.freeze("2026-03-31T08:00:00Z")
    assert mockfindity.clock.now == datetime(2026, 3, 31, 8, tzinfo=UTC)

    mockfindity.clock.advance(timedelta(hours=1))
    mockfindity.clock.advance(90)
    assert mockfindity.clock.now == datetime(2026, 3, 31, 9, 1, 30, tzinfo=UTC)

    mockfindity.clock.go()
    assert mockfindity.control("GET", "/clock")["mode"] == "real"


def test_the_clock_takes_a_time_with_a_zone_or_without(mockfindity: Findity) -> None:
    mockfindity.clock.freeze(datetime(2026, 3, 31, 8))  # noqa: DTZ001 - UTC, as it says
    assert mockfindity.clock.now == datetime(2026, 3, 31, 8, tzinfo=UTC)

    mockfindity.clock.freeze()
    assert mockfindity.control("GET", "/clock")["mode"] == "frozen"


def test_a_token_expires_by_the_clock(mockfindity: Findity) -> None:
    bearer = {"Authorization": f"Bearer {mockfindity.token()}"}
    mockfindity.clock.advance(timedelta(hours=2))

    late = requests.get(mockfindity.url + LIST, headers=bearer, timeout=10)

    assert late.status_code == 401
