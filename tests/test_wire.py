"""Bodies as clients of many kinds send them."""

from __future__ import annotations

from urllib.parse import quote

from support import Findity

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
