"""What happens in a sandbox, as server-sent events over a real socket."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx2
import pytest
from support import Findity, Receiver

from mockfindity import stream
from mockfindity.app import App
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen
from mockfindity.stream import Events

LIST = "/api/admin/organizations/"


class Event(NamedTuple):
    """One event as it came."""

    number: int
    kind: str
    data: dict[str, Any]


class Reader:
    """Reads a stream of events."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()
        self.greeting = next(self._lines)
        assert next(self._lines) == ""

    def next(self) -> Event:
        """The next event; what is no event is passed over."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line and "data" in fields:
                return Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value
        raise EOFError

    def until(self, kind: str) -> Event:
        """The next event of a kind."""
        while (event := self.next()).kind != kind:
            pass
        return event


@contextmanager
def reading(findity: Findity, last: int | None = None) -> Iterator[Reader]:
    """A reader of a sandbox's events, who has read up to ``last``."""
    headers = {} if last is None else {"last-event-id": str(last)}
    path = f"{findity.url}/_mockfindity/sandboxes/{findity.name}/events"
    with (
        httpx2.Client(verify=False, timeout=10) as client,
        client.stream("GET", path, headers=headers) as answer,
    ):
        yield Reader(answer)


def test_a_stream_is_of_server_sent_events(findity: Findity) -> None:
    with reading(findity) as reader:
        headers = reader.answer.headers

        assert (reader.answer.status_code, reader.greeting) == (200, ": mockfindity")
        assert headers["content-type"].partition(";")[0] == "text/event-stream"
        assert headers["cache-control"] == "no-cache"


def test_a_request_is_an_event(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.api.get(f"{LIST}?access_token=hush")

        event = reader.next()

    entry = findity.control("GET", "/requests").json()["data"][-1]
    assert (event.kind, event.data) == (
        "request",
        {
            "id": entry["id"],
            "time": entry["time"],
            "method": "GET",
            "path": LIST,
            "operationId": "listOrganizations",
            "status": 200,
            "durationMs": entry["durationMs"],
            "fault": None,
        },
    )


def test_a_change_is_an_event_before_its_request_is_one(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.organization("ACME")

        events = [reader.next(), reader.next()]

    assert [(event.kind, event.data["operationId"]) for event in events] == [
        ("state", "upsertOrganization"),
        ("request", "upsertOrganization"),
    ]


def test_a_control_call_is_an_event_where_it_changes_something(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.control("GET", "/clock")
        findity.made("/clock/advance", {"seconds": 1})

        event = reader.next()

    assert (event.kind, event.data["operationId"]) == ("state", "advanceClock")


def test_a_refused_change_is_none(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.api.post(f"{LIST}externalid/A/", json={"no": "field"})

        event = reader.next()

    assert (event.kind, event.data["status"]) == ("request", 400)


def test_a_webhook_is_an_event(acme: Findity, receiver: Receiver) -> None:
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()

    with reading(acme) as reader:
        sent = acme.bulk_send()
        event = reader.until("webhook")

    assert event.data == {
        "id": sent["webhook"],
        "exportId": sent["exportId"],
        "status": "DELIVERED",
        "bounced": False,
    }


def test_numbers_count_up_one_by_one(findity: Findity) -> None:
    with reading(findity) as reader:
        for _ in range(3):
            findity.api.get(LIST)

        numbers = [reader.next().number for _ in range(3)]

    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_a_reader_goes_on_where_it_was(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.api.get(LIST)
        seen = reader.next().number
    findity.api.get("/api/nowhere")
    findity.api.get(LIST)

    with reading(findity, last=seen) as reader:
        missed = [reader.next(), reader.next()]

    assert [(event.number - seen, event.data["path"]) for event in missed] == [
        (1, "/api/nowhere"),
        (2, LIST),
    ]


def test_a_reader_who_was_away_too_long_is_told_how_much_is_lost(
    findity: Findity, sandboxes: Sandboxes
) -> None:
    events = sandboxes[findity.name].events
    for number in range(1200):
        events.publish("state", {"n": number})

    with reading(findity, last=1) as reader:
        lost, first = reader.next(), reader.next()

    assert (lost.kind, lost.data["count"]) == ("lost", first.number - 2)
    assert (lost.number, first.kind) == (first.number - 1, "state")


@pytest.mark.parametrize("last", ["", "x", "-1", "999999", "٣"])
def test_a_last_event_id_that_never_was_begins_now(findity: Findity, last: str) -> None:
    path = f"{findity.url}/_mockfindity/sandboxes/{findity.name}/events"
    headers = {b"last-event-id": last.encode()}
    findity.api.get("/api/before")

    with httpx2.stream("GET", path, headers=headers, verify=False, timeout=10) as answer:
        reader = Reader(answer)
        findity.api.get("/api/after")
        event = reader.next()

    assert event.data["path"] == "/api/after"


def test_another_sandbox_s_events_are_not_seen(make_findity: Callable[..., Findity]) -> None:
    mine, other = make_findity(), make_findity()

    with reading(mine) as reader:
        other.api.get(LIST)
        mine.api.get("/api/mine")

        assert reader.next().data["path"] == "/api/mine"


def test_a_stream_outlives_a_reset(findity: Findity) -> None:
    with reading(findity) as reader:
        findity.control("POST", "/reset")

        assert reader.next().data["operationId"] == "resetSandbox"


def test_a_reader_who_leaves_is_forgotten(findity: Findity, sandboxes: Sandboxes) -> None:
    events = sandboxes[findity.name].events
    with reading(findity) as reader:
        during = (reader.greeting, len(events._readers))

    end = time.monotonic() + 5
    while events._readers and time.monotonic() < end:
        time.sleep(0.01)
    assert (during, len(events._readers)) == ((": mockfindity", 1), 0)


def test_a_server_stops_although_somebody_reads() -> None:
    listener = listen(port=0)
    sandboxes = Sandboxes(address(listener))
    url, ended = f"{address(listener)}/_mockfindity/events", threading.Event()

    def read(started: threading.Event) -> None:
        try:
            with httpx2.stream("GET", url, verify=False, timeout=20) as answer:
                for _ in answer.iter_raw():
                    started.set()
        except httpx2.TransportError:
            pass
        ended.set()

    with in_thread(App(sandboxes), listener):
        started = threading.Event()
        thread = threading.Thread(target=read, args=(started,))
        thread.start()
        assert started.wait(5)
        before = time.monotonic()

    assert time.monotonic() - before < 3
    assert ended.wait(5)
    thread.join()


async def first(events: Events, count: int, between: Callable[[int], None]) -> list[bytes]:
    """The first pieces of a stream; ``between`` is called after each with how many there are."""
    following = events.follow(None)
    got: list[bytes] = []
    async for piece in following:
        got.append(piece)
        between(len(got))
        if len(got) == count:
            break
    await following.aclose()
    return got


def test_a_quiet_stream_says_that_it_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stream.HEARTBEAT == 15
    monkeypatch.setattr(stream, "HEARTBEAT", 0.01)

    pieces = asyncio.run(first(Events(), 2, lambda _: None))

    assert pieces == [b": mockfindity\n\n", b": still here\n\n"]


def test_what_happens_while_an_event_is_sent_is_sent_too() -> None:
    events = Events()

    pieces = asyncio.run(first(events, 4, lambda n: events.publish("state", {"n": n})))

    assert pieces == [
        b": mockfindity\n\n",
        b'id: 1\nevent: state\ndata: {"n":1}\n\n',
        b'id: 2\nevent: state\ndata: {"n":2}\n\n',
        b'id: 3\nevent: state\ndata: {"n":3}\n\n',
    ]
