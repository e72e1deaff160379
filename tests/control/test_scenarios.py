"""Scenarios over the control API: which there are, and playing one in a sandbox."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support import Findity

import mockfindity
from mockfindity.scenario_files import names


def play(findity: Findity, name: str, json: Any = None) -> httpx2.Response:
    path = f"/_mockfindity/sandboxes/{findity.name}/scenarios/{name}"
    return findity.http.post(path, json=json, timeout=60)


def test_they_are_listed_with_their_parameters(findity: Findity) -> None:
    listed = findity.control("GET", "/scenarios").json()

    assert [one["name"] for one in listed["data"]] == names()
    assert listed["meta"] == {"count": len(names()), "total": len(names())}
    (expense,) = [one for one in listed["data"] if one["name"] == "expense"]
    assert expense["title"] == "One EXPENSE export: a voucher per expense."
    assert expense["parameters"] == [
        {
            "name": "seed",
            "type": "integer",
            "default": 0,
            "description": "Another seed gives other ids, names and amounts.",
        },
        {
            "name": "weeks",
            "type": "integer",
            "default": 1,
            "description": "How many weeks' reports there are in it.",
        },
    ]


def test_a_path_is_no_parameter_over_http(findity: Findity, tmp_path: Path) -> None:
    listed = findity.control("GET", "/scenarios").json()["data"]
    (demo,) = [one for one in listed if one["name"] == "demo"]

    answer = play(findity, "demo", {"archive": str(tmp_path)})

    assert [one["name"] for one in demo["parameters"]] == ["seed"]
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_REQUEST")
    assert answer.json()["description"] == "archive: a path is not taken from elsewhere."
    assert list(tmp_path.iterdir()) == []


def test_one_is_played_in_the_sandbox_of_the_path(findity: Findity) -> None:
    answer = play(findity, "expense", {"seed": 3, "weeks": 2})

    assert answer.status_code == 201
    made = answer.json()
    findity.org = made["organizationId"]
    (export,) = findity.api.get(findity.exports).json()["data"]
    assert made["exports"] == [export["id"]]
    assert (made["format"], made["reports"], made["vouchers"]) == ("EXPENSE", 8, 22)


def test_what_it_asks_is_not_the_clients_doing(findity: Findity) -> None:
    findity.made("/faults", {"operation": "putUsers", "status": 500})
    findity.made("/faults", {"operation": "getExport", "status": 500})
    findity.control("DELETE", "/requests")

    assert play(findity, "expense").status_code == 201

    assert findity.control("GET", "/requests").json()["data"] == []


@pytest.mark.parametrize("name", ["nothing", "_company", "demo.py", "%2e%2e%2fdemo"])
def test_one_that_is_not_there_is_not_found(findity: Findity, name: str) -> None:
    answer = play(findity, name)

    assert (answer.status_code, answer.json()["code"]) == (404, "SCENARIO_NOT_FOUND")
    assert "all-formats" in answer.json()["description"]


@pytest.mark.parametrize(
    ("json", "said"),
    [
        ({"week": 2}, "there is no parameter 'week'; there is seed (0), weeks (1)."),
        ({"weeks": "2"}, "weeks: a whole number from 1 to 52 was expected, got '2'."),
        ({"weeks": True}, "weeks: a whole number from 1 to 52 was expected, got True."),
        ({"weeks": 0}, "weeks: a whole number from 1 to 52 was expected, got 0."),
        (
            {"seed": -1},
            "seed: a whole number from 0 to 9223372036854775807 was expected, got -1.",
        ),
        ([], "the body: a JSON object with the scenario's parameters was expected."),
    ],
    ids=["unknown", "text", "truth", "too few", "negative", "list"],
)
def test_parameters_are_checked_before_anything_is_done(
    findity: Findity, json: Any, said: str
) -> None:
    before = findity.control("GET", "/state").json()

    answer = play(findity, "expense", json)

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_REQUEST")
    assert answer.json()["description"] == said
    assert findity.control("GET", "/state").json() == before


def test_one_that_gets_stuck_leaves_the_sandbox_as_it_was(acme: Findity) -> None:
    """Another organization has the VAT number of the company in the story."""
    acme.api.post(f"{acme.admin}/", json={"externalSourceId": "ACME", "vat": "559123-4567"})
    before = acme.control("GET", "/state").json()

    answer = play(acme, "expense")

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_REQUEST")
    assert answer.json()["description"].startswith("the scenario 'expense' could not be played: ")
    assert "DUPLICATE_VAT" in answer.json()["description"]
    after = acme.control("GET", "/state").json()
    assert without_tokens(after) == without_tokens(before)


def without_tokens(state: dict[str, Any]) -> dict[str, Any]:
    return state | {"tables": state["tables"] | {"tokens": []}}


def test_once_more_in_the_same_sandbox_is_refused(findity: Findity) -> None:
    assert play(findity, "expense").status_code == 201

    answer = play(findity, "report-per-expense")

    assert answer.status_code == 400
    assert "has an organization 'nordljus' already: reset it first" in answer.json()["description"]


def test_only_one_is_played_at_a_time_in_a_sandbox(findity: Findity, make_findity: Any) -> None:
    answers: list[httpx2.Response] = []
    long = threading.Thread(
        target=lambda: answers.append(play(findity, "all-formats", {"weeks": 6}))
    )
    other = make_findity()
    long.start()
    while not findity.control("GET", "/organizations").json()["data"]:
        time.sleep(0.01)

    refused = play(findity, "expense")
    elsewhere = play(other, "expense")
    long.join()

    assert (refused.status_code, refused.json()["code"]) == (409, "SCENARIO_UNDER_WAY")
    assert "'all-formats' is being played" in refused.json()["description"]
    assert elsewhere.status_code == 201
    assert [answer.status_code for answer in answers] == [201]


def test_a_sandbox_is_made_with_parameters(findity: Findity, make_findity: Any) -> None:
    made = make_findity(scenario="expense", parameters={"weeks": 2}, seed=5)

    (nordljus,) = made.control("GET", "/organizations").json()["data"]
    made.org = nordljus["id"]
    (export,) = made.api.get(made.exports).json()["data"]
    assert export["numberOfVouchers"] == 22


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"scenario": "expense", "parameters": {"months": 2}},
            "there is no parameter 'months'; there is seed (0), weeks (1).",
        ),
        ({"parameters": {"weeks": 2}}, "parameters: they go with a scenario."),
    ],
)
def test_wrong_parameters_make_no_sandbox(server: str, body: dict[str, Any], said: str) -> None:
    before = httpx2.get(f"{server}/_mockfindity/health").json()["sandboxes"]

    answer = httpx2.post(f"{server}/_mockfindity/sandboxes", json=body)

    assert (answer.status_code, answer.json()["description"]) == (400, said)
    assert httpx2.get(f"{server}/_mockfindity/health").json()["sandboxes"] == before


def test_the_control_token_is_carried_on() -> None:
    with mockfindity.running(control_token="secret") as findity:
        assert len(findity.scenario("expense")["exports"]) == 1
