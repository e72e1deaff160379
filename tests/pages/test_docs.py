"""/docs as it is served: its page, what the page is made of, and where none of it goes.

How it looks and works in a browser is in ``test_docs_in_a_browser.py``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

import mockfindity
from mockfindity.app import App
from mockfindity.gate import Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen, serving

VENDORED = Path(mockfindity.__file__).parent / "data" / "docs" / "swagger-ui"
PATHS = (
    "/docs",
    "/docs/assets/docs.css",
    "/docs/assets/docs.js",
    "/docs/assets/icon.png",
    "/docs/assets/swagger-ui.css",
    "/docs/assets/swagger-ui-bundle.js",
    "/favicon.ico",
    "/openapi/admin.json",
)


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    """A client of a server that nobody else talks to."""
    with serving() as url, httpx2.Client(base_url=url, timeout=20, verify=False) as http:
        yield http


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_is_there_with_and_without_a_slash(http: httpx2.Client, path: str) -> None:
    answer = http.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>mockfindity: API documentation</title>" in answer.text


@pytest.mark.parametrize(
    ("asset", "media_type", "begins"),
    [
        ("docs.css", "text/css", b"/* The header"),
        ("docs.js", "text/javascript; charset=utf-8", b'"use strict";'),
        ("icon.png", "image/png", b"\x89PNG"),
        ("swagger-ui.css", "text/css", b".swagger-ui"),
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8", b"/*! For license"),
    ],
)
def test_assets_are_served_as_what_they_are(
    http: httpx2.Client, asset: str, media_type: str, begins: bytes
) -> None:
    answer = http.get(f"/docs/assets/{asset}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content.startswith(begins)


def test_the_page_names_nothing_that_is_not_served(http: httpx2.Client) -> None:
    named = set(re.findall(r'(?:href|src)="([^#"]+)"', http.get("/docs").text))

    assert len(named) == 9
    assert {http.get(path).status_code for path in named} == {200}


def test_the_browser_is_told_to_load_nothing_from_elsewhere(http: httpx2.Client) -> None:
    page = http.get("/docs")

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy
    assert "<script>" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize("path", PATHS)
def test_head_is_answered_as_get_without_a_body(http: httpx2.Client, path: str) -> None:
    got, head = http.get(path), http.head(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == str(len(got.content))


@pytest.mark.parametrize("path", PATHS)
def test_what_a_browser_has_is_not_sent_again(http: httpx2.Client, path: str) -> None:
    tag = http.get(path).headers["etag"]

    assert http.get(path).headers["cache-control"] == "no-cache"
    for known in (tag, f'"other", {tag}', f"W/{tag}"):
        again = http.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert http.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "asset",
    [
        "nothing.js",
        "docs.html",
        "..%2fdocs.html",
        "..%2f..%2f__init__.py",
        "swagger-ui%2fLICENSE",
        "%2fetc%2fpasswd",
        "%2e%2e",
        "docs.js%00",
    ],
)
def test_an_asset_that_is_not_in_the_table_is_not_there(http: httpx2.Client, asset: str) -> None:
    answer = http.get(f"/docs/assets/{asset}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "NOT_FOUND"


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_only_read(http: httpx2.Client, path: str) -> None:
    answer = http.post(path, content=b"x")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_pages_are_left_out_of_the_journal_the_faults_and_the_rate_limit(
    http: httpx2.Client,
) -> None:
    limit = {"rateLimit": {"requests": 1, "perSeconds": 3600}}
    assert http.put("/_mockfindity/settings", json=limit).status_code == 200
    for rule in ({"method": "GET", "path": "/docs"}, {"operation": "getDocsPage"}):
        refused = http.post("/_mockfindity/faults", json={**rule, "status": 500})
        assert refused.status_code == 400
    for path in PATHS:
        assert http.get(path).status_code == 200
        assert http.post(path).status_code == 405
    assert http.get("/docs/nothing").status_code == 404
    assert http.get("/%64ocs/assets/nothing").status_code == 404

    assert http.get("/_mockfindity/requests/count").json() == {"count": 0}
    http.post("/_mockfindity/reset")


def test_the_control_token_is_not_asked_for_what_is_only_read() -> None:
    listener = listen(port=0)
    url = address(listener)
    with in_thread(App(Sandboxes(url), Gate("s3cret")), listener):
        assert httpx2.get(f"{url}/_mockfindity/clock", verify=False).status_code == 401
        assert {httpx2.get(url + path, verify=False).status_code for path in PATHS} == {200}


def test_nobody_is_sent_to_a_page_who_mistyped_a_path(http: httpx2.Client) -> None:
    answer = http.get("/dox")

    assert answer.status_code == 404
    assert "/docs" not in answer.json()["description"]
    http.delete("/_mockfindity/requests")


def test_the_vendored_files_are_those_that_were_published() -> None:
    """``make docs-assets`` writes both the files and their hashes, from a pinned archive."""
    lines = (VENDORED / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    assert {path.name for path in VENDORED.iterdir()} == {*sums, "SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest, name
    bundle = "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2"
    assert sums["swagger-ui-bundle.js"] == bundle
