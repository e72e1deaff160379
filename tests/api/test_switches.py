"""The switches that decide how strictly a sandbox reads, and how it lists exports."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from support import Findity

ACCOUNT = {"name": "Travel expenses", "number": "9999"}
CLAES = {"externalSourceId": "CLAES", "firstName": "Claes", "lastName": "Ek"}


def switched(findity: Findity, **settings: Any) -> Findity:
    findity.changed("/settings", settings)
    return findity


def code(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(
    ("policy", "status"), [("documented", 200), ("reject", 400), ("ignore", 200)]
)
def test_an_unknown_field_beside_known_ones(acme: Findity, policy: str, status: int) -> None:
    switched(acme, unknownFields=policy)
    answer = acme.api.put(f"{acme.admin}/users/", json=[CLAES | {"colour": "red"}])
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("policy", "status"), [("documented", 400), ("reject", 400), ("ignore", 201)]
)
def test_an_unknown_field_of_an_account(acme: Findity, policy: str, status: int) -> None:
    switched(acme, unknownFields=policy)
    assert acme.api.post(acme.accounts, json=ACCOUNT | {"colour": "red"}).status_code == status


def test_reject_names_the_unknown_field_wherever_it_stands(acme: Findity) -> None:
    switched(acme, unknownFields="reject")
    user = {"externalSourceId": "CLAES", "person": {"firstName": "C", "lastName": "E", "hat": 1}}
    answer = acme.api.put(f"{acme.admin}/users/", json=[CLAES, user])
    assert code(answer) == (400, "NO_KNOWN_JSON_PROPERTIES")
    assert "[1].person.hat" in answer.json()["description"]


def test_ignore_still_asks_for_what_is_needed(acme: Findity) -> None:
    switched(acme, unknownFields="ignore")
    answer = acme.api.post(acme.accounts, json={"accountName": "Travel"})
    assert code(answer) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("headers", [{}, {"X-Findity-ApiVersion": "2"}])
def test_the_api_version_can_be_required(acme: Findity, headers: dict[str, str]) -> None:
    switched(acme, requireApiVersion=True)
    answer = acme.api.get("/api/admin/organizations/", headers=headers)
    assert code(answer) == (400, "INVALID_REQUEST")
    assert "X-Findity-ApiVersion" in answer.json()["description"]


def test_the_api_version_that_is_required_is_taken(acme: Findity) -> None:
    switched(acme, requireApiVersion=True)
    answer = acme.api.get("/api/admin/organizations/", headers={"X-Findity-ApiVersion": "3"})
    assert answer.status_code == 200


def test_the_api_version_is_never_required_of_the_v1_apis(acme: Findity) -> None:
    switched(acme, requireApiVersion=True)
    assert acme.api.get(acme.accounts).status_code == 200
    assert acme.api.get(acme.exports).status_code == 200


def test_the_api_version_is_not_required_unless_it_is_said(acme: Findity) -> None:
    assert acme.api.get("/api/admin/organizations/").status_code == 200


def test_exports_are_listed_in_the_envelope(acme: Findity) -> None:
    acme.ready()
    export = acme.bulk_send()["exportId"]
    listed = acme.api.get(acme.exports).json()
    assert [item["id"] for item in listed["data"]] == [export]
    assert listed["meta"] == {"count": 1, "total": 1}


def test_exports_can_be_listed_as_a_bare_array(acme: Findity) -> None:
    switched(acme, exportListShape="array")
    acme.ready()
    export = acme.bulk_send()["exportId"]
    assert [item["id"] for item in acme.api.get(acme.exports).json()] == [export]


def test_a_basis_needs_no_token_where_that_is_said(acme: Findity) -> None:
    switched(acme, basisUrlAuth=False)
    acme.ready()
    voucher = acme.vouchers(acme.bulk_send()["exportId"])[0]
    answer = acme.http.get(voucher["basisUrl"])
    assert (answer.status_code, answer.json()["voucher"]["id"]) == (200, voucher["id"])
