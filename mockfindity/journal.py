"""The journal: every request a client made, what it was answered, and how to wait for one.

Entries keep what came in and went out by reference and are rendered when somebody reads them, so
that keeping one costs little. They are capped by number and by bytes; the oldest go first. Secrets
never leave it: they are blotted out on reading, and nothing else reads what is kept.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, unquote_plus

import msgspec

from .bell import Bell

if TYPE_CHECKING:
    from .shapes.requests import RequestOut

MOST = 10_000
MOST_BYTES = 32 * 1024 * 1024
ROOM = 64 * 1024 * 1024
"""Bytes that all journals of a server keep together."""

NEARLY = 0.8
"""Of its share, from which on a journal makes the room that it needs itself."""

BODY = 64 * 1024
"""Bytes of a body that are kept."""

REDACTED = "[redacted]"
SECRET_FIELDS = frozenset(
    {
        *("client_secret", "refresh_token", "access_token", "token", "client_assertion"),
        *("clientSecret", "refreshToken", "accessToken"),
    }
)
SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-mockfindity-token"}
)
_NAMES = f"(?:{'|'.join(sorted(SECRET_FIELDS))})"
_SECRET_JSON = re.compile(
    rf'("{_NAMES}"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s",\[\]{{}}]+)', re.IGNORECASE
)
_SIGNS = (b"token", b"secret", b"assertion")
"""One of these is in the name of every secret field."""

_SECRET_FORM = re.compile(rf'((?<![^&?\s"]){_NAMES}=)[^&\s"]+', re.IGNORECASE)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One request and its answer. ``number`` counts from 1; ``time`` is by the sandbox's clock,
    ``at``, when it was answered, in seconds by a clock of the machine's that only goes forward.
    ``spoiled`` says that a fault kept the client from a whole answer. Headers are lines,
    as HTTP/1.1 has them: as names and values they would be a quarter of a million objects."""

    number: int
    time: str
    at: float
    method: str
    raw_path: str
    operation: str | None
    template: str | None
    query: str
    headers: bytes
    body: bytes
    size: int
    status: int | None
    answer_headers: bytes
    answer: bytes
    answer_size: int
    duration_ms: float
    client_id: str | None
    fault: str | None
    spoiled: bool
    nearest: str | None
    unclaimed: bool
    unknown: tuple[str, ...]

    @property
    def path(self) -> str:
        return unquote(self.raw_path)

    @property
    def request_id(self) -> str:
        """The ``X-Request-Id`` of its answer, whose last header that is."""
        return self.answer_headers.rpartition(b": ")[2].removesuffix(b"\r\n").decode()

    @property
    def begun(self) -> float:
        """When the request came, by the clock of ``at``."""
        return self.at - self.duration_ms / 1000

    @property
    def weight(self) -> int:
        """About how many bytes it keeps."""
        headers = len(self.headers) + len(self.answer_headers)
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
            "durationMs": round(self.duration_ms, 3),
            "fault": self.fault,
        }

    def header(self, name: str) -> str | None:
        """A header of the request, unredacted."""
        found = (value for known, value in unpacked(self.headers) if known.lower() == name)
        return next(found, None)


class Room:
    """What the journals of a server may keep together. Where that is too much, those that take
    their share forget their oldest entries: whoever has only asked a little keeps it."""

    def __init__(self, most_bytes: int = ROOM) -> None:
        self.journals: set[Journal] = set()
        self.bytes, self._most = 0, most_bytes
        self._greedy: Journal | None = None

    def make(self, asked: Journal) -> None:
        """Let entries go until the rest has room; ``asked`` is the journal that has one more."""
        while self.bytes > self._most:
            if self._is_greedy(asked):
                self._greedy = asked
            elif not self._is_greedy(self._greedy):
                self._greedy = max(self.journals, key=lambda one: one.bytes)
            if self._greedy is None or len(self._greedy.entries) < 2:
                return
            self._greedy.forget_oldest()

    def _is_greedy(self, journal: Journal | None) -> bool:
        """Whether it takes its share, or nearly: where all are about as full, each makes the room
        that it needs, and nobody is looked for."""
        if journal is None or journal not in self.journals:
            return False
        return journal.bytes * len(self.journals) >= NEARLY * self._most


