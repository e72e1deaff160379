"""Paths, bodies and lists as clients of many kinds ask for them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from bodies import BODIES, QUERIES
from support import Findity

from mockfindity.routes import loaded

ACCOUNT = b'{"name": "Books", "number": "6971"}'


def test_a_byte_order_mark_is_passed_over(acme: Findity) -> None:
    assert acme.api.post(acme.accounts, content=b"\xef\xbb\xbf" + ACCOUNT).status_code == 201


def test_a_compressed_body_is_refused_by_its_name(acme: Findity) -> None:
    answer = acme.api.post(acme.accounts, content=b"\x1f\x8b\x08")

    assert (answer.json()["code"], "gzip" in answer.json()["description"]) == ("INVALID_JSON", True)


def test_a_path_that_nobody_serves_is_told_the_nearest_one(acme: Findity) -> None:
    answer = acme.api.get("/api/admin/organisations/")

    assert answer.json()["description"].endswith("did you mean /api/admin/organizations?")


def test_an_external_id_may_have_any_characters(findity: Findity) -> None:
    path = f"/api/admin/organizations/externalid/{quote('Å/B ?#', safe='')}/"
    body = {
        "externalSourceId": "Å/B ?#",
        "className": "com.findity.consumer.Company",
        "settings": {"templateOrganizationId": "tmpl-se-001"},
    }
    made = findity.api.post(path, json=body)

    assert (made.status_code, findity.api.get(path).json()["externalSourceId"]) == (200, "Å/B ?#")


def test_a_list_may_ask_for_more_than_there_can_be(acme: Findity) -> None:
    answer = acme.api.get(acme.accounts, params={"max": "9" * 30})

    assert answer.json()["meta"]["count"] == answer.json()["meta"]["total"]


FINDITY_PATHS = [
    pytest.param(r.method, path, r.id, id=f"{r.method} {path}")
    for r in loaded()
    if r.family.is_findity
    for path in r.paths
]


@pytest.mark.parametrize(("method", "path", "operation"), FINDITY_PATHS)
def test_a_trailing_slash_makes_no_difference(
    findity: Findity, method: str, path: str, operation: str
) -> None:
    plain, query = re.sub(r"\{\w+\}", "nobody", path), QUERIES.get(operation, "")
    body = BODIES.get(operation.removesuffix("ByInternalId"))
    answers = [
        findity.api.request(method, f"{plain}{slash}{query}", json=body) for slash in ("", "/")
    ]

    assert answers[0].status_code == answers[1].status_code
    assert not answers[1].is_redirect
    assert answers[1].json().get("code") not in ("NOT_FOUND", "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("base", ["/api/admin", "/api/v1/admin", "/v1/admin"])
def test_an_organization_answers_under_every_base(acme: Findity, base: str) -> None:
    organization = f"{base}/organizations/externalid/ACME"

    paths = ("", "/users", "/customdimensions", "/customdimensions/cost-center/list")
    assert [acme.api.get(organization + path).status_code for path in paths] == [200] * 4


@pytest.mark.parametrize("base", ["/api/v1", "/v1"])
def test_accounts_and_exports_answer_under_both_bases(acme: Findity, base: str) -> None:
    paths = (
        f"{base}/admin/organizations/{acme.org}/accounts",
        f"{base}/admin/organizations/{acme.org}/categories",
        f"{base}/connect/organizations/{acme.org}/exports",
    )
    assert [acme.api.get(path).status_code for path in paths] == [200, 200, 200]


def test_no_body_is_an_empty_one(acme: Findity) -> None:
    answer = acme.api.post(f"/api/admin/organizations/{acme.org}/")

    assert (answer.status_code, answer.json()["externalSourceId"]) == (200, "ACME")


def categories(findity: Findity, **query: Any) -> dict[str, Any]:
    """The list of categories, by its names alone."""
    path = f"/api/v1/admin/organizations/{findity.org}/categories"
    page = findity.api.get(path, params=query).json()
    return {"names": [category["name"] for category in page["data"]], "meta": page["meta"]}


def test_a_list_is_given_in_pages(acme: Findity) -> None:
    assert categories(acme, max=2, offset=1) == {
        "names": ["Travel", "Tickets"],
        "meta": {"count": 2, "total": 15},
    }


def test_a_list_has_a_hundred_entries_unless_more_are_asked_for(acme: Findity) -> None:
    for number in range(86):
        acme.made(f"/organizations/{acme.org}/categories", {"name": f"More {number}"})

    assert categories(acme)["meta"] == {"count": 100, "total": 101}
    assert categories(acme, max=1000)["meta"] == {"count": 101, "total": 101}


def test_ids_and_times_look_as_findity_writes_them(acme: Findity) -> None:
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.ready()
    export = acme.api.get(f"{acme.exports}/{acme.bulk_send()['exportId']}").json()

    assert re.fullmatch("[0-9a-f]{32}", export["id"])
    assert re.fullmatch("[0-9a-f]{32}", acme.org)
    assert export["dateCreated"] == "2026-03-31T08:00:00Z"


def test_a_host_header_changes_no_url(acme: Findity) -> None:
    acme.ready()
    path = f"{acme.exports}/{acme.bulk_send()['exportId']}/export"

    answer = acme.api.get(path, headers={"host": "elsewhere.example"})

    assert answer.json()["vouchers"][0]["basisUrl"].startswith(f"{acme.url}/api/resources/")
