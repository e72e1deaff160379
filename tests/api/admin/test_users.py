"""Users: batches, how one is found in them, and what becomes of a deleted user's reports."""

from __future__ import annotations

from typing import Any

import pytest
from support import Findity


def put(findity: Findity, *users: dict[str, Any], query: str = "") -> Any:
    answer = findity.api.put(f"{findity.admin}/users/{query}", json=list(users))
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(findity: Findity, query: str = "") -> Any:
    return findity.api.get(f"{findity.admin}/users/{query}").json()


def anna(findity: Findity) -> Any:
    return findity.api.get(f"{findity.admin}/users/externalid/ANNA/").json()


def test_a_batch_creates_changes_and_deletes(acme: Findity) -> None:
    acme.users("BO")

    answer = put(
        acme,
        {"externalSourceId": "CLAES", "person": {"firstName": "Claes", "lastName": "Ek"}},
        {"externalSourceId": "ANNA", "title": "Boss"},
        {"externalSourceId": "BO", "delete": True},
    )

    assert answer == {
        "result": "success",
        "description": "users updated",
        "ongoingReports": [],
        "movedReports": [],
    }
    assert [(u["externalSourceId"], u["title"]) for u in listed(acme)] == [
        ("ANNA", "Boss"),
        ("CLAES", None),
    ]
    assert anna(acme)["person"]["firstName"] == "Anna"


@pytest.mark.parametrize("by", ["id", "externalSourceId", "person"])
def test_a_user_is_found_by_each_of_three_ids(acme: Findity, by: str) -> None:
    before = anna(acme)
    found: dict[str, dict[str, Any]] = {
        "id": {"id": before["id"], "externalSourceId": "ANNA"},
        "externalSourceId": {"externalSourceId": "ANNA"},
        "person": {"person": {"externalSourceId": "P-ANNA"}},
    }

    put(acme, found[by] | {"title": "Boss"})

    assert [(u["id"], u["title"]) for u in listed(acme)] == [(before["id"], "Boss")]


def test_flat_fields_are_taken_and_nested_ones_answered(acme: Findity) -> None:
    flat = {"firstName": "Bo", "lastName": "Ek", "email": "bo@example.com"}

    put(acme, {"externalSourceId": "BO", "personnelNumber": "17"} | flat)

    user = acme.api.get(f"{acme.admin}/users/externalid/BO/").json()
    assert (user["employeeId"], "firstName" in user) == ("17", False)
    assert {name: user["person"][name] for name in flat} == flat


def test_users_are_an_array_or_with_max_a_page(acme: Findity) -> None:
    acme.users("BO", "CLAES")

    page = listed(acme, "?max=1&offset=1&status=NOBODY")

    assert [u["externalSourceId"] for u in listed(acme)] == ["ANNA", "BO", "CLAES"]
    assert [u["externalSourceId"] for u in page["userList"]] == ["BO"]
    assert (page["count"], page["total"]) == (1, 3)


def test_new_users_are_pending_and_may_own_reports(acme: Findity) -> None:
    assert anna(acme)["status"] == "PENDING_ACTIVATION"

    acme.ready()

    assert anna(acme)["status"] == "PENDING_ACTIVATION"


def test_an_invitation_is_recorded_for_new_users_only(acme: Findity) -> None:
    bo = {"externalSourceId": "BO", "firstName": "Bo", "lastName": "Ek", "email": "bo@example.com"}
    claes = {"externalSourceId": "CLAES", "firstName": "Claes", "lastName": "Ek"}

    put(acme, bo, {"externalSourceId": "ANNA", "title": "Boss"})
    put(acme, claes, query="?sendInvitationMail=false")

    path = f"/organizations/{acme.org}/invitations"
    invited = [one["email"] for one in acme.control("GET", path).json()["data"]]
    assert invited == ["anna@example.com", "bo@example.com"]


def approvers(findity: Findity) -> list[str]:
    path = f"{findity.admin}/customdimensions/cost-center/list/approvers/"
    values = findity.api.get(path).json()["values"]
    return [a["externalSourceId"] for value in values for a in value["approvers"]]


def test_reports_of_a_deleted_user_go_on_and_are_listed(acme: Findity) -> None:
    acme.users("BO")
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    acme.api.put(path, json={"values": [{"id": "CC-001", "value": "Marketing"}]})
    both = [{"externalSourceId": "ANNA"}, {"externalSourceId": "BO"}]
    acme.api.put(f"{path}approvers/", json={"values": [{"id": "CC-001", "approvers": both}]})
    ready = acme.ready()
    acme.report()

    answer = acme.api.delete(f"{acme.admin}/users/externalid/ANNA/").json()

    assert [(r["id"], r["status"]) for r in answer["ongoingReports"]] == [(ready, "READY_TO_SEND")]
    assert answer["movedReports"] == []
    assert (answer["result"], answer["description"]) == ("success", "user deleted")
    assert acme.api.get(f"{acme.admin}/users/externalid/ANNA/").status_code == 404
    assert acme.bulk_send()["numberOfReports"] == 1
    assert approvers(acme) == ["BO"]
