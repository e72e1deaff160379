"""A mockfindity that drifts: an ASGI application in front of it that changes one thing.

A drift is told what was asked and how to get the real answer, and gives the answer it likes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    def saying(self, data: Any) -> Answer:
        """This answer with other JSON in it."""
        return replace(self, body=json.dumps(data).encode())


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    body: bytes
    host: str = ""


Ask = Callable[[Request], Awaitable[Answer]]
Drift = Callable[[Request, Ask], Awaitable[Answer]]


class Drifting:
    """``drift`` can be set between requests; ``None`` is none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.drift: Drift | None = None
        self.asked: list[Request] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/_mockfindity"):
            await self.app(scope, receive, send)
            return
        body = await _whole(receive)
        query = scope["query_string"].decode()
        host = dict(scope["headers"])[b"host"].decode()
        request = Request(scope["method"], scope["path"].rstrip("/"), query, body, host)
        self.asked.append(request)

        async def ask(asked: Request) -> Answer:
            return await _answer(self.app, scope, asked)

        answer = await (self.drift(request, ask) if self.drift else ask(request))
        headers = {**answer.headers, "content-length": str(len(answer.body))}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body})


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(app: ASGIApp, scope: Scope, asked: Request) -> Answer:
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    changed = {**scope, "method": asked.method, "query_string": asked.query.encode()}
    await app(changed, receive, send)
    headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Answer(messages[0]["status"], headers, body)


# ---- drifts ----------------------------------------------------------------------------------


def at(method: str, path: str, change: Callable[[Answer], Answer], **only: int) -> Drift:
    """Changes the answers of a path (the end of one, as a pattern), perhaps of one status only."""

    async def drift(request: Request, ask: Ask) -> Answer:
        answer = await ask(request)
        meant = request.method == method and re.search(f"{path}$", request.path)
        return change(answer) if meant and only.get("status", 200) == answer.status else answer

    return drift


def data(change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    """Changes the JSON of an answer: in place, or by giving other JSON back."""

    def changed(answer: Answer) -> Answer:
        found = answer.data
        other = change(found)
        return answer.saying(found if other is None else other)

    return changed


def each(name: str, change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    """Changes each element of a list in an answer, in place."""

    def changed(found: Any) -> None:
        for element in found[name]:
            change(element)

    return data(changed)


def header(name: str, value: str | None) -> Callable[[Answer], Answer]:
    """Sets a header, or takes it away."""

    def changed(answer: Answer) -> Answer:
        others = {key: text for key, text in answer.headers.items() if key != name}
        return replace(answer, headers=others if value is None else {**others, name: value})

    return changed


def instead(status: int, body: bytes = b"", **headers: str) -> Callable[[Answer], Answer]:
    """Another answer altogether."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def changed(answer: Answer) -> Answer:
        request_id = {"x-request-id": answer.headers["x-request-id"]}
        return Answer(status, {"content-type": "text/html", **request_id, **named}, body)

    return changed


def asking(method: str, path: str, change: Callable[[Request], Request]) -> Drift:
    """Changes what is asked before the server sees it."""

    async def drift(request: Request, ask: Ask) -> Answer:
        meant = request.method == method and re.search(f"{path}$", request.path)
        return await ask(change(request) if meant else request)

    return drift


def without_asking(method: str, path: str, answer: Answer) -> Drift:
    """Answers by itself: the server never hears of it."""

    async def drift(request: Request, ask: Ask) -> Answer:
        meant = request.method == method and re.search(f"{path}$", request.path)
        return answer if meant else await ask(request)

    return drift
