"""How soon a receiver is called after a bulk send."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from queue import SimpleQueue

from mockfindity import Findity

from .load import Effort, median
from .rows import Row, at_most
from .servers import running
from .wire import Connection

SENDS = 5
"""For every round."""
WARM = 5
ACCEPTED = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def webhooks(effort: Effort) -> Iterator[Row]:
    """From the bulk send to the moment at which the receiver accepts the connection."""
    with running() as ours, socket.create_server(("127.0.0.1", 0)) as listener:
        accepted: SimpleQueue[float] = SimpleQueue()
        threading.Thread(target=_receive, args=(listener, accepted), daemon=True).start()
        findity = Findity.at(ours.url)
        port = listener.getsockname()[1]
        findity.organization().recipient(webhook_url=f"http://127.0.0.1:{port}/")
        found = list(_delays(findity, accepted, WARM + SENDS * effort.rounds))[WARM:]
    told = f"{len(found)} sends, the longest {max(found):.1f} ms"
    yield at_most("bulk send to the receiver's accept", median(found), 10, "ms", told)


def _delays(findity: Findity, accepted: SimpleQueue[float], sends: int) -> Iterator[float]:
    """Milliseconds of each of so many sends of one report."""
    path = f"/_mockfindity/organizations/{findity.here.id}/bulk-send"
    with closing(Connection(findity.url)) as line:
        for number in range(sends):
            findity.report(name=f"Trip {number}").submit()
            began = time.monotonic()
            line.ask("POST", path, {})
            yield (accepted.get(timeout=20) - began) * 1000
            findity.webhooks.wait(number + 1)


def _receive(listener: socket.socket, accepted: SimpleQueue[float]) -> None:
    """Take one connection after the other, read its request and accept it."""
    while True:
        try:
            line, _ = listener.accept()
        except OSError:  # the listener was closed: it is over
            return
        accepted.put(time.monotonic())
        with line:
            _read(line)
            line.sendall(ACCEPTED)


def _read(line: socket.socket) -> None:
    text = b""
    while b"\r\n\r\n" not in text:
        text += line.recv(65536)
    head, _, body = text.partition(b"\r\n\r\n")
    names = dict(one.lower().split(b": ", 1) for one in head.split(b"\r\n")[1:])
    missing = int(names[b"content-length"]) - len(body)
    while missing > 0:
        missing -= len(line.recv(65536))
