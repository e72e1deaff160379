"""One request on the road: what it brings, and what becomes known of it on the way."""

from __future__ import annotations

from starlette.types import Receive, Scope

from .auth import bearer
from .call import Call
from .faults import Rule
from .headers import Headers
from .route import MIB, Match
from .sandbox import Sandbox

THROWN_AWAY = 256 * MIB
LENGTH, CHUNKED = b"content-length", b"transfer-encoding"

ASIDE = b"x-mockfindity-aside"
"""A header that whoever prepares a test sends with calls of Findity's API, with any value: they
are left out of the journal, the faults and the rate limit, which are for the client under test."""


class Left(Exception):
    """The client went away before it had sent its whole request."""


class Passage:
    """One request on the road: what is known of it so far. ``token`` is the one it carries."""

    __slots__ = (
        *("body", "call", "headers", "is_aside", "match", "method", "raw_path", "rule", "runs"),
        *("sandbox", "scope", "size", "token"),
    )

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.headers = Headers(scope["headers"])
        first = self.headers.first
        self.is_aside = ASIDE in first
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        self.raw_path = (path.partition(b"?")[0] if b"?" in path else path).decode("latin-1")
        self.token = bearer(first.get(b"authorization"))
        self.match: Match | None = None
        self.sandbox: Sandbox | None = None
        self.call: Call | None = None
        self.rule: Rule | None = None
        self.runs = True
        self.body, self.size = b"", 0

    @property
    def has_body(self) -> bool:
        """Whether there may be a body to read."""
        headers = self.headers.first
        return self.method != "GET" or LENGTH in headers or CHUNKED in headers

    @property
    def authorization(self) -> str | None:
        return self.headers.get("authorization")

    @property
    def query(self) -> str:
        """The query as it came, percent-encoded."""
        text: str = self.scope["query_string"].decode("latin-1")
        return text


async def read_body(passage: Passage, receive: Receive, limit: int) -> tuple[bytes, int]:
    """The body, up to ``limit`` bytes, and how large it is.

    A larger one is still read to its end and thrown away, so that the refusal arrives; past 256
    MiB the answer is given without reading on, which closes the connection. Raises ``Left``.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        else:
            chunks.clear()
        if not message.get("more_body") or size > max(THROWN_AWAY, limit):
            return b"".join(chunks), size
