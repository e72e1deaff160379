"""What holds for every page: names are shown and not run, it fits a telephone, anybody can use it,
and it asks nobody else.

The sandbox has everything that a page can show, and a hostile name wherever a client can put one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from browser import NARROW
from dashboards import PAGES, Dashboard
from node import install
from placeholders import filled
from playwright.sync_api import Browser
from support import TAXI, Findity

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = """<script>window.hit=1</script><img src=x onerror="window.hit=1">'"><b>&amp;{{7*7}}"""
HIT = "window.hit === 1"


class Everything:
    """A sandbox with one of everything, named by ``HOSTILE``, and the ids that pages are about."""

    def __init__(self, findity: Findity) -> None:
        self.findity = findity
        self.known: dict[str, str] = {}
        self._set_up()
        self._send()
        self._ask()
        findity.made("/faults", {"set": "slow"})
        findity.made("/clients", {"scope": "application"})
        findity.control("PUT", "/snapshots/before")

    def _set_up(self) -> None:
        findity = self.findity
        findity.organization("ACME", name=HOSTILE)
        person = {"firstName": HOSTILE, "lastName": HOSTILE, "email": "a@example.com"}
        users = [{"externalSourceId": HOSTILE, "person": {"externalSourceId": "P", **person}}]
        assert findity.api.put(f"{findity.admin}/users/", json=users).status_code == 200
        values = {"values": [{"id": HOSTILE, "value": HOSTILE}]}
        path = f"{findity.admin}/customdimensions/project/list/"
        assert findity.api.put(path, json=values).status_code == 200
        approvers = {"values": [{"id": HOSTILE, "approvers": [{"externalSourceId": HOSTILE}]}]}
        assert findity.api.put(f"{path}approvers/", json=approvers).status_code == 200
        account = {"name": HOSTILE, "number": HOSTILE}
        assert findity.api.post(findity.accounts, json=account).status_code == 201
        base = f"/organizations/{findity.org}"
        findity.made(
            f"{base}/categories", {"name": HOSTILE, "accountingNumber": {"number": HOSTILE}}
        )
        findity.made(f"{base}/payment-types", {"name": HOSTILE})
        findity.made(f"{base}/salary-codes", {"name": HOSTILE, "number": HOSTILE})
        recipient = findity.recipient(
            recipientName=HOSTILE,
            webhookUrl="http://127.0.0.1:9/<script>",
            webhookHeaders={"X-Hostile": "<script>window.hit=1</script>"},
        )
        self.known["recipientId"] = recipient["id"]
        findity.changed("/settings", {"webhookMode": "sync", "webhookFailure": "keep"})

    def _send(self) -> None:
        findity, hostile = self.findity, TAXI | {"category": HOSTILE, "description": HOSTILE}
        hostile |= {"dimensionValues": [{"dimension": "project", "value": HOSTILE}]}
        receipts = [{"fileName": HOSTILE, "contentType": "text/html", "content": "PHNjcmlwdD4="}]
        report = findity.report(TAXI | {"receipts": receipts}, owner=HOSTILE, name=HOSTILE)
        findity.made(f"/reports/{report}/submit")
        export = findity.bulk_send()
        (voucher,) = findity.vouchers(export["exportId"])
        update = {"id": voucher["id"], "status": "FAILED", "errorText": HOSTILE}
        path = f"{findity.exports}/{export['exportId']}"
        body = {"voucherUpdates": [update]}
        assert findity.api.put(f"{path}/updatestatus", json=body).status_code == 200
        disposition = {"content-disposition": "attachment; filename*=UTF-8''%3Cscript%3E.html"}
        content = {"content-type": "text/html", **disposition}
        findity.api.put(
            f"{path}/content", content=b"<script>window.hit=1</script>", headers=content
        )
        findity.report(hostile, owner=HOSTILE, name=HOSTILE)
        self.known |= {"reportId": report, "exportId": export["exportId"]}
        self.known |= {"deliveryId": export["webhook"], "voucherId": voucher["id"]}
        self.known |= {"resourceId": voucher["basisUrl"].rpartition("/")[2]}

    def _ask(self) -> None:
        """Requests that are hostile, and what conduct has to say of them."""
        api = self.findity.api
        api.get("/api/v1/nothing/%3Cscript%3E", params={"q": HOSTILE})
        headers = {"x-hostile": "<script>window.hit=1</script>", "content-type": "text/html"}
        api.put(f"{self.findity.admin}/users/", content=HOSTILE.encode(), headers=headers)
        api.post(self.findity.accounts, json={HOSTILE: HOSTILE, "name": "x"})
        entries = self.findity.control("GET", "/requests").json()["data"]
        self.known["requestId"] = str(entries[-1]["id"])


@pytest.fixture(scope="module")
def everything(server: str) -> Iterator[Everything]:
    made = httpx2.post(f"{server}/_mockfindity/sandboxes", json={}, verify=False)
    findity = Findity(server, made.json())
    try:
        yield Everything(findity)
    finally:
        findity.close()


def opened(browser: Browser, everything: Everything, page: str, **options: Any) -> Dashboard:
    findity = everything.findity
    dashboard = Dashboard(browser, findity.url, findity.name, **options)
    dashboard.open(filled(page, everything.known))
    # What is folded away is looked at too.
    dashboard.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
    return dashboard


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    """Every page, one after the other; a test only looks at it."""
    return str(request.param)


@pytest.fixture(scope="module")
def shown(browser: Browser, everything: Everything, page: str) -> Iterator[Dashboard]:
    """The page as anybody sees it."""
    dashboard = opened(browser, everything, page)
    yield dashboard
    dashboard.context.close()


@pytest.fixture(scope="module")
def studied(browser: Browser, everything: Everything, page: str) -> Iterator[Dashboard]:
    """The page under the eyes of axe-core, which its policy would not let in."""
    install()
    dashboard = opened(browser, everything, page, bypass_csp=True)
    yield dashboard
    dashboard.context.close()


def test_a_hostile_name_is_shown_and_not_run(shown: Dashboard) -> None:
    assert shown.page.evaluate(HIT) is False
    assert shown.page.locator("main script, main img[src=x]").count() == 0
    assert "{{7*7}}" in shown.page.content()


def test_a_page_asks_nobody_else_and_has_no_trouble(shown: Dashboard) -> None:
    shown.page.wait_for_timeout(300)

    # What the browser shows PDFs with comes from the browser.
    own = (shown.url, "chrome://", "chrome-extension://")
    assert {url for url in shown.requests if not url.startswith(own)} == set()
    assert shown.troubles == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_shuts_anybody_out(studied: Dashboard, colours: Any) -> None:
    studied.page.emulate_media(color_scheme=colours)

    assert studied.barriers == []


def test_a_page_fits_a_telephone(studied: Dashboard) -> None:
    studied.page.set_viewport_size(NARROW)

    assert not studied.is_wider_than_its_window
