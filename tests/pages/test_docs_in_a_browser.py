"""/docs in a real browser: all of it shows, all of it can be tried, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from browser import NARROW, Docs
from playwright.sync_api import Browser, expect

from mockfindity.app import App
from mockfindity.gate import Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen, serving

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def url() -> Iterator[str]:
    """A server of the test's own: the page acts on the sandbox ``default``."""
    with serving() as url:
        yield url


@pytest.fixture
def docs(browser: Browser, url: str) -> Iterator[Docs]:
    """A tab that is closed before the server, which would wait for its connections."""
    docs = Docs(browser)
    yield docs
    docs.context.close()


def asked(url: str) -> list[str]:
    """Method, path and status of everything in the journal of the sandbox ``default``."""
    found = httpx2.get(f"{url}/_mockfindity/requests", verify=False).json()["data"]
    return [f"{entry['method']} {entry['path']} {entry['status']}" for entry in found]


NAMES = ("admin", "connect", "oauth", "control")


def operations(url: str, name: str) -> int:
    """How many operations and webhooks a document has."""
    document = httpx2.get(f"{url}/openapi/{name}.json", verify=False).json()
    items = [*document["paths"].values(), *document.get("webhooks", {}).values()]
    return sum(method in item for item in items for method in ("get", "post", "put", "delete"))


def test_every_document_is_shown_and_none_asks_another_host(docs: Docs, url: str) -> None:
    docs.open(url, "admin")
    shown = [docs.operations]
    for name in ("Connect", "OAuth", "Control"):
        docs.choose(name)
        shown.append(docs.operations)

    assert shown == [operations(url, name) for name in NAMES]
    assert docs.troubles == []
    assert [asked for asked in docs.requests if not asked.startswith((f"{url}/", "data:"))] == []
    assert asked(url) == []


def test_an_address_leads_to_one_document(docs: Docs, url: str) -> None:
    docs.open(url, "control")
    assert docs.operation("getClock").is_visible()
    assert docs.text("a[aria-current=page]") == "Control"

    docs.open(url, "nonsense")
    assert docs.operation("listOrganizations").is_visible()
    assert docs.text("a[aria-current=page]") == "Admin"
    assert docs.troubles == []


def test_an_address_leads_to_one_operation(docs: Docs, url: str) -> None:
    docs.open(url, "admin/upsertOrganization")
    docs.operation("upsertOrganization").locator(".opblock-body").wait_for()
    assert docs.page.locator(".opblock.is-open").count() == 1
    expect(docs.operation("upsertOrganization")).to_be_in_viewport()

    docs.open(url, 'admin/no"]thing')
    assert docs.page.locator(".opblock.is-open").count() == 0
    assert docs.troubles == []


def test_the_page_signs_in_by_itself_when_something_is_tried(docs: Docs, url: str) -> None:
    docs.open(url, "admin")
    assert docs.text("#signed-in") == "Not signed in yet."

    assert docs.try_out("listOrganizations") == "200"
    assert docs.execute("listOrganizations") == "200"

    assert docs.text("#signed-in") == "Signed in as mockfindity-client."
    assert asked(url) == [
        "POST /oauth/token 200",
        "GET /api/admin/organizations 200",
        "GET /api/admin/organizations 200",
    ]
    assert docs.troubles == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock/advance", {"seconds": 4000}),
        ("/tokens/expire", None),
        ("/tokens/revoke", None),
        ("/reset", None),
    ],
)
def test_a_token_that_has_ended_is_renewed(
    docs: Docs, url: str, path: str, body: dict[str, int] | None
) -> None:
    docs.open(url, "admin")
    assert docs.try_out("listOrganizations") == "200"

    assert httpx2.post(f"{url}/_mockfindity{path}", json=body, verify=False).is_success

    assert docs.execute("listOrganizations") == "200"
    assert asked(url)[-3:] == [
        "GET /api/admin/organizations 401",
        "POST /oauth/token 200",
        "GET /api/admin/organizations 200",
    ]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 503}, "Not signed in: POST /oauth/token was answered with 503."),
        ({"connection": "reset"}, "Not signed in: POST /oauth/token was not answered."),
    ],
)
def test_why_it_did_not_sign_in_is_said(
    docs: Docs, url: str, fault: dict[str, Any], said: str
) -> None:
    rule = {"operation": "issueToken", **fault}
    assert httpx2.post(f"{url}/_mockfindity/faults", json=rule, verify=False).is_success
    docs.open(url, "admin")

    assert docs.try_out("listOrganizations") == "401"

    assert docs.text("#signed-in") == said


