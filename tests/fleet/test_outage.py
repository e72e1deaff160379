"""A server of the fleet goes away and comes back. `make fleet` does the same with a hundred."""

from __future__ import annotations

import outage
import pytest
from fleets import Fleet, needs_haproxy

pytestmark = [needs_haproxy, pytest.mark.xdist_group("fleet")]


def test_only_the_sandboxes_of_a_server_that_is_killed_are_away_and_none_loses_anything(
    team: Fleet,
) -> None:
    outcome = outage.play(team, sandboxes=12, clients=4)

    assert (outcome.wrong, outcome.lost) == ([], [])
    assert outcome.homes == {"one": 4, "two": 3, "three": 5}
    assert outcome.statuses["two"][503] >= 3
    assert outcome.statuses["one"].keys() == outcome.statuses["three"].keys() == {200, 201}


def test_what_a_sandbox_that_is_away_is_answered_says_so(team: Fleet) -> None:
    findity = team.new(name="member-away")
    home = team.home("member-away")
    team.kill(home)

    answer = findity.api.get("/api/admin/organizations")
    team.bring_back(home)

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["x-mockfindity-server"] == home
    assert answer.json() == {
        "result": "error",
        "requestId": "",
        "description": "the server that has this sandbox is away; its sandboxes are on no other, "
        "and come back with it.",
        "code": "SERVER_AWAY",
    }
