"""The named sets of fault rules, as a script may read them."""

from __future__ import annotations

from support import Findity


def test_the_named_sets_are_listed_with_what_each_does(findity: Findity) -> None:
    found = findity.http.get("/_mockfindity/fault-sets").json()

    names = [one["name"] for one in found["data"]]
    assert names == ["flaky", "rate-limited", "slow", "token-expiry", "outage"]
    assert found["meta"] == {"count": 5, "total": 5}
    assert found["data"][2]["description"] == "Every answer comes two seconds late."


def test_a_set_has_the_rules_that_switching_it_on_writes(findity: Findity) -> None:
    sets = findity.http.get("/_mockfindity/fault-sets").json()["data"]

    for one in sets:
        findity.control("DELETE", "/faults")
        made = findity.made("/faults", {"set": one["name"]})["data"]
        assert [rule | {"id": ""} for rule in made] == [rule | {"id": ""} for rule in one["rules"]]


def test_looking_at_the_sets_switches_none_on(findity: Findity) -> None:
    findity.http.get("/_mockfindity/fault-sets")

    assert findity.control("GET", "/faults").json()["data"] == []
