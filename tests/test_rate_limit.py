"""The rate limit of a sandbox: so many requests in so many seconds, by the wall."""

from __future__ import annotations

import time

from faulting import BODY, LIST, NEW, organizations, statuses
from support import Findity
from tokens import ask


def limited(findity: Findity, requests: int, seconds: float) -> None:
    findity.changed("/settings", {"rateLimit": {"requests": requests, "perSeconds": seconds}})


def test_beyond_the_rate_limit_a_request_is_refused(findity: Findity) -> None:
    limited(findity, 2, 30)

    answers = [findity.api.get(LIST), ask(findity), findity.api.get(LIST)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "RATE_LIMIT_EXCEEDED"
    assert 28 <= int(answers[2].headers["retry-after"]) <= 30


def test_the_rate_limit_is_over_with_its_window(findity: Findity) -> None:
    limited(findity, 1, 0.3)
    assert statuses(findity, 2) == [200, 429]

    time.sleep(0.3)

    assert statuses(findity, 1) == [200]


def test_a_rate_limit_follows_the_wall_and_not_the_clock(findity: Findity) -> None:
    limited(findity, 1, 30)
    statuses(findity, 1)

    findity.made("/clock/advance", {"seconds": 60})

    assert statuses(findity, 1) == [429]


def test_a_rate_limit_leaves_the_control_api_alone(findity: Findity) -> None:
    limited(findity, 1, 30)

    answers = [findity.control("GET", "/settings").status_code for _ in range(3)]

    assert (answers, statuses(findity, 1)) == ([200, 200, 200], [200])


def test_a_limited_request_changes_nothing(findity: Findity) -> None:
    limited(findity, 1, 30)
    statuses(findity, 1)

    answer = findity.api.post(NEW, json=BODY)

    findity.changed("/settings", {"rateLimit": None})
    assert (answer.status_code, organizations(findity)) == (429, 0)
