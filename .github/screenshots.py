"""Pictures of the dashboard, for the documentation: ``make screenshots``.

Plays the demo on a server of its own, opens every page in Chromium, light and dark, and once as a
telephone shows it, and writes ``docs/screenshots/PAGE-light.png`` and the like. Each is told.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from mockfindity import Findity, running
from mockfindity.scenario_files import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
NARROW_PAGES = ("flow", "export")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as findity, chromium() as browser:
        known = played(findity)
        for name, path in pages(known).items():
            for colours in ("light", "dark"):
                shot(browser, findity, f"{name}-{colours}", path, colours, WIDE)
            if name in NARROW_PAGES:
                shot(browser, findity, f"{name}-narrow", path, "light", NARROW)


def played(findity: Findity) -> dict[str, str]:
    """Let there be something to see; the ids that pages are about."""
    figures = find("demo").play(findity, lambda done, total, what: None, {})
    findity.faults.add("listExports", status=429, headers={"Retry-After": "1"}, times=1)
    with httpx2.Client(base_url=findity.url) as client:
        request = asked(client, findity, figures["organizationId"])
    company = findity.organization("nordljus")
    company.recipient(webhook_url="http://127.0.0.1:9/findity")
    findity.bulk_send()
    findity.webhooks.wait(9)
    return {"exportId": figures["exports"][0], "requestId": request}


def asked(client: httpx2.Client, findity: Findity, organization: str) -> str:
    """A client at work, which does not keep every rule; the id of a request that was refused."""
    key = {"client_id": findity.client_id, "client_secret": findity.client_secret}
    form = {"grant_type": "client_credentials", **key}
    token = client.post("/oauth/token", data=form).json()["access_token"]
    client.headers["authorization"] = f"Bearer {token}"
    exports = f"/api/v1/connect/organizations/{organization}/exports"
    client.get(exports)
    export = client.get(exports).json()["data"][0]["id"]
    vouchers = client.get(f"{exports}/{export}/export").json()["vouchers"]
    wrong = {"id": vouchers[0]["id"], "status": "BOOKED", "voucherNumber": "B1"}
    client.put(f"{exports}/{export}/updatestatus", json={"voucherUpdates": [wrong]})
    client.get(f"/api/admin/organizations/{organization}/users")
    accounts = f"/api/v1/admin/organizations/{organization}/accounts"
    answer = client.post(accounts, json={"name": "Freight", "number": "5710", "type": "COST"})
    client.get("/api/v1/connect/organisations")
    return str(answer.headers["x-request-id"])


def pages(known: dict[str, str]) -> dict[str, str]:
    """The address of every page, by the name of its picture."""
    return {
        "flow": "",
        "exports": "/exports",
        "export": f"/exports/{known['exportId']}",
        "webhooks": "/webhooks",
        "requests": "/requests",
        "request": f"/requests/{known['requestId']}",
        "conduct": "/conduct",
        "organization": "/organization",
        "faults": "/faults",
        "sandboxes": "/sandboxes",
    }


def shot(browser: Browser, findity: Findity, name: str, path: str, colours: Any, size: Any) -> None:
    """Take a picture of a page."""
    context = browser.new_context(viewport=size, color_scheme=colours)
    page: Page = context.new_page()
    page.goto(f"{findity.url}/dashboard/{findity.name}{path}")
    page.locator("#live[data-state=Live]").wait_for()
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()
    print(FOLDER.relative_to(Path.cwd()) / f"{name}.png")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        sys.exit("There is no Chromium here: on Debian and Ubuntu, apt install chromium.")
    options: dict[str, Any] = {"executable_path": program, "args": ["--no-sandbox"]}
    with sync_playwright() as playwright, playwright.chromium.launch(**options) as browser:
        yield browser


if __name__ == "__main__":
    main()
