"""The dashboard of a sandbox of the test's own, read as HTML or looked at in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx2
import pytest
from dashboards import Dashboard
from support import Findity

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def read(findity: Findity) -> Callable[..., httpx2.Response]:
    """Reads a page of the sandbox: ``read("/exports", status="SENT")``."""

    def page(path: str = "", /, **query: str) -> httpx2.Response:
        return findity.http.get(f"/dashboard/{findity.name}{path}", params=query)

    return page


@pytest.fixture
def dashboard(browser: Browser, findity: Findity) -> Iterator[Dashboard]:
    """A tab on the dashboard of the sandbox, closed before the server has to wait for it."""
    dashboard = Dashboard(browser, findity.url, findity.name)
    yield dashboard
    dashboard.context.close()
