"""The dashboard in a real browser, for tests; and which pages it has."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from browser import Tab
from node import MODULES
from playwright.sync_api import Browser, expect

from mockfindity.routes import loaded

PAGES = [
    path.removeprefix("/dashboard/{sandbox}")
    for route in loaded()
    if route.family.auth == "dashboard"
    for path in route.paths
    if path.startswith("/dashboard/{sandbox}")
]
"""Every page of a sandbox, as it stands in the table of routes, below ``/dashboard/{sandbox}``."""

AXE = MODULES / "axe-core" / "axe.min.js"
JUDGED = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
}"""


class Dashboard(Tab):
    """The dashboard of one sandbox in a tab."""

    def __init__(self, browser: Browser, url: str, sandbox: str, **options: Any) -> None:
        super().__init__(browser, **options)
        self.url, self.sandbox = url, sandbox

    def _trouble(self, kind: str, what: str) -> None:
        """A page that is left stops to listen, which is no trouble."""
        if not (kind == "no answer" and what.endswith("/events")):
            super()._trouble(kind, what)

    def open(self, path: str = "") -> None:
        """Open a page of the sandbox, and wait until it hears what happens."""
        self.page.goto(f"{self.url}/dashboard/{quote(self.sandbox)}{path}")
        expect(self.page.locator("#live[data-state=Live]")).to_be_visible()

    def press(self, name: str) -> None:
        """Press the one button of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def count(self, status: str) -> Any:
        """The number that stands at a status in the picture of a report's life."""
        return self.page.locator(f"#count-{status}")

    @property
    def said(self) -> Any:
        """What the page says that it did, or was refused."""
        return self.page.locator("#said p")

    @property
    def barriers(self) -> list[str]:
        """What axe-core finds to be a serious barrier; for a tab whose policy is bypassed."""
        self.page.evaluate(AXE.read_text())
        found: list[str] = self.page.evaluate(JUDGED)
        return found
