"""The first page in a real browser: it changes by itself, and a person can do everybody's part."""

from __future__ import annotations

import pytest
from dashboards import Dashboard
from playwright.sync_api import expect
from support import Findity, Receiver

pytestmark = pytest.mark.xdist_group("browser")
SENT = (
    "An export was made of 1 report, with 1 voucher. "
    "Its recipient has no webhook URL, so nothing is told."
)


def test_a_number_changes_when_something_happens(acme: Findity, dashboard: Dashboard) -> None:
    dashboard.open()
    expect(dashboard.count("READY_TO_SEND")).to_have_text("0")

    acme.ready()

    expect(dashboard.count("READY_TO_SEND")).to_have_text("1")


def test_a_report_is_submitted_and_sent_by_pressing_buttons(
    acme: Findity, dashboard: Dashboard
) -> None:
    acme.report(name="Stockholm")
    dashboard.open()

    dashboard.press("Submit")
    expect(dashboard.said).to_have_text("Stockholm is READY_TO_SEND now.")
    dashboard.press("Send 1 report")

    expect(dashboard.said).to_have_text(SENT)
    expect(dashboard.count("TRANSFER")).to_have_text("1")
    assert dashboard.troubles == []


def test_what_is_refused_is_said(acme: Findity, dashboard: Dashboard) -> None:
    report = acme.report(name="Stockholm")
    dashboard.open()
    dashboard.press("Live")
    acme.made(f"/reports/{report}/submit")

    dashboard.press("Submit")

    expect(dashboard.said).to_contain_text("where 'submit' cannot happen")
    expect(dashboard.said).to_contain_text("400 INVALID_SEND_STATE")


def test_a_page_that_is_paused_stays_as_it_is(acme: Findity, dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.press("Live")

    acme.ready()
    dashboard.page.wait_for_timeout(1000)

    expect(dashboard.page.locator("#live")).to_have_text("Paused")
    expect(dashboard.count("READY_TO_SEND")).to_have_text("0")


def test_what_somebody_opened_and_chose_stays_when_the_page_changes(
    acme: Findity, dashboard: Dashboard
) -> None:
    acme.ready()
    dashboard.open()
    dashboard.page.locator("#sandbox-menu summary").click()
    dashboard.page.locator("#bulk-send select").select_option(index=1)

    acme.ready()

    expect(dashboard.count("READY_TO_SEND")).to_have_text("2")
    expect(dashboard.page.locator("#sandbox-menu")).to_have_attribute("open", "")
    assert dashboard.page.locator("#bulk-send select").input_value() != ""


def test_the_demo_is_played_in_an_empty_findity(dashboard: Dashboard) -> None:
    dashboard.open()

    dashboard.press("Play the demo")

    expect(dashboard.count("SENT")).to_have_text("32")


def test_the_keyboard_is_enough(acme: Findity, dashboard: Dashboard) -> None:
    acme.report(name="Stockholm")
    dashboard.open()
    keyboard = dashboard.page.keyboard

    keyboard.press("Tab")
    keyboard.press("Enter")
    for _ in range(30):
        keyboard.press("Tab")
        if dashboard.page.evaluate("document.activeElement.textContent") == "Submit":
            break
    keyboard.press("Enter")

    expect(dashboard.said).to_have_text("Stockholm is READY_TO_SEND now.")


def test_a_long_page_keeps_the_menu_and_the_version_apart(
    acme: Findity, dashboard: Dashboard
) -> None:
    for number in range(40):
        acme.report(name=f"Trip {number}")
    dashboard.open()

    dashboard.page.mouse.wheel(0, 5000)
    dashboard.page.wait_for_function("scrollY > 500")

    menu = dashboard.page.locator(".side ul").bounding_box()
    version = dashboard.page.locator(".side .about").bounding_box()
    assert menu is not None
    assert version is not None
    assert menu["y"] > 0
    assert version["y"] >= menu["y"] + menu["height"]


def test_a_webhook_that_failed_is_told_where_the_report_was_sent(
    acme: Findity, dashboard: Dashboard, receiver: Receiver
) -> None:
    acme.recipient(webhookUrl=receiver.url)
    receiver.status = 503
    acme.ready()
    dashboard.open()

    dashboard.press("Send 1 report")

    expect(dashboard.said).to_have_text(
        "An export was made of 1 report, with 1 voucher. Its webhook is on its way."
    )
    expect(dashboard.page.locator("#failed")).to_contain_text("it was answered 503")
    expect(dashboard.count("READY_TO_SEND")).to_have_text("1")
