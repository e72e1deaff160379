"""A dashboard that asks for the control token: who has none sees nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
from browser import Tab
from playwright.sync_api import Browser, expect

from mockfindity.app import App
from mockfindity.gate import Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen

pytestmark = pytest.mark.xdist_group("browser")

TOKEN = "s3cret; ä"


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The URL of a server with ``--control-token``."""
    listener = listen(port=0)
    with in_thread(App(Sandboxes(address(listener)), Gate(TOKEN)), listener):
        yield address(listener)


@pytest.fixture
def tab(browser: Browser, guarded: str) -> Iterator[Tab]:
    tab = Tab(browser)
    yield tab
    tab.context.close()


def test_without_the_token_there_is_only_a_place_to_give_it(guarded: str) -> None:
    answer = httpx2.get(f"{guarded}/", verify=False)

    assert answer.status_code == 401
    assert "<h1>Sign in</h1>" in answer.text
    assert "mockfindity-client" not in answer.text


def test_a_cookie_reads_and_changes_nothing(guarded: str) -> None:
    cookie = {"cookie": f"x-mockfindity-token={quote(TOKEN)}"}
    path = f"{guarded}/_mockfindity/settings"

    assert httpx2.get(path, headers=cookie, verify=False).status_code == 200
    assert httpx2.put(path, headers=cookie, json={}, verify=False).status_code == 401


def test_a_wrong_token_is_said_to_be_wrong(tab: Tab, guarded: str) -> None:
    tab.page.goto(guarded)

    tab.page.get_by_label("Control token").fill("guess")
    tab.page.get_by_role("button", name="Sign in").click()

    expect(tab.page.locator("#said")).to_have_text("That is not this server's control token.")


def test_whoever_gives_the_token_sees_and_changes(tab: Tab, guarded: str) -> None:
    tab.page.goto(guarded)

    tab.page.get_by_label("Control token").fill(TOKEN)
    tab.page.get_by_role("button", name="Sign in").click()
    expect(tab.page.locator("#live[data-state=Live]")).to_be_visible()
    tab.page.get_by_role("button", name="Play the demo").click()

    expect(tab.page.locator("#count-SENT")).to_have_text("32")
