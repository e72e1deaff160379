"""The journal, searched: by a text, by classes of statuses, by whom; from either end; one entry."""

from __future__ import annotations

import time
from urllib.parse import quote

import httpx2
import pytest
from entries import ENTRY, journal, last
from support import CLASS, Findity

from mockfindity.control.search import Search
from mockfindity.domain.record import replace

LIST = "/api/admin/organizations/"


@pytest.fixture
def asked(findity: Findity) -> Findity:
    """A sandbox that was asked four things: two that are there, one that is not, one mistyped."""
    findity.control("DELETE", "/requests")
    findity.api.get(LIST, params={"colour": "Mint Green"})
    settings = {"templateOrganizationId": "tmpl-se-001"}
    body = {"externalSourceId": "A", "className": CLASS, "name": "Åre & Söner"}
    findity.api.post(f"{LIST}externalid/A/", json=body | {"settings": settings})
    findity.api.get(f"{LIST}externalid/NOBODY/")
    findity.api.get("/api/admin/organisations/")
    return findity


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("organisations", [404]),
        ("ORGANISATIONS", [404]),
        ("mint green", [200]),
        ("åre & SÖNER", [200]),
        ("ÅRE", [200]),
        ('"organization_not_found"', [404]),
        ("tmpl-se-001", [200]),
        (".*", []),
        ("NOT_THERE", []),
    ],
)
def test_a_text_is_found_literally_wherever_it_stands(
    asked: Findity, text: str, found: list[int]
) -> None:
    assert [e["status"] for e in journal(asked, f"?search={quote(text)}")] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=2xx", ["listOrganizations", "upsertOrganization"]),
        ("status=4XX", ["getOrganization", None]),
        ("status=5xx", []),
        ("client={client}", ["listOrganizations", "upsertOrganization", "getOrganization", None]),
        ("client=nobody", []),
        ("unclaimed=true", []),
        ("unclaimed=false&status=200", ["listOrganizations", "upsertOrganization"]),
        ("newest=true&max=2", [None, "getOrganization"]),
        ("newest=true&max=1&offset=3", ["listOrganizations"]),
        ("search=externalid&newest=true", ["getOrganization", "upsertOrganization"]),
    ],
)
def test_entries_are_found_by(asked: Findity, query: str, found: list[str | None]) -> None:
    query = query.format(client=asked.client_id)

    assert [e["operationId"] for e in journal(asked, f"?{query}")] == found


def test_before_an_id_is_what_came_before_it(asked: Findity) -> None:
    third = journal(asked)[2]["id"]

    before = journal(asked, f"?before={third}&newest=true")

    assert [e["operationId"] for e in before] == ["upsertOrganization", "listOrganizations"]


def test_no_search_tells_a_secret(asked: Findity) -> None:
    token = asked.token()["access_token"]
    coded = f"a=1&%63lient_secret={asked.client_secret}"
    asked.http.post("/oauth/token", content=coded, headers={"content-type": "text/plain"})
    asked.api.get(LIST, params={"token": "hush-hush"})

    for secret in (asked.client_secret, token, "hush-hush"):
        assert journal(asked, f"?search={secret}") == []


def test_bytes_that_are_no_text_are_not_searched() -> None:
    picture = replace(ENTRY, answer=b"\x89PNG logo \xff")

    assert not Search("logo").finds(picture)
    assert Search("logo").finds(replace(ENTRY, answer=b"my LOGO"))


def test_ten_thousand_entries_are_searched_in_the_blink_of_an_eye() -> None:
    body = ('{"name": "Åre & Söner", "colour": "red"}' * 40).encode()
    entries = [replace(ENTRY, number=number, body=body) for number in range(10_000)]

    for text in ("nowhere", "COLOUR", "åre", "SÖNER"):
        search = Search(text)
        started = time.process_time()
        found = sum(search.finds(entry) for entry in entries)
        assert time.process_time() - started < 0.3, text
        assert found in (0, 10_000)


def test_one_entry_is_got_by_its_id_or_its_request_id(asked: Findity) -> None:
    entry = last(asked)

    by_id = asked.control("GET", f"/requests/{entry['id']}")
    by_request_id = asked.control("GET", f"/requests/{entry['requestId']}")

    assert (by_id.status_code, by_id.json()) == (200, entry)
    assert by_request_id.json() == entry


def test_an_entry_that_was_forgotten_is_not_there(asked: Findity) -> None:
    entry = last(asked)
    asked.control("DELETE", "/requests")

    answer = asked.control("GET", f"/requests/{entry['id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "REQUEST_NOT_FOUND")


def test_a_target_is_what_was_sent_without_its_secrets(asked: Findity) -> None:
    asked.api.get(f"{LIST}externalid/a%2Fb%20c?x=1&x=2&client_secret=hush")

    assert last(asked)["target"] == f"{LIST}externalid/a%2Fb%20c?x=1&x=2&client_secret=[redacted]"


def test_what_came_without_a_known_key_is_counted_in_default(server: str, asked: Findity) -> None:
    def count() -> int:
        path = f"{server}/_mockfindity/requests/count?unclaimed=true"
        return int(httpx2.get(path, verify=False).json()["count"])

    before = count()
    asked.http.get(LIST)

    assert count() == before + 1
