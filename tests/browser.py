"""A real browser for the tests of pages: the machine's Chromium, driven by Playwright.

The fixture ``browser`` is in ``conftest.py``. Playwright keeps an event loop running in the thread
that started it, where other tests start their own: so it lives as long as one module.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize, sync_playwright

MISSING = "there is no Chromium for this test: on Debian and Ubuntu, apt install chromium"
NARROW: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window; the test is skipped where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip(MISSING)
    # As root, which CI often is, Chromium starts only without its sandbox.
    options: dict[str, Any] = {"executable_path": program, "args": ["--no-sandbox"]}
    with sync_playwright() as playwright, playwright.chromium.launch(**options) as browser:
        yield browser


class Tab:
    """One page in a browser profile of its own, and what was seen of it.

    ``requests`` are the URLs it asked for; ``troubles`` what it wrote to its console as an error or
    a warning, exceptions nobody caught, and requests that were not answered or with an error.
    """

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda request: self._trouble("no answer", request.url))
        self.page.on("pageerror", lambda error: self._trouble("exception", str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _trouble(self, kind: str, what: str) -> None:
        self.troubles.append(f"{kind}: {what}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self._trouble(kind, text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self._trouble(str(status), url)

    def text(self, selector: str) -> str:
        """The text of the one element that is shown there."""
        return self.page.locator(selector).inner_text()

    @property
    def is_wider_than_its_window(self) -> bool:
        """Whether the page as a whole can be scrolled sideways."""
        widths = "[document.documentElement.scrollWidth, window.innerWidth]"
        whole, window = self.page.evaluate(widths)
        return bool(whole > window)


class Docs(Tab):
    """``/docs`` of a server in a browser."""

    def open(self, url: str, document: str) -> None:
        self.page.goto(f"{url}/docs#{document}")
        self.page.locator(".opblock").first.wait_for()

    def choose(self, name: str) -> None:
        """Choose a document by its name in the header."""
        with self.page.expect_response("**/openapi/*.json"):
            self.page.get_by_role("navigation").get_by_role("link", name=name).click()
        self.page.locator(".opblock").first.wait_for()

    @property
    def operations(self) -> int:
        return self.page.locator(".opblock").count()

    def operation(self, operation: str) -> Locator:
        return self.page.locator(f".opblock[id$='-{operation}']")

    def start(self, operation: str) -> Locator:
        """Open an operation to be tried."""
        block = self.operation(operation)
        block.locator(".opblock-summary-control").click()
        block.locator(".try-out__btn").click()
        return block

    def execute(self, operation: str) -> str:
        """The status that an operation, opened to be tried, is answered with."""
        block = self.operation(operation)
        # What was shown before goes first, so that what is read is this answer.
        if block.locator(".btn-clear").is_visible():
            block.locator(".btn-clear").click()
        block.locator(".btn.execute").click()
        status = block.locator(".live-responses-table tbody .response-col_status").first
        return status.inner_text().partition("\n")[0]

    def try_out(self, operation: str) -> str:
        """The status that an operation is answered with, as it is proposed."""
        self.start(operation)
        return self.execute(operation)
