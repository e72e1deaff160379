"""Webhooks in a test: to a receiver beside it, in a thread or in its own event loop."""

from __future__ import annotations

import asyncio
import json

import pytest
from support import Receiver

from mockfindity import Findity, FindityError
from mockfindity.testing import Export


def sent(findity: Findity, url: str) -> Export:
    """An export that a webhook announces at ``url``."""
    findity.here.recipient(webhook_url=url)
    findity.report().submit()
    return findity.bulk_send()


def test_a_webhook_arrives(mockfindity: Findity, receiver: Receiver) -> None:
    export = sent(mockfindity, receiver.url)

    (delivery,) = mockfindity.webhooks.wait(1)

    assert (delivery["id"], delivery["status"]) == (export.delivery, "DELIVERED")
    assert json.loads(receiver.got[0]["body"])["exportId"] == export.id


def test_a_webhook_that_fails_takes_the_export_back(
    mockfindity: Findity, receiver: Receiver
) -> None:
    receiver.status = 500
    export = sent(mockfindity, receiver.url)

    (delivery,) = mockfindity.webhooks.wait(1)

    assert (delivery["status"], delivery["bounced"], export.status) == ("FAILED", True, "WITHDRAWN")


def test_a_webhook_is_sent_once_more_and_fired_at_will(
    mockfindity: Findity, receiver: Receiver
) -> None:
    export = sent(mockfindity, receiver.url)
    (first,) = mockfindity.webhooks.wait(1)

    mockfindity.webhooks.redeliver(first)
    mockfindity.webhooks.fire(export, times=2)
    mockfindity.webhooks.wait(4)

    assert len(receiver.got) == 4
    assert [one["cause"] for one in mockfindity.webhooks.all()] == [
        "export",
        "redelivery",
        "fire",
        "fire",
    ]


def test_a_wait_for_a_webhook_that_does_not_come_has_an_end(mockfindity: Findity) -> None:
    with pytest.raises(FindityError) as refused:
        mockfindity.webhooks.wait(1, timeout=0)

    assert refused.value.code == "WAIT_TIMEOUT"


async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def test_a_receiver_in_the_event_loop_is_waited_for_in_a_thread(mockfindity: Findity) -> None:
    async def received() -> str:
        async with await asyncio.start_server(answered, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            await asyncio.to_thread(sent, mockfindity, f"http://127.0.0.1:{port}/hook")
            (delivery,) = await asyncio.to_thread(mockfindity.webhooks.wait)
            return delivery["status"]

    assert asyncio.run(received()) == "DELIVERED"
