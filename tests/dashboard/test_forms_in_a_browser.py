"""Forms of the dashboard in a real browser: what is saved stays, what is refused is said where it
was filled in, and a secret is shown once."""

from __future__ import annotations

import pytest
from dashboards import Dashboard
from playwright.sync_api import Locator, expect
from support import Findity

pytestmark = pytest.mark.xdist_group("browser")


def field(dashboard: Dashboard, name: str) -> Locator:
    return dashboard.page.get_by_label(name, exact=True)


def test_a_set_is_switched_on_hits_and_is_ended_from_the_banner(
    acme: Findity, dashboard: Dashboard
) -> None:
    dashboard.open("/faults")
    dashboard.press("Switch on outage")
    expect(dashboard.page.locator("#banner-faults")).to_contain_text("1 fault rule active")

    assert acme.api.get("/api/admin/organizations/").status_code == 503

    expect(dashboard.page.locator("#hits-fault-1")).to_have_text("1")
    dashboard.press("End the faults")
    expect(dashboard.page.locator("#banner")).to_have_count(0)
    assert acme.api.get("/api/admin/organizations/").status_code == 200


def test_a_rule_that_is_refused_can_be_put_right(findity: Findity, dashboard: Dashboard) -> None:
    dashboard.open("/faults")
    refused = dashboard.page.locator("#write .refused")

    field(dashboard, "operation").fill("nothing")
    dashboard.press("Write the rule")
    expect(refused).to_contain_text("operation: there is no 'nothing'")
    field(dashboard, "operation").fill("issueToken")
    field(dashboard, "status").fill("503")
    field(dashboard, "headers").fill('{"Retry-After": ')
    dashboard.press("Write the rule")
    expect(refused).to_have_text("headers: this is no JSON.")
    field(dashboard, "headers").fill('{"Retry-After": "2"}')
    dashboard.press("Write the rule")

    expect(dashboard.said).to_have_text("The rule fault-1 is written.")
    expect(refused).to_be_hidden()
    expect(field(dashboard, "operation")).to_have_value("")
    (rule,) = findity.control("GET", "/faults").json()["data"]
    assert (rule["operation"], rule["status"], rule["headers"]) == (
        *("issueToken", 503),
        {"Retry-After": "2"},
    )


def test_the_clock_is_stopped_moved_and_let_go(findity: Findity, dashboard: Dashboard) -> None:
    dashboard.open("/faults")

    dashboard.page.get_by_label("Time, UTC").fill("2026-03-31T08:00:05")
    dashboard.press("Freeze there")
    expect(dashboard.page.locator("#clock .large")).to_contain_text("31 Mar 2026 08:00:05")
    dashboard.press("1 hour forward")
    expect(dashboard.page.locator("#clock .large")).to_contain_text("31 Mar 2026 09:00:05")
    dashboard.page.locator("#banner").get_by_role("button", name="Let it go again").click()

    expect(dashboard.page.locator("#banner")).to_have_count(0)
    assert findity.control("GET", "/clock").json()["mode"] == "real"


def test_settings_are_saved_and_stay_in_their_fields(
    findity: Findity, dashboard: Dashboard
) -> None:
    findity.changed("/settings", {"pollingSeconds": 900})
    dashboard.open("/faults/settings")

    field(dashboard, "webhookMode").select_option("sync")
    field(dashboard, "webhookChaos.reorder").check()
    field(dashboard, "pollingSeconds").fill("")
    field(dashboard, "tokenLifetime").fill("60")
    field(dashboard, "tokenLifetime").press("Enter")

    expect(dashboard.said).to_have_text("The settings are saved.")
    expect(field(dashboard, "tokenLifetime")).to_have_value("60")
    expect(field(dashboard, "webhookMode")).to_have_value("sync")
    saved = findity.control("GET", "/settings").json()
    assert (saved["webhookMode"], saved["tokenLifetime"]) == ("sync", 60)
    assert (saved["webhookChaos"]["reorder"], saved["pollingSeconds"]) == (True, None)


def test_a_recipient_is_added_changed_and_deleted(acme: Findity, dashboard: Dashboard) -> None:
    base = f"/organizations/{acme.org}/recipients"
    dashboard.page.on("dialog", lambda dialog: dialog.accept())
    dashboard.open("/organization/recipients")
    field(dashboard, "Name").fill("Payroll")
    dashboard.press("Add it")
    dashboard.page.wait_for_url("**/recipients/*")

    field(dashboard, "verificationListsType").select_option("EXPENSE")
    field(dashboard, "webhookUrl").fill("http://127.0.0.1:9/hook")
    field(dashboard, "webhookHeaders").fill('{"X-Key": "1"}')
    field(dashboard, "doCreditAccounting").uncheck()
    dashboard.press("Save")
    expect(dashboard.said).to_have_text("Payroll is saved.")
    saved = acme.control("GET", base).json()["data"][-1]
    assert (saved["recipientName"], saved["verificationListsType"]) == ("Payroll", "EXPENSE")
    assert (saved["webhookUrl"], saved["webhookHeaders"]) == (
        *("http://127.0.0.1:9/hook",),
        {"X-Key": "1"},
    )
    assert (saved["doDebitAccounting"], saved["doCreditAccounting"]) == (True, False)

    dashboard.press("Delete this recipient")
    dashboard.page.wait_for_url("**/organization/recipients")
    names = [one["recipientName"] for one in acme.control("GET", base).json()["data"]]
    assert "Payroll" not in names


def test_the_secret_of_a_new_key_is_shown_and_signs_in(acme: Findity, dashboard: Dashboard) -> None:
    dashboard.open("/sandboxes/keys")
    secret = dashboard.page.locator("#secret")
    expect(secret).to_be_hidden()

    field(dashboard, "Organization").select_option(acme.org)
    dashboard.press("Make it")

    expect(secret).to_be_focused()
    key = {
        "client_id": dashboard.text("#secret-id"),
        "client_secret": dashboard.text("#secret-text"),
    }
    assert acme.token(**key)["token_type"] == "Bearer"
    expect(secret).to_be_visible()


def test_a_sandbox_is_forked_from_a_snapshot_and_dropped(
    acme: Findity, dashboard: Dashboard
) -> None:
    dashboard.page.on("dialog", lambda dialog: dialog.accept())
    dashboard.open("/sandboxes/snapshots")
    field(dashboard, "Name").fill("before pay")
    dashboard.press("Take it")
    expect(dashboard.page.locator("#snapshots tbody td").first).to_have_text("before pay")

    dashboard.open("/sandboxes")
    fork = dashboard.page.locator("#fork")
    fork.get_by_label("From").fill(f"{acme.name}/before pay")
    fork.get_by_label("Name").fill(f"{acme.name}-fork")
    dashboard.press("Fork it")
    dashboard.page.wait_for_url(f"**/{acme.name}-fork/sandboxes")
    made = f"/_mockfindity/sandboxes/{acme.name}-fork"
    assert acme.http.get(f"{made}/organizations").json()["data"][0]["externalSourceId"] == "ACME"

    row = dashboard.page.locator(f"#sandbox-{acme.name}-fork")
    row.get_by_role("button", name="Drop").click()
    dashboard.page.wait_for_url("**/default/sandboxes")
    assert acme.http.get(made).status_code == 404
