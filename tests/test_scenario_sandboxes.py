"""Sandboxes that are made with a scenario played in them."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from support import Findity


def test_a_sandbox_is_made_with_a_scenario_played_in_it(
    make_findity: Callable[..., Findity],
) -> None:
    findity = make_findity(scenario="demo")

    (nordljus,) = findity.control("GET", "/organizations").json()["data"]

    findity.org = nordljus["id"]
    exports = findity.api.get(f"{findity.exports}?status=ALL").json()["data"]
    assert [export["status"] for export in exports] == ["SENT"] * 8 + ["TRANSFER"]


def test_a_reset_goes_back_to_the_end_of_the_scenario(
    make_findity: Callable[..., Findity],
) -> None:
    findity = make_findity(scenario="demo")
    findity.sign_in()
    assert findity.api.delete("/api/admin/organizations/externalid/nordljus/").status_code == 200

    findity.control("POST", "/reset")

    assert len(findity.control("GET", "/organizations").json()["data"]) == 1


@pytest.mark.parametrize("name", ["nothing", "../demo", "demo.py"])
def test_a_scenario_that_is_not_there_makes_no_sandbox(server: str, name: str) -> None:
    before = httpx2.get(f"{server}/_mockfindity/health").json()["sandboxes"]

    answer = httpx2.post(f"{server}/_mockfindity/sandboxes", json={"scenario": name})

    assert (answer.status_code, answer.json()["code"]) == (404, "SCENARIO_NOT_FOUND")
    assert httpx2.get(f"{server}/_mockfindity/health").json()["sandboxes"] == before
