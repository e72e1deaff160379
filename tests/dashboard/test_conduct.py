"""The conduct page: what was found, what to do, and in which requests it shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx2
from support import Findity

Read = Callable[..., httpx2.Response]
LIST = "/api/admin/organizations/"


def test_what_a_client_must_do_stands_first(findity: Findity, read: Read) -> None:
    findity.control("DELETE", "/requests")
    headers = {"x-findity-apiversion": "3"}
    for _ in range(2):
        findity.api.post(f"{LIST}externalid/A/", json={"name": "x", "<b>": 1}, headers=headers)
        findity.api.get(f"{LIST}externalid/NOBODY/")

    page = read("/conduct").text
    assert re.findall(r"</span> ([A-Z]+-\w+) <span>", page)[:2] == ["ADM-1", "RES-2"]
    assert re.findall(r'data-tone="(?:bad|warn)">(MUST|SHOULD)<', page)[0] == "MUST"
    assert "send the header with every legacy Admin call" in page
    ids = [e["id"] for e in findity.control("GET", "/requests?status=404").json()["data"]]
    links = "".join(f'<a href="/dashboard/{findity.name}/requests/{i}">{i}</a>, ' for i in ids)
    assert links.removesuffix(", ") in page


def test_a_finding_links_to_the_first_twenty_of_its_requests(findity: Findity, read: Read) -> None:
    findity.control("DELETE", "/requests")
    for _ in range(25):
        findity.api.get(LIST)

    page = read("/conduct").text
    assert page.count("/requests/") == 20
    assert "and 5 more</dd>" in page


def test_nothing_found_says_what_is_looked_at(findity: Findity, read: Read) -> None:
    assert "Nothing was found. It looks at whether" in read("/conduct").text


def test_nothing_asked_is_not_judged(findity: Findity, read: Read) -> None:
    findity.control("DELETE", "/requests")

    page = read("/conduct").text
    assert "Nothing was asked yet, so there is nothing to judge." in page
    assert "mockfindity check" in page
