"""What people come for, from the beginning to the end, by clicking."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from dashboards import Dashboard
from playwright.sync_api import Browser, expect
from support import Findity, Receiver

pytestmark = pytest.mark.xdist_group("browser")
SENT = (
    "An export was made of 1 report, with 1 voucher. "
    "Its recipient has no webhook URL, so nothing is told."
)


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """The URL of what ``make demo`` starts."""
    command = [sys.executable, "-m", "mockfindity", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("Ready. "))
        yield line.split()[1]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


@pytest.fixture
def tour(browser: Browser, demo: str) -> Iterator[Dashboard]:
    tab = Dashboard(browser, demo, "default")
    yield tab
    tab.context.close()


def test_a_newcomer_sees_what_the_demo_did(tour: Dashboard) -> None:
    tour.open()
    expect(tour.count("SENT")).to_have_text("32")

    tour.page.get_by_role("link", name="Exports").click()
    expect(tour.page.locator("tbody tr")).to_have_count(9)
    tour.page.locator("tbody tr", has_text="REPORT_PER_EXPENSE").last.get_by_role(
        "link"
    ).first.click()
    expect(tour.page.get_by_role("heading", level=1)).to_contain_text("Export of")
    tour.page.get_by_role("link", name="USER_PER_ACCOUNT", exact=True).click()
    expect(tour.page.locator("main")).to_contain_text("preview")
    tour.page.get_by_role("link", name="Organization", exact=True).click()
    expect(tour.page.get_by_role("heading", level=1)).to_have_text("Nordljus AB")

    assert tour.troubles == []


def test_what_the_demo_left_is_sent_by_a_newcomer(tour: Dashboard) -> None:
    tour.open()

    tour.press("Send 1 report")

    expect(tour.said).to_have_text(SENT)
    expect(tour.count("READY_TO_SEND")).to_have_text("0")
    expect(tour.count("TRANSFER")).to_have_text("2")


def test_a_report_is_approved_and_sent_and_its_webhook_is_seen_to_arrive(
    acme: Findity, dashboard: Dashboard, receiver: Receiver
) -> None:
    waits_for_bo(acme, "Stockholm")
    acme.recipient(webhookUrl=receiver.url)
    watching = Dashboard(dashboard.page.context.browser, acme.url, acme.name)  # type: ignore[arg-type]
    watching.open("/webhooks")
    dashboard.open()

    dashboard.press("Submit")
    expect(dashboard.count("APPROVAL")).to_have_text("1")
    dashboard.press("Approve")
    expect(dashboard.count("READY_TO_SEND")).to_have_text("1")
    dashboard.press("Send 1 report")

    expect(watching.page.locator("tbody tr")).to_contain_text("delivered")
    assert len(receiver.got) == 1
    assert (dashboard.troubles, watching.troubles) == ([], [])
    watching.context.close()


def waits_for_bo(acme: Findity, name: str) -> str:
    """A report on a project for which Bo is responsible."""
    acme.users("BO")
    path = f"{acme.admin}/customdimensions/project/list/"
    acme.api.put(path, json={"values": [{"id": "P1", "value": "P1"}]})
    approvers = [{"externalSourceId": "BO"}]
    acme.api.put(f"{path}approvers/", json={"values": [{"id": "P1", "approvers": approvers}]})
    project = {"dimensionValues": [{"dimension": "project", "value": "P1"}]}
    taxi = {"category": "Travel", "date": "2026-03-02", "amount": 125, "taxAmount": 7.08}
    return acme.report(taxi | project, name=name)


def test_a_failed_webhook_is_found_and_sent_again(
    acme: Findity, dashboard: Dashboard, receiver: Receiver
) -> None:
    acme.recipient(webhookUrl=receiver.url)
    receiver.status = 503
    acme.ready()
    acme.bulk_send()
    acme.control("GET", "/webhooks/wait?count=1&timeout=10")
    receiver.status = 200

    dashboard.open("/webhooks")
    dashboard.page.get_by_label("Status").select_option("FAILED")
    dashboard.press("Show")
    dashboard.page.locator("tbody tr").get_by_role("link").first.click()
    expect(dashboard.page.locator("#answer")).to_contain_text("503")
    dashboard.press("Redeliver")

    expect(dashboard.said).to_have_text(
        "It is on its way once more, as a webhook of its own. Webhooks shows its outcome."
    )
    delivered = acme.control("GET", "/webhooks/wait?count=2&timeout=10").json()["data"]
    assert [delivery["status"] for delivery in delivered] == ["FAILED", "DELIVERED"]


def test_a_fault_is_set_and_seen_to_strike(acme: Findity, dashboard: Dashboard) -> None:
    dashboard.open("/faults")
    dashboard.press("Switch on outage")
    expect(dashboard.page.locator("#banner")).to_contain_text("1 fault rule active")

    assert acme.api.get(acme.accounts).status_code == 503

    dashboard.page.get_by_role("link", name="Requests").click()
    expect(dashboard.page.locator("tbody tr").first).to_contain_text("503")
    dashboard.press("End the faults")
    expect(dashboard.page.locator("#banner")).to_have_count(0)
    assert acme.api.get(acme.accounts).status_code == 200
