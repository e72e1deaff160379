"""An export in a real browser: files are asked for when they are looked at, and it fits."""

from __future__ import annotations

import pytest
from browser import NARROW
from dashboards import Dashboard
from playwright.sync_api import Browser, expect
from support import Findity

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def sent(acme: Findity) -> str:
    """An export that waits to be booked."""
    acme.ready(name="Stockholm")
    return str(acme.bulk_send()["exportId"])


def files(dashboard: Dashboard) -> list[str]:
    """The files that the browser asked for, by the ends of their paths."""
    found = [url for url in dashboard.requests if "/dashboard-files/" in url]
    return [url.rpartition("/vouchers/")[2].partition("/")[2] for url in found]


def test_a_pdf_and_receipts_are_asked_for_when_they_are_opened(
    sent: str, dashboard: Dashboard
) -> None:
    dashboard.open(f"/exports/{sent}")
    at_first = files(dashboard)

    with dashboard.page.expect_response("**/receipts/0"):
        dashboard.page.get_by_text("Receipts (1)").click()
    with dashboard.page.expect_response("**/basis.pdf"):
        dashboard.page.get_by_text("PDF", exact=True).click()

    assert (at_first, set(files(dashboard))) == ([], {"receipts/0", "basis.pdf"})
    receipt = dashboard.page.get_by_role("img", name="Receipt 1: Taxi, 02 Mar 2026")
    assert receipt.evaluate("picture => picture.naturalWidth") == 400


def test_what_an_integration_says_appears_and_what_was_opened_stays(
    acme: Findity, sent: str, dashboard: Dashboard
) -> None:
    dashboard.open(f"/exports/{sent}")
    dashboard.page.get_by_text("Status history (0)").click()

    acme.book(sent)

    expect(dashboard.page.get_by_role("heading", level=1)).to_contain_text("sent")
    expect(dashboard.page.locator(".history li")).to_contain_text("success number 0, in request")
    assert dashboard.troubles == []


def test_the_same_export_in_another_format_is_a_click_away(sent: str, dashboard: Dashboard) -> None:
    dashboard.open(f"/exports/{sent}")

    dashboard.page.get_by_role("link", name="EXPENSE", exact=True).click()

    expect(dashboard.page.locator("#preview")).to_contain_text("A preview.")
    expect(dashboard.page.get_by_role("heading", name="1. Taxi")).to_be_visible()


@pytest.mark.parametrize("wanted", ["REPORT_PER_EXPENSE", "USER_PER_REPORT_PAID"])
def test_an_export_that_waits_fits_a_telephone(
    browser: Browser, acme: Findity, sent: str, wanted: str
) -> None:
    dashboard = Dashboard(browser, acme.url, acme.name, viewport=NARROW)
    dashboard.open(f"/exports/{sent}?format={wanted}")
    dashboard.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")

    assert not dashboard.is_wider_than_its_window
    dashboard.context.close()