class Journal:
    """The entries of one sandbox, oldest first; ``is_whole`` while none of them was forgotten.
    ``bytes`` is about how many they have, ``room`` what it shares with the others of a server."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self.entries: deque[Entry] = deque()
        self.is_whole = True
        self._most, self._most_bytes = most, most_bytes
        self._weights: deque[int] = deque()
        self.bytes = 0
        self.room = Room()
        self._numbers = 0
        self.bell = Bell()

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def add(self, entry: Entry) -> None:
        """Keep an entry, and let the oldest go where there is no room."""
        weight = entry.weight
        self.entries.append(entry)
        self._weights.append(weight)
        self.bytes += weight
        self.room.bytes += weight
        while len(self.entries) > self._most or (
            self.bytes > self._most_bytes and len(self.entries) > 1
        ):
            self.forget_oldest()
        self.room.make(self)
        self.bell.ring()

    def forget_oldest(self) -> None:
        """Forget the oldest entry."""
        self.entries.popleft()
        weight = self._weights.popleft()
        self.bytes -= weight
        self.room.bytes -= weight
        self.is_whole = False

    def clear(self) -> None:
        """Forget every entry, and that there were any; numbers go on."""
        self.entries.clear()
        self._weights.clear()
        self.room.bytes -= self.bytes
        self.bytes = 0
        self.is_whole = True

    def share(self, room: Room) -> None:
        """Share what room there is with the other journals of a server."""
        self.leave()
        room.journals.add(self)
        room.bytes += self.bytes
        self.room = room

    def leave(self) -> None:
        """Have room of its own again."""
        self.room.journals.discard(self)
        self.room.bytes -= self.bytes
        self.room = Room()
        self.room.bytes = self.bytes

    def forget(self) -> None:
        """Forget every entry of a client that goes on."""
        self.clear()
        self.is_whole = False

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def get(self, name: str) -> Entry | None:
        """The entry of that number or ``X-Request-Id``, if it is still kept."""
        newest = reversed(self.entries)
        return next((e for e in newest if name in (str(e.number), e.request_id)), None)


def shown(entry: Entry) -> RequestOut:
    """An entry as the control API gives it, with its secrets blotted out."""
    return {
        "id": entry.number,
        "time": entry.time,
        "method": entry.method,
        "path": entry.path,
        "target": target(entry),
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
        "body": blotted(entry.body),
        "bodySize": entry.size,
        "unknownFields": list(entry.unknown),
        "status": entry.status,
        "answerHeaders": _headers(entry.answer_headers),
        "answer": blotted(entry.answer),
        "answerSize": entry.answer_size,
        "durationMs": round(entry.duration_ms, 3),
        "begun": round(entry.begun, 4),
        "requestId": entry.request_id,
        "fault": entry.fault,
    }


def unpacked(lines: bytes) -> Iterator[tuple[str, str]]:
    """Names and values of headers that are kept as the lines they were on the wire."""
    for line in lines.decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(": ")
        yield name, value


def _headers(headers: bytes) -> dict[str, str]:
    return {name.lower(): _header(name.lower(), value) for name, value in unpacked(headers)}


def _header(name: str, value: str) -> str:
    if name not in SECRET_HEADERS:
        return value
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {REDACTED}" if space else REDACTED


def target(entry: Entry) -> str:
    """Path and query as they came, percent-encoded, the secrets in them blotted out."""
    query = "&".join(_field(field) for field in entry.query.split("&"))
    return f"{entry.raw_path}?{query}" if query else entry.raw_path


def blotted(body: bytes) -> str:
    """A body as text, its secrets blotted out; what is no text is told by its size.

    Whatever its content type says: curl calls JSON a form, and Findity's guides call it plain text.
    """
    text = _text(body)
    if text is None:
        return f"[{len(body)} bytes that are no text]"
    text = "&".join(_field(field) for field in text.split("&"))
    if not _has_sign(body):
        return text
    return _SECRET_FORM.sub(rf"\1{REDACTED}", _SECRET_JSON.sub(rf'\1"{REDACTED}"', text))


def may_have_secrets(body: bytes) -> bool:
    """Whether a body must be looked through for secrets; that of most has none for certain."""
    return b"%" in body or _has_sign(body)


def _has_sign(body: bytes) -> bool:
    """Whether it is worth while to look for secret fields that are not percent-encoded."""
    small = body.lower()
    return any(sign in small for sign in _SIGNS)


def is_text(body: bytes) -> bool:
    """Whether a body is shown, not only told by its size."""
    return _text(body) is not None


def _field(field: str) -> str:
    """A field of a form, whose name may be written in many ways."""
    name, equals, _ = field.partition("=")
    return f"{name}={REDACTED}" if equals and unquote_plus(name) in SECRET_FIELDS else field


def _text(body: bytes) -> str | None:
    """A body as text; one that was cut may end within a character."""
    for end in (len(body), *range(len(body) - 1, max(0, len(body) - 4), -1)):
        try:
            return body[:end].decode()
        except UnicodeDecodeError:
            if len(body) < BODY:
                return None
    return None
