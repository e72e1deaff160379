"""The journal's pages: what was asked, found by what is known of it, and read whole."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import httpx2
import pytest
from entries import ENTRY, journal, last
from support import Findity

from mockfindity.dashboard.bodies import body_of
from mockfindity.domain.record import replace
from mockfindity.sandboxes import Sandboxes

Read = Callable[..., httpx2.Response]
LIST = "/api/admin/organizations/"


@pytest.fixture
def asked(findity: Findity) -> Findity:
    """A sandbox that was asked for its organizations, for one that is not there, and mistyped."""
    findity.control("DELETE", "/requests")
    findity.api.get(LIST)
    findity.api.get(f"{LIST}externalid/NOBODY/")
    findity.api.get("/api/admin/organisations/")
    return findity


def rows(page: str) -> list[str]:
    """The ids of the requests in a list."""
    return re.findall(r'<tr id="request-(\d+)">', page)


def ids(findity: Findity) -> list[int]:
    return [entry["id"] for entry in journal(findity)]


def test_the_newest_request_stands_first(asked: Findity, read: Read) -> None:
    page = read("/requests").text

    assert [int(row) for row in rows(page)] == ids(asked)[::-1]
    assert ">listOrganizations</td>" in page
    assert 'data-tone="warn">404</span>' in page
    assert f"<td>{asked.client_id}</td>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "nobody"}, 1),
        ({"search": "ORGANI"}, 3),
        ({"status": "4xx"}, 2),
        ({"status": "4xx,5xx"}, 2),
        ({"status": "2xx,404"}, 3),
        ({"status": "200"}, 1),
        ({"operation": "getOrganization"}, 1),
        ({"path": "*/externalid/*"}, 1),
        ({"method": "DELETE"}, 0),
        ({"client": "nobody"}, 0),
        ({"search": "", "method": "", "status": "4xx", "path": "", "client": ""}, 2),
    ],
)
def test_requests_are_found_by(
    asked: Findity, read: Read, query: dict[str, str], found: int
) -> None:
    page = read("/requests", **query).text

    assert len(rows(page)) == found
    assert ("No request is like that." in page) == (found == 0)


def test_a_filter_that_means_nothing_is_told(asked: Findity, read: Read) -> None:
    answer = read("/requests", status="6xx")

    assert answer.status_code == 400
    assert (
        "an HTTP status, a class such as 4xx, or several with commas between, was expected"
        in answer.text
    )


def test_the_way_on_keeps_what_is_looked_for(
    findity: Findity, sandboxes: Sandboxes, read: Read
) -> None:
    entries = sandboxes[findity.name].journal
    entries.clear()
    for number in range(1, 121):
        status = 404 if number % 2 else 200
        entries.add(replace(ENTRY, number=number, raw_path=f"/x/{number}", status=status))

    second = read("/requests", status="404", offset="50").text
    assert rows(second) == [str(number) for number in range(19, 0, -2)]
    assert 'href="/dashboard/' + findity.name + '/requests?status=404&amp;offset=0"' in second
    one = read("/requests/17", status="404").text
    assert re.findall(r"requests/(\d+)\?status=404", one) == ["19", "15"]


def test_the_newest_has_no_newer_and_the_oldest_no_older(asked: Findity, read: Read) -> None:
    first, _, third = ids(asked)

    assert ">Newer</a>" not in read(f"/requests/{third}").text
    assert ">Older</a>" not in read(f"/requests/{first}").text
    assert ">Older</a>" in read(f"/requests/{third}").text


def test_one_request_is_read_whole(acme: Findity, read: Read) -> None:
    body = '{"externalSourceId":"ACME","name":"Åre <b>","colour":1}'
    headers = {"x-own": "<i>7</i>", "x-findity-apiversion": "3"}
    acme.api.post(f"{LIST}externalid/ACME/?a=1&a=%3Cp%3E", content=body.encode(), headers=headers)
    entry = last(acme)

    page = read(f"/requests/{entry['id']}").text
    assert "POST /api/admin/organizations/externalid/ACME/" in page
    assert "  &#34;name&#34;: &#34;Åre &lt;b&gt;&#34;," in page
    assert "<code>&lt;i&gt;7&lt;/i&gt;</code>" in page
    assert page.count('<tr><th scope="row">a</th>') == 2
    assert "<code>&lt;p&gt;</code>" in page
    assert 'href="/docs#admin/upsertOrganization"' in page
    assert "documented (organizations guide)" in page
    assert "Findity does not know this field of the body: <code>colour</code>." in page
    assert "<strong>ADM-7</strong>" in page
    assert entry["requestId"] in page
    assert "<b>" not in page
    command = html.unescape(page.partition('<pre id="command" tabindex="0">')[2])
    assert command.startswith(f"curl -X POST '{acme.url}{LIST}externalid/ACME/?a=1&a=%3Cp%3E'")
    assert '-H "Authorization: Bearer $FINDITY_TOKEN"' in command
    token = html.unescape(page.partition('<pre id="token" tabindex="0">')[2])
    assert token.startswith(f"FINDITY_TOKEN=$(curl -s {acme.url}/oauth/token")


def test_a_link_leads_to_what_failed(asked: Findity, read: Read) -> None:
    page = read("/requests").text

    assert f'<a id="only-failed" href="/dashboard/{asked.name}/requests?status=4xx%2C5xx"' in page
    assert 'aria-current="true">Only failed</a>' in read("/requests", status="4xx,5xx").text


def test_a_form_is_a_table_without_its_secrets(findity: Findity, read: Read) -> None:
    findity.token()

    page = read(f"/requests/{last(findity)['id']}").text
    assert '<th scope="row">grant_type</th><td class="wide"><code>client_credentials</code>' in page
    assert '<th scope="row">client_secret</th><td class="wide"><code>[redacted]</code>' in page
    assert findity.client_secret not in page


def test_a_mistyped_path_is_told_with_what_was_meant(asked: Findity, read: Read) -> None:
    page = read(f"/requests/{ids(asked)[2]}").text

    assert "Did you mean <code>/api/admin/organizations</code>?" in page


def test_a_wrong_method_is_told(asked: Findity, read: Read) -> None:
    asked.api.patch(LIST)

    page = read(f"/requests/{last(asked)['id']}").text
    assert "The path does not take PATCH, but GET, HEAD." in page


def test_the_fault_that_struck_is_told(asked: Findity, read: Read) -> None:
    asked.made("/faults", {"connection": "reset", "phase": "after"})
    with pytest.raises(httpx2.ReadError):
        asked.api.get(LIST)

    page = read(f"/requests/{last(asked)['id']}").text
    assert f'<a href="/dashboard/{asked.name}/faults">fault-1</a>' in page
    assert "The client got no answer; what is shown as one was kept back." in page
    assert ">no answer</span>" in read("/requests").text
    asked.control("DELETE", "/faults")
    assert "fault-1, which was deleted since" in read(f"/requests/{last(asked)['id']}").text


def test_an_empty_journal_says_how_to_begin_and_where_strays_are(
    findity: Findity, read: Read
) -> None:
    findity.http.get(LIST)
    findity.control("DELETE", "/requests")

    page = read("/requests").text
    assert "Nothing was asked yet." in page
    assert "with no key of any sandbox. Such requests are in the sandbox default" in page


def test_a_stray_request_is_marked_in_default(server: str, asked: Findity) -> None:
    asked.http.get(LIST)

    page = httpx2.get(f"{server}/dashboard/default/requests?unclaimed=true", verify=False).text
    assert ">no known key</span>" in page
    assert '<input type="checkbox" name="unclaimed" value="true" checked>' in page


def test_a_request_that_was_forgotten_is_not_there(asked: Findity, read: Read) -> None:
    assert read("/requests/0").status_code == 404


def test_a_body_that_nests_too_deep_to_be_indented_is_shown_as_it_is(
    asked: Findity, read: Read
) -> None:
    asked.api.post(f"{LIST}externalid/A/", content=b"[" * 30_000)

    answer = read(f"/requests/{last(asked)['id']}")
    assert answer.status_code == 200
    assert "[" * 30_000 in answer.text


@pytest.mark.parametrize(
    ("text", "size", "kind", "is_cut"),
    [
        ("", 0, "none", False),
        ("", 11_000_000, "none", True),
        ('{"a":1}', 7, "json", False),
        ("[1,", 3, "json", False),
        ("a=1&b=2", 7, "form", False),
        ("a" * 65_536, 80_000, "form", True),
    ],
)
def test_a_body_is_read_as_what_it_is(text: str, size: int, kind: str, is_cut: bool) -> None:
    body = body_of(text, {"content-type": "application/x-www-form-urlencoded"}, size)

    assert (body.kind, body.is_cut) == (kind, is_cut)


def test_a_body_that_is_neither_json_nor_a_form_is_a_text() -> None:
    assert body_of("<html>", {"content-type": "text/html"}).kind == "text"
