"""What a fault rule makes of an answer: another one, a spoiled one, or none at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from .answer import JSON, Answer
from .errors import Refusal, Unauthorized
from .faults import CODES, Body, Connection, Rule
from .protocol import KEY, reset

DRIPS, DRIP_SECONDS = 20, 0.1
"""A body that drips comes in so many pieces, so far apart."""

HTML = "text/html; charset=utf-8"
STATUSES = {status.value: status for status in HTTPStatus}
Refused = Callable[[Refusal, str], Answer]


class Fault(Refusal):
    """The refusal a rule asks for; its status and code are the rule's."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(f"fault rule {rule.id} answers this instead of Findity.")
        status = rule.status or 500
        self.status = status  # type: ignore[misc]
        self.code = rule.code or CODES.get(status) or _name(status)  # type: ignore[misc]
        self.headers = Unauthorized.headers if status == 401 else ()


def _name(status: int) -> str:
    return STATUSES[status].name if status in STATUSES else f"STATUS_{status}"


def spoiled(rule: Rule, real: Answer | None, refused: Refused, request_id: str) -> Answer:
    """The answer that a rule leaves of the real one; ``None`` where the operation was not run."""
    if real is None or rule.status is not None:
        real = refused(Fault(rule), request_id)
    answer = real if rule.body is None else _with_body(rule.body, real)
    for name, value in rule.headers.items():
        answer.set(name, value)
    return answer


def _with_body(kind: Body, answer: Answer) -> Answer:
    """An answer with another body: what it said of its own body stands, but for the length."""
    headers = answer.named()
    if kind == "empty":
        return Answer(answer.status, b"", None, headers.items())
    # Nothing can be sent with 204; a proxy that has something to say says 200.
    status = 200 if answer.status == 204 else answer.status
    if kind == "html":
        return Answer(status, _page(status), None, (headers | {"content-type": HTML}).items())
    whole = answer.body or b'{"result": "success"}'
    json = {"content-type": JSON}
    return Answer(status, whole[: max(1, len(whole) * 2 // 3)], None, (json | headers).items())


def _page(status: int) -> bytes:
    """What a proxy in front of Findity would answer."""
    title = f"{status} {STATUSES[status].phrase}" if status in STATUSES else str(status)
    return (
        f"<!doctype html>\n<html><head><title>{title}</title></head>\n"
        f"<body><center><h1>{title}</h1></center><hr></body></html>\n"
    ).encode()


async def send_spoiled(
    how: Connection, answer: Answer, scope: Scope, receive: Receive, send: Send
) -> None:
    """Let a connection fault happen on the real socket. Of an answer without a body there is
    nothing to truncate: it does not come at all.

    Raises ``ConnectionError`` where there is no socket, in process, for all but ``drip``.
    """
    body, start = answer.body, answer.start()
    if how == "drip":
        await send(start)
        size = max(1, -(-len(body) // DRIPS))
        for at in range(0, len(body), size):
            piece = body[at : at + size]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(DRIP_SECONDS)
        await send({"type": "http.response.body", "body": b""})
        return
    if how == "truncate" and body and scope["method"] != "HEAD":
        await send(start)
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
    await _hang_up(how, scope, receive)


async def _hang_up(how: Connection, scope: Scope, receive: Receive) -> None:
    transport = scope.get(KEY)
    if transport is None:
        kind = ConnectionResetError if how == "reset" else ConnectionAbortedError
        raise kind(f"a fault rule lets this connection {how}")
    if how == "reset":
        reset(transport)
    else:
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
