"""Dimensions: how a field is found, how its values and their approvers are kept."""

from __future__ import annotations

from typing import Any

import pytest
from support import Findity


def put(findity: Findity, path: str, body: Any) -> Any:
    answer = findity.api.put(f"{findity.admin}/customdimensions/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def values(findity: Findity) -> dict[str, str]:
    answer = findity.api.get(f"{findity.admin}/customdimensions/cost-center/list/")
    return {value["id"]: value["value"] for value in answer.json()["values"]}


def of_list(*given: dict[str, Any]) -> dict[str, Any]:
    return {"values": list(given)}


@pytest.fixture
def marketing(acme: Findity) -> Findity:
    """ACME with one cost center, of which Anna approves."""
    put(acme, "cost-center/list/", of_list({"id": "CC-001", "value": "Marketing"}))
    anna = {"externalSourceId": "ANNA", "sortOrder": 1}
    put(acme, "cost-center/list/approvers/", of_list({"id": "CC-001", "approvers": [anna]}))
    return acme


def approvers(findity: Findity) -> list[tuple[str, int]]:
    answer = findity.api.get(f"{findity.admin}/customdimensions/cost-center/list/approvers/")
    return [
        (approver["externalSourceId"], approver["sortOrder"])
        for value in answer.json()["values"]
        for approver in value["approvers"]
    ]


@pytest.mark.parametrize("by", ["externalSourceId", "id", "description"])
def test_a_field_is_found_by_each_of_three_names(acme: Findity, by: str) -> None:
    (made,) = put(acme, "", [{"description": "Crew", "externalSourceId": "crew"}])["dimensions"]
    name = {by: made[by]}

    (changed,) = put(acme, "", [name | {"level": "REPORT"}])["dimensions"]

    assert changed == made | {"level": "REPORT"}
    listed = acme.api.get(f"{acme.admin}/customdimensions/").json()["dimensions"]
    assert [field["description"] for field in listed] == ["Cost center", "Project", "Crew"]


def test_a_field_without_an_external_id_is_addressed_by_its_own(acme: Findity) -> None:
    (made,) = put(acme, "", [{"description": "Crew"}])["dimensions"]

    put(acme, f"{made['id']}/list/", of_list({"id": "1", "value": "Red"}))

    answer = acme.api.get(f"{acme.admin}/customdimensions/{made['id']}/list/").json()
    assert made["externalSourceId"] is None
    assert [value["value"] for value in answer["values"]] == ["Red"]


def test_a_field_comes_back_as_it_was_sent(acme: Findity) -> None:
    sent = {"description": "Value", "level": "EXPENSE", "presetLocation": "EMPLOYEE"}

    (made,) = put(acme, "", [sent])["dimensions"]

    assert {name: made[name] for name in sent} == sent


def test_values_are_added_changed_and_removed(marketing: Findity) -> None:
    put(marketing, "cost-center/list/", of_list({"id": "CC-002", "value": "Sales"}))

    put(
        marketing,
        "cost-center/list/?clearBeforeUpdate=false",
        of_list({"id": "CC-002", "delete": True}, {"id": "CC-001", "value": "Brand"}),
    )

    assert values(marketing) == {"CC-001": "Brand"}
    assert approvers(marketing) == [("ANNA", 1)]


def test_clearing_leaves_only_what_is_sent(marketing: Findity) -> None:
    put(marketing, "cost-center/list/", of_list({"id": "CC-002", "value": "Sales"}))

    body = of_list({"id": "CC-001", "value": "Marketing"}, {"id": "CC-003", "value": "Law"})
    put(marketing, "cost-center/list/?clearBeforeUpdate=true", body)

    assert values(marketing) == {"CC-001": "Marketing", "CC-003": "Law"}
    assert approvers(marketing) == []


def test_approvers_are_added_to_those_there_are(marketing: Findity) -> None:
    marketing.users("BO")
    path = "cost-center/list/approvers/"

    put(marketing, path, of_list({"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}))
    added = approvers(marketing)
    gone = {"externalSourceId": "ANNA", "delete": True}
    put(marketing, path, of_list({"id": "CC-001", "approvers": [gone]}))

    assert (added, approvers(marketing)) == ([("BO", 0), ("ANNA", 1)], [("BO", 0)])


def test_lists_have_the_envelope_of_the_puts(marketing: Findity) -> None:
    put(marketing, "cost-center/list/", of_list({"id": "CC-002", "value": "Sales"}))
    base = f"{marketing.admin}/customdimensions/"

    lists = [
        marketing.api.get(f"{base}{path}").json()
        for path in ("", "cost-center/list/", "cost-center/list/approvers/")
    ]

    assert [one["result"] for one in lists] == ["success"] * 3
    assert [field["externalSourceId"] for field in lists[0]["dimensions"]] == [
        "cost-center",
        "project",
    ]
    assert [value["id"] for value in lists[1]["values"]] == ["CC-001", "CC-002"]
    assert [value["id"] for value in lists[2]["values"]] == ["CC-001"]
