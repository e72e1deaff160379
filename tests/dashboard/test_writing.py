"""A report written in the dashboard: what there is to choose from, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from dashboards import Dashboard
from playwright.sync_api import expect
from support import Findity

Read = Callable[..., httpx2.Response]


def test_nobody_can_write_where_nobody_works(findity: Findity, read: Read) -> None:
    findity.organization("ACME", name="Acme")

    assert "Nobody works at Acme yet, so nobody can write a report." in read("/write").text


def test_the_form_is_led_to_and_offers_what_the_organization_has(acme: Findity, read: Read) -> None:
    assert f'href="/dashboard/{acme.name}/write"' in read().text

    (category, *_) = acme.control("GET", f"/organizations/{acme.org}/categories").json()["data"]

    page = read("/write").text
    assert '<option value="ANNA">Anna Ek (ANNA)</option>' in page
    assert f">{category['name']}</option>" in page
    assert 'data-then="/dashboard/' in page


def test_an_empty_findity_says_how_to_begin(read: Read) -> None:
    assert "This Findity is empty" in read("/write").text


@pytest.mark.xdist_group("browser")
def test_a_report_of_a_receipt_and_mileage_is_written(acme: Findity, dashboard: Dashboard) -> None:
    dashboard.open("/write")
    page = dashboard.page

    page.locator("#name").fill("By hand")
    page.locator("#expense-0-amount").fill("100.5")
    page.locator("#expense-0-tax").fill("20.1")
    dashboard.press("Add an expense")
    page.locator("#expense-1 .removes").click()
    dashboard.press("Add an expense")
    page.locator("#expense-2-type").select_option("MILEAGE")
    page.locator("#expense-2-quantity").fill("10")
    page.locator("#expense-2-rate").fill("2.5")
    dashboard.press("Write it")

    expect(page.get_by_role("heading", level=1)).to_contain_text("By hand normal")
    (report,) = acme.control("GET", f"/organizations/{acme.org}/reports").json()["data"]
    assert (report["owner"], report["total"]) == ("ANNA", 125.5)
    assert [(one["type"], one["amount"], one["taxAmount"]) for one in report["expenses"]] == [
        ("RECEIPT", 100.5, 20.1),
        ("MILEAGE", 25, 0),
    ]
    assert dashboard.troubles == []


@pytest.mark.xdist_group("browser")
def test_what_is_refused_is_said_in_the_form_and_can_be_put_right(
    acme: Findity, dashboard: Dashboard
) -> None:
    dashboard.open("/write")

    dashboard.page.locator("#name").fill("By hand")
    dashboard.press("Write it")

    expect(dashboard.page.locator("#write .refused")).to_contain_text("expenses[0].amount")
    expect(dashboard.page.locator("#name")).to_have_value("By hand")
