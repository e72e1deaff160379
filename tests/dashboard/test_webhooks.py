"""The webhooks' pages: what was sent, what came back, what followed."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx2
import pytest
from support import Findity, Receiver

Read = Callable[..., httpx2.Response]


@pytest.fixture
def hooked(acme: Findity, receiver: Receiver) -> Findity:
    """ACME, whose recipient has the receiver as its webhook; sends wait for the answer."""
    acme.changed("/settings", {"webhookMode": "sync"})
    acme.recipient(webhookUrl=receiver.url)
    return acme


def send(findity: Findity) -> str:
    """The id of the webhook of a report that is sent."""
    findity.ready()
    return str(findity.bulk_send()["webhook"])


def rows(page: str) -> list[str]:
    """The ids of the webhooks in a list."""
    return re.findall(r'<tr id="webhook-(\w+)">', page)


def test_the_newest_webhook_stands_first(hooked: Findity, read: Read) -> None:
    first, second = send(hooked), send(hooked)

    page = read("/webhooks").text
    assert rows(page) == [second, first]
    assert f'action="/_mockfindity/sandboxes/{hooked.name}/webhooks/{first}/redeliver"' in page


def test_those_that_failed_are_found_and_counted(
    hooked: Findity, receiver: Receiver, read: Read
) -> None:
    send(hooked)
    receiver.status = 503
    failed = send(hooked)

    page = read("/webhooks", status="FAILED").text
    assert rows(page) == [failed]
    assert 'data-tone="bad">503</span>' in page
    assert "reports went back" in page
    assert 'id="count-of-webhooks" title="failed">1<' in read().text


def test_a_status_that_no_webhook_has_is_told(hooked: Findity, read: Read) -> None:
    send(hooked)

    assert "No webhook is failed." in read("/webhooks", status="FAILED").text
    assert 'id="count-of-webhooks"' not in read("/webhooks").text


def test_an_empty_list_says_how_a_webhook_comes_about(acme: Findity, read: Read) -> None:
    page = read("/webhooks").text

    assert "No webhook was sent yet." in page
    assert f'href="/dashboard/{acme.name}/organization/recipients"' in page


def test_one_webhook_is_read_whole(hooked: Findity, receiver: Receiver, read: Read) -> None:
    receiver.headers = {"x-own": "<i>7</i>"}
    delivery = send(hooked)

    page = read(f"/webhooks/{delivery}").text
    assert f"<code>{receiver.url}</code>" in page
    assert "  &#34;numberOfVouchers&#34;: 1," in page
    assert "<code>&lt;i&gt;7&lt;/i&gt;</code>" in page
    assert "It was accepted." in page


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ("bounce", "It failed, so the export was taken back"),
        ("keep", "It failed, and no report went back."),
    ],
)
def test_what_followed_from_a_failure_is_told(
    hooked: Findity, receiver: Receiver, read: Read, failure: str, told: str
) -> None:
    hooked.changed("/settings", {"webhookFailure": failure})
    receiver.status = 500

    assert told in read(f"/webhooks/{send(hooked)}").text


def test_nothing_follows_when_another_than_the_first_fails(
    hooked: Findity, receiver: Receiver, read: Read
) -> None:
    delivery = send(hooked)
    receiver.status = 500
    again = hooked.made(f"/webhooks/{delivery}/redeliver")["id"]
    hooked.deliveries(2)

    assert "It failed. Nothing follows from that" in read(f"/webhooks/{again}").text


def test_a_receiver_that_is_not_there_is_told(hooked: Findity, read: Read) -> None:
    hooked.recipient(webhookUrl="http://127.0.0.1:9/hook")

    page = read(f"/webhooks/{send(hooked)}").text
    assert '<p class="refused">All connection attempts failed</p>' in page


def test_what_is_collected_was_never_sent(hooked: Findity, read: Read) -> None:
    hooked.changed("/settings", {"webhookMode": "collect"})

    page = read(f"/webhooks/{send(hooked)}").text
    assert "It was never sent, since the setting" in page
    assert "There is none." in page


def test_redeliver_says_where_it_goes(hooked: Findity, receiver: Receiver, read: Read) -> None:
    delivery = send(hooked)
    assert "present one" not in read(f"/webhooks/{delivery}").text

    hooked.recipient(webhookUrl=f"{receiver.url}/other")

    page = read(f"/webhooks/{delivery}").text
    assert f"the URL that this webhook went to, <code>{receiver.url}</code>." in page
    assert f"The recipient's present one is <code>{receiver.url}/other</code>." in page


def test_redeliver_says_that_the_recipient_has_no_url_any_more(hooked: Findity, read: Read) -> None:
    delivery = send(hooked)

    hooked.recipient(webhookUrl=None)

    assert "The recipient has none at present." in read(f"/webhooks/{delivery}").text


def test_a_webhook_that_is_not_there_is_told(acme: Findity, read: Read) -> None:
    assert "<h1>404 DELIVERY_NOT_FOUND</h1>" in read("/webhooks/nobody").text
