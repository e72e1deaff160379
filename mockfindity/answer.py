"""An answer on its way out: status, headers, body, sent as ASGI has it.

Starlette's ``Response`` would be built a second time around what is here already; for a small
answer that was a tenth of the whole request.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

from starlette.types import Receive, Scope, Send

from .headers import Raw, lines
from .protocol import WHOLE

JSON = "application/json"
_TYPE = {JSON: (b"content-type", b"application/json")}
PIECE = 64 * 1024
"""Bytes that are sent at once. Between two pieces other requests have their turn."""


class Answer:
    """An answer whose body is there already. ``headers`` are lower-case and in the order in which
    they are sent."""

    __slots__ = ("_lines", "body", "headers", "status")

    def __init__(
        self,
        status: int,
        body: bytes = b"",
        media_type: str | None = None,
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.status, self.body = status, body
        self.headers: Raw = []
        if status not in (204, 304):
            self.headers.append((b"content-length", b"%d" % len(body)))
        if media_type is not None:
            self.headers.append(_TYPE.get(media_type) or _raw("content-type", media_type))
        if headers:
            self.headers.extend(_raw(name, value) for name, value in headers)
        self._lines: bytes | None = None

    @property
    def lines(self) -> bytes:
        """The headers as lines, once all of them are there. Raises ``ValueError`` where one has a
        line break in it."""
        if self._lines is None:
            self._lines = found = lines(self.headers)
            if not found.count(b"\n") == found.count(b"\r") == len(self.headers):
                raise ValueError("a header has a line break in it")
        return self._lines

    def set(self, name: str, value: str) -> None:
        """Give a header this value and no other; one that was not there comes last."""
        new = _raw(name, value)
        at = [index for index, (known, _) in enumerate(self.headers) if known == new[0]]
        for index in at[:0:-1]:
            del self.headers[index]
        if at:
            self.headers[at[0]] = new
        else:
            self.headers.append(new)

    def named(self) -> dict[str, str]:
        """The headers by their names, without the length of the body."""
        pairs = ((n.decode("latin-1"), v.decode("latin-1")) for n, v in self.headers)
        return {name: value for name, value in pairs if name != "content-length"}

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return len(self.body)

    def start(self) -> dict[str, object]:
        """The message that the answer begins with."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}

    async def send(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; a large body piece by piece."""
        body = self.body
        write = scope.get(WHOLE) if len(body) <= PIECE else None
        if write is not None and write(send, self.status, self.lines, body):
            return
        following = (body[at : at + PIECE] for at in range(PIECE, len(body), PIECE))
        await self._send_pieces(send, body[:PIECE], following)

    async def _send_pieces(self, send: Send, piece: bytes, following: Iterator[bytes]) -> None:
        """Send a body piece by piece; others have their turn after each."""
        await send(self.start())
        for after in following:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(0)
            piece = after
        await send({"type": "http.response.body", "body": piece})

    def whole(self) -> Answer:
        """The same answer with its whole body."""
        return self

    def note(self, note: Callable[[], None]) -> None:
        """Call ``note`` once it is known what is sent, before the end of it is."""
        note()


class InPieces(Answer):
    """JSON that comes in pieces, which may be made while it is sent. ``length`` is how
    long it is, where that is known; ``body`` is what there was of it at first."""

    __slots__ = ("_note", "_pieces", "_size")

    def __init__(self, status: int, pieces: Iterator[bytes], length: int | None = None) -> None:
        super().__init__(status, next(pieces), JSON)
        self.headers[:1] = [] if length is None else [(b"content-length", b"%d" % length)]
        self._pieces, self._size = pieces, len(self.body)
        self._note: Callable[[], None] = lambda: None

    @property
    def size(self) -> int:
        return self._size

    def whole(self) -> Answer:
        return Answer(self.status, b"".join([self.body, *self._pieces]), JSON)

    def note(self, note: Callable[[], None]) -> None:
        self._note = note

    async def send(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is made, as it is made."""
        await self._send_pieces(send, self.body, self._counted())

    def _counted(self) -> Iterator[bytes]:
        """The pieces that follow; when the last is made, it is known what is sent."""
        for piece in self._pieces:
            self._size += len(piece)
            yield piece
        self._note()


class Streamed(Answer):
    """An answer that goes on until its reader leaves; its body is nothing that could be kept."""

    __slots__ = ("_chunks",)

    def __init__(self, chunks: AsyncIterator[bytes], media_type: str) -> None:
        super().__init__(200, b"", media_type, [("cache-control", "no-cache")])
        self._chunks = chunks

    async def send(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what comes, as it comes."""
        from starlette.responses import StreamingResponse

        response = StreamingResponse(self._chunks, self.status)
        response.raw_headers = [header for header in self.headers if header[0] != b"content-length"]
        await response(scope, receive, send)


def _raw(name: str, value: str) -> tuple[bytes, bytes]:
    return name.lower().encode("latin-1"), value.encode("latin-1")
