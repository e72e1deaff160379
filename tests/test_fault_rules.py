"""Fault rules: which requests they meet, which rules are refused, named sets, taking them away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from faulting import BODY, LIST, NEW, fault, hits, statuses
from support import Findity
from tokens import ask


def test_an_operation_is_met_under_all_its_paths(findity: Findity) -> None:
    fault(findity, operation="listOrganizations", status=500)

    met = [findity.api.get(path).status_code for path in (LIST, "/v1/admin/organizations")]

    assert (met, findity.token().keys() >= {"access_token"}) == ([500, 500], True)


def test_a_concrete_path_is_met_with_and_without_a_slash(findity: Findity) -> None:
    for name in ("A", "Åre AB"):
        findity.organization(name)
    fault(findity, method="GET", path="/api/admin/organizations/externalid/Åre AB", status=500)

    met = [
        findity.api.get(f"{LIST}externalid/{name}").status_code
        for name in ("A", "%C3%85re%20AB", "%C3%85re%20AB/")
    ]

    assert met == [200, 500, 500]


def test_another_method_of_the_path_is_not_met(findity: Findity) -> None:
    fault(findity, method="GET", path=NEW, status=500)

    assert findity.api.post(NEW, json=BODY).status_code == 200


@pytest.mark.parametrize("parameter", ["{externalId}", "{id}"])
def test_a_template_meets_whatever_stands_for_its_parameters(
    findity: Findity, parameter: str
) -> None:
    findity.organization("A")
    fault(findity, path=f"{LIST}externalid/{parameter}", status=500)

    met = [
        findity.api.get(f"{LIST}{tail}").status_code
        for tail in ("externalid/A", "externalid/B/", "", "externalid/lookup?vat=1")
    ]

    assert met == [500, 500, 200, 200]


def test_a_template_may_be_filled_in_part(findity: Findity) -> None:
    a, b = findity.organization("A")["id"], findity.organization("B")["id"]
    base = "/api/v1/admin/organizations"
    fault(findity, path=f"{base}/{a}/accounts/{{accountId}}", status=500)

    met = [findity.api.get(f"{base}/{org}/accounts/x").status_code for org in (a, b)]

    assert met == [500, 404]


def test_a_rule_without_either_meets_every_request(findity: Findity) -> None:
    fault(findity, status=503)

    assert [findity.api.get(LIST).status_code, ask(findity).status_code] == [503, 503]


def test_a_head_is_met_as_a_get(findity: Findity) -> None:
    fault(findity, operation="listOrganizations", status=500)

    assert findity.api.head(LIST).status_code == 500


def test_whoever_is_not_signed_in_meets_no_rule(findity: Findity) -> None:
    fault(findity, status=503)

    answer = findity.http.get(LIST, headers={"authorization": f"Bearer {findity.name}.gone"})

    assert (answer.status_code, hits(findity)) == (401, [(0, 0)])


def test_the_token_endpoint_is_met_by_its_client_id(findity: Findity) -> None:
    fault(findity, operation="issueToken", status=429, headers={"Retry-After": "1"}, times=1)

    first, second = ask(findity), ask(findity)

    assert (first.status_code, first.headers["retry-after"]) == (429, "1")
    assert second.status_code == 200


def test_the_control_api_is_never_met(findity: Findity) -> None:
    fault(findity, connection="reset")

    answers = [findity.control("GET", "/clock"), findity.control("PUT", "/settings", {})]

    assert ([a.status_code for a in answers], hits(findity)) == ([200, 200], [(0, 0)])


def test_another_sandbox_is_never_met(make_findity: Callable[..., Findity]) -> None:
    broken, well = make_findity(), make_findity()
    fault(broken, status=500)

    assert (well.api.get(LIST).status_code, ask(well).status_code) == (200, 200)


def test_a_reset_takes_the_rules_away(findity: Findity) -> None:
    fault(findity, status=500)

    findity.control("POST", "/reset")

    findity.sign_in()
    assert (hits(findity), statuses(findity, 1)) == ([], [200])


def test_a_rule_can_be_taken_away(findity: Findity) -> None:
    kept, gone = fault(findity, status=500, skip=9), fault(findity, status=503)

    answer = findity.control("DELETE", f"/faults/{gone}")

    left = [rule["id"] for rule in findity.control("GET", "/faults").json()["data"]]
    assert (answer.status_code, left, statuses(findity, 1)) == (204, [kept], [200])


def test_a_rule_that_is_not_there_cannot(findity: Findity) -> None:
    answer = findity.control("DELETE", "/faults/fault-9")

    assert (answer.status_code, answer.json()["code"]) == (404, "FAULT_NOT_FOUND")


def test_the_rules_of_a_set_can_be_taken_away(findity: Findity) -> None:
    kept = fault(findity, status=500)
    findity.made("/faults", {"set": "flaky"})

    findity.control("DELETE", "/faults?set=flaky")

    assert [r["id"] for r in findity.control("GET", "/faults").json()["data"]] == [kept]


def test_all_rules_can_be_taken_away(findity: Findity) -> None:
    fault(findity, status=500)
    findity.made("/faults", {"set": "slow"})

    findity.control("DELETE", "/faults")

    assert hits(findity) == []


@pytest.mark.parametrize(
    ("name", "rules"), [("flaky", 3), ("rate-limited", 1), ("slow", 1), ("token-expiry", 1)]
)
def test_a_named_set_is_these_rules(findity: Findity, name: str, rules: int) -> None:
    made = findity.made("/faults", {"set": name})

    assert made["meta"] == {"count": rules, "total": rules}
    assert {rule["set"] for rule in made["data"]} == {name}


def test_an_outage_answers_nothing_but_a_page(findity: Findity) -> None:
    findity.made("/faults", {"set": "outage"})

    answers = [findity.api.get(LIST), ask(findity), findity.api.post(NEW, json=BODY)]

    assert {(a.status_code, a.headers["content-type"]) for a in answers} == {
        (503, "text/html; charset=utf-8")
    }


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"operation": "bookTrip", "status": 500}, "bookTrip"),
        ({"operation": "getHealth", "status": 500}, "getHealth"),
        ({"path": "/api/nowhere", "status": 500}, "/api/nowhere"),
        ({"path": "/_mockfindity/health", "status": 500}, "/_mockfindity/health"),
        ({"path": LIST + "?max=1", "status": 500}, "?max=1"),
        ({"method": "DELETE", "path": LIST, "status": 500}, "DELETE"),
        ({"operation": "listUsers", "path": LIST, "status": 500}, "operation"),
        ({"set": "gremlins"}, "set"),
        ({"set": "flaky", "times": 1}, "set"),
        ({"status": 200}, "status"),
        ({"status": 500, "probability": 1.5}, "probability"),
        ({"status": 500, "times": 0}, "times"),
        ({"connection": "explode"}, "connection"),
        ({"code": "X"}, "code"),
        ({}, "nothing"),
        ({"status": 500, "headers": {"a b": "c"}}, "a b"),
        ({"status": 500, "headers": {"a": "b\r\nc: d"}}, "headers"),
        ({"status": 500, "headers": {"a": " b"}}, "headers"),
        ({"status": 500, "headers": {"Content-Length": "3"}}, "Content-Length"),
        ({"status": 500, "sttus": 1}, "sttus"),
    ],
    ids=str,
)
def test_a_rule_that_could_not_work_is_refused(
    findity: Findity, rule: dict[str, Any], named: str
) -> None:
    answer = findity.control("POST", "/faults", rule)

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_REQUEST")
    assert named in answer.json()["description"]
    assert hits(findity) == []
