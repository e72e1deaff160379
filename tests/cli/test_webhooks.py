from __future__ import annotations

import json
from typing import Any

import pytest
from support import Findity, Receiver


@pytest.fixture
def export(acme: Findity, receiver: Receiver) -> str:
    """An export that was announced to the receiver."""
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    return str(acme.bulk_send()["exportId"])


def test_waiting_lists_those_that_are_over(shell: Any, export: str) -> None:
    (delivery,) = shell.json("webhooks", "wait", "--timeout", "10")

    assert (delivery["exportId"], delivery["status"]) == (export, "DELIVERED")


def test_waiting_gives_up_and_shows_what_there_is(shell: Any, export: str) -> None:
    shell("webhooks", "wait", "--timeout", "10")

    done = shell("webhooks", "wait", "--count", "2", "--timeout", "0.1", "--json", code=1)

    assert len(json.loads(done.stdout)) == 1
    assert done.stderr == "Error: 1 of 2 webhooks were over within 0.1 s.\n"


def test_a_webhook_is_fired_as_often_as_wanted(shell: Any, export: str, receiver: Receiver) -> None:
    lines = shell("webhooks", "fire", export, "--times", "2").stdout.splitlines()

    assert [line.split()[2:5] for line in lines[1:]] == [["fire", "DELIVERED", "200"]] * 2
    assert len(receiver.got) == 3
    assert receiver.got[0]["body"] == receiver.got[2]["body"]


def test_a_payload_of_ones_own_is_sent_as_it_stands(
    shell: Any, export: str, receiver: Receiver
) -> None:
    receiver.status = 500

    done = shell("webhooks", "fire", export, "--payload", '{"a": 1', "--json", code=1)

    assert json.loads(done.stdout)[0]["status"] == "FAILED"
    assert done.stderr == f"Error: {receiver.url} did not accept it.\n"
    assert receiver.got[-1]["body"] == b'{"a": 1'


def test_webhooks_alone_lists_them(shell: Any, export: str) -> None:
    assert [delivery["exportId"] for delivery in shell.json("webhooks")] == [export]
