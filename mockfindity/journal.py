"""The journal: every request a client made, what it was answered, and how to wait for one.

Entries keep what came in and went out by reference and are rendered when somebody reads them, so
that keeping one costs little. They are capped by number and by bytes; the oldest go first. Secrets
never leave it: they are blotted out on reading, and nothing else reads what is kept.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode

MOST = 10_000
MOST_BYTES = 32 * 1024 * 1024
BODY = 64 * 1024
"""Bytes of a body that are kept."""

REDACTED = "[redacted]"
SECRET_FIELDS = frozenset(
    {"client_secret", "refresh_token", "access_token", "token", "client_assertion"}
)
_SECRET_JSON = re.compile(
    r'("(?:client_secret|refresh_token|access_token|token|clientSecret)"\s*:\s*)"(?:[^"\\]|\\.)*"?'
)
_SECRET_FORM = re.compile(r"((?:client_secret|refresh_token|access_token)=)[^&\s\"]+")


class Entry(NamedTuple):
    """One request and its answer. ``number`` counts from 1; ``time`` is by the sandbox's clock,
    ``at`` in seconds by a clock of the machine's that only goes forward."""

    number: int
    time: str
    at: float
    method: str
    raw_path: str
    operation: str | None
    template: str | None
    query: str
    headers: list[tuple[bytes, bytes]]
    body: bytes
    size: int
    status: int | None
    answer_headers: list[tuple[bytes, bytes]]
    answer: bytes
    answer_size: int
    duration_ms: float
    request_id: str
    client_id: str | None
    fault: str | None
    nearest: str | None
    unclaimed: bool
    unknown: tuple[str, ...]

    @property
    def path(self) -> str:
        return unquote(self.raw_path)

    @property
    def weight(self) -> int:
        """About how many bytes it keeps."""
        headers = sum(len(n) + len(v) for n, v in (*self.headers, *self.answer_headers))
        return 600 + len(self.body) + len(self.answer) + headers + len(self.query)

    def brief(self) -> dict[str, object]:
        """What the stream of events says of it."""
        return {
            "id": self.number,
            "time": self.time,
            "method": self.method,
            "path": self.path,
            "operationId": self.operation,
            "status": self.status,
            "durationMs": self.duration_ms,
            "fault": self.fault,
        }

    def header(self, name: str) -> str | None:
        """A header of the request, unredacted."""
        wanted = name.encode()
        return next((v.decode("latin-1") for n, v in self.headers if n.lower() == wanted), None)


class Journal:
    """The entries of one sandbox, oldest first."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque()
        self._bytes = 0
        self._numbers = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def add(self, entry: Entry) -> None:
        """Keep an entry, and let the oldest go where there is no room."""
        self.entries.append(entry)
        self._bytes += entry.weight
        while len(self.entries) > MOST or (self._bytes > MOST_BYTES and len(self.entries) > 1):
            self._bytes -= self.entries.popleft().weight
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def changed(self) -> None:
        """Return when the next entry is there."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    def clear(self) -> None:
        """Forget every entry; numbers go on."""
        self.entries.clear()
        self._bytes = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def shown(entry: Entry) -> dict[str, Any]:
    """An entry as the control API gives it, with its secrets blotted out."""
    return {
        "id": entry.number,
        "time": entry.time,
        "method": entry.method,
        "path": entry.path,
        "query": {
            name: REDACTED if name in SECRET_FIELDS else value
            for name, value in parse_qsl(entry.query, keep_blank_values=True)
        },
        "operationId": entry.operation,
        "route": entry.template,
        "nearest": entry.nearest,
        "clientId": entry.client_id,
        "unclaimed": entry.unclaimed,
        "headers": _headers(entry.headers),
        "body": _body(entry.headers, entry.body),
        "bodySize": entry.size,
        "unknownFields": list(entry.unknown),
        "status": entry.status,
        "answerHeaders": _headers(entry.answer_headers),
        "answer": _body(entry.answer_headers, entry.answer),
        "answerSize": entry.answer_size,
        "durationMs": entry.duration_ms,
        "requestId": entry.request_id,
        "fault": entry.fault,
    }


def _headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): _header(name, value.decode("latin-1"))
        for name, value in headers
    }


def _header(name: bytes, value: str) -> str:
    if name.lower() not in (b"authorization", b"proxy-authorization", b"cookie"):
        return value
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {REDACTED}" if space else REDACTED


def _body(headers: list[tuple[bytes, bytes]], body: bytes) -> str:
    """A body as text, its secrets blotted out; what is no text is told by its size."""
    kind = next((v for n, v in headers if n.lower() == b"content-type"), b"").lower()
    text = _text(body)
    if text is None:
        return f"[{len(body)} bytes that are no text]"
    if kind.startswith(b"application/x-www-form-urlencoded"):
        pairs = parse_qsl(text, keep_blank_values=True)
        return urlencode([(n, REDACTED if n in SECRET_FIELDS else v) for n, v in pairs], safe="[]")
    return _SECRET_FORM.sub(rf"\1{REDACTED}", _SECRET_JSON.sub(rf'\1"{REDACTED}"', text))


def _text(body: bytes) -> str | None:
    """A body as text; one that was cut may end within a character."""
    for end in (len(body), *range(len(body) - 1, max(0, len(body) - 4), -1)):
        try:
            return body[:end].decode()
        except UnicodeDecodeError:
            if len(body) < BODY:
                return None
    return None
