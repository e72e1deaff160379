"""Servers that answer nonsense: a run always ends with a report, or says why there is none."""

from __future__ import annotations

import random
from typing import Any

import pytest
from drifting import Answer, Ask, Drift, Request

from mockfindity.verify import NotSignedIn, Unknown, Unreachable

NONSENSE: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e300,
    10**30,
    "",
    "..",
    "\ud800",
    "\x1b[31m",
    "http://[",
    [],
    {},
    [[]],
    [None, 1, "a"],
    {"id": {"id": []}},
)


def mangled(data: Any, chance: random.Random, share: float) -> Any:
    """``data`` with nonsense in place of some of what is in it, or beside it."""
    if chance.random() < share:
        return chance.choice(NONSENSE)
    if isinstance(data, dict):
        changed = {key: mangled(value, chance, share) for key, value in data.items()}
        extra = {"\x1b]0;owned\x07": 1} if chance.random() < share else {}
        return {**changed, **extra}
    if isinstance(data, list):
        return [mangled(item, chance, share) for item in data]
    return data


def nonsense(seed: int) -> Drift:
    chance = random.Random(seed)
    share = chance.choice((0.005, 0.02, 0.1))

    async def drift(request: Request, ask: Ask) -> Answer:
        answer = await ask(request)
        is_json = answer.headers.get("content-type") == "application/json"
        if request.path == "/oauth/token" or not is_json:
            return answer
        return answer.saying(mangled(answer.data, chance, share))

    return drift


@pytest.mark.parametrize("seed", range(40))
def test_nonsense_gives_findings_and_no_traceback(other: Any, seed: int) -> None:
    try:
        report = other.held(nonsense(seed), may_write=seed % 2 == 0)
    except (Unknown, Unreachable):
        return

    assert report.findings != []
    assert all(len(f.where) + len(f.found) < 1000 for f in report.findings)


@pytest.mark.parametrize("token", NONSENSE)
def test_a_token_that_is_nonsense_is_no_token(other: Any, token: Any) -> None:
    async def drift(request: Request, ask: Ask) -> Answer:
        answer = await ask(request)
        if request.path != "/oauth/token" or answer.status != 200:
            return answer
        return answer.saying({**answer.data, "access_token": token, "refresh_token": token})

    with pytest.raises((NotSignedIn, Unknown)):
        other.held(drift)