def test_another_key_may_be_used(docs: Docs, url: str) -> None:
    made = httpx2.post(f"{url}/_mockfindity/sandboxes", json={"name": "other"}, verify=False).json()
    docs.open(url, "admin")
    docs.page.get_by_role("button", name="Authorize").click()
    dialog = docs.page.locator(".dialog-ux")
    assert dialog.get_by_label("client_id").input_value() == "mockfindity-client"
    dialog.get_by_label("client_id").fill(made["clientId"])
    dialog.get_by_label("client_secret").fill(made["clientSecret"])
    dialog.get_by_role("button", name="Apply given OAuth2 credentials").click()
    dialog.get_by_role("button", name="Close").last.click()

    assert docs.try_out("listOrganizations") == "200"

    found = f"{url}/_mockfindity/sandboxes/other/requests/count?operation=listOrganizations"
    assert httpx2.get(found, verify=False).json() == {"count": 1}
    assert asked(url) == []


def test_the_control_api_can_be_tried(docs: Docs, url: str) -> None:
    docs.open(url, "control")

    assert docs.try_out("getHealth") == "200"
    assert docs.try_out("getClock") == "200"
    assert docs.troubles == []


def test_a_control_token_is_given_by_authorize(docs: Docs) -> None:
    listener = listen(port=0)
    url = address(listener)
    with in_thread(App(Sandboxes(url), Gate("s3cret")), listener):
        docs.open(url, "control")
        assert docs.try_out("getClock") == "401"
        docs.page.get_by_role("button", name="Authorize").click()
        docs.page.locator(".dialog-ux input").fill("s3cret")
        docs.page.get_by_role("button", name="Apply credentials").click()
        docs.page.get_by_role("button", name="Close").last.click()

        assert docs.execute("getClock") == "200"


def test_a_token_can_be_asked_for_with_the_key_at_hand(docs: Docs, url: str) -> None:
    docs.open(url, "oauth")

    assert docs.try_out("issueToken") == "200"
    assert docs.troubles == []


@pytest.mark.parametrize("document", NAMES)
def test_a_telephone_shows_it_without_scrolling_sideways(
    browser: Browser, url: str, document: str
) -> None:
    docs = Docs(browser, viewport=NARROW)
    docs.open(url, document)
    for block in docs.page.locator(".opblock").all()[:4]:
        block.locator(".opblock-summary-control").click()
        block.locator(".responses-wrapper").wait_for()

    assert not docs.is_wider_than_its_window
    docs.context.close()


@pytest.mark.parametrize(
    ("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(28, 32, 34)")]
)
def test_its_colours_are_those_the_reader_wants(
    browser: Browser, url: str, scheme: str, ground: str
) -> None:
    docs = Docs(browser, color_scheme=scheme)
    docs.open(url, "oauth")

    for place in ("body", ".intro", ".swagger-ui"):
        colours = f"getComputedStyle(document.querySelector('{place}')).backgroundColor"
        assert docs.page.evaluate(colours) in (ground, "rgba(0, 0, 0, 0)")
    colours = "getComputedStyle(document.body).backgroundColor"
    assert docs.page.evaluate(colours) == ground
    docs.context.close()
