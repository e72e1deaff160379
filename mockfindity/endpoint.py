"""The road: what happens to every request, once.

    read the body     bounded; what is too large is thrown away unread
    1 authenticate    who calls, and in which sandbox
    3 parse           the query and the body, against the route's models
    4 operate         check everything, then write: nothing else runs in between
      announce        what the operation put in the outbox
    5 render          the answer, or the refusal, with its X-Request-Id

From 1 to 4 there is no ``await``, so an operation sees and leaves a consistent state without a
lock, and whoever is refused has changed nothing. An operation that has more to wait for (a webhook
to be over, a PDF to be drawn) has done its writing when it returns an awaitable.
"""

from __future__ import annotations

import inspect
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .auth import authenticate, sandbox_of
from .call import Bytes, Call
from .errors import BadRequest, InternalError, OAuthError, PayloadTooLarge, Refusal, WaitTimeout
from .extra_fields import with_extra_fields
from .jsons import encode
from .route import MIB, Match, Route, Router
from .sandbox import Sandbox, Sandboxes
from .wire import UnknownFields, parse_query

log = logging.getLogger("mockfindity")

THROWN_AWAY = 256 * MIB


class Road:
    """The ASGI application for every path of the table of routes."""

    def __init__(
        self, sandboxes: Sandboxes, router: Router, announce: Callable[[Sandbox], None]
    ) -> None:
        self.sandboxes = sandboxes
        self.router = router
        self.announce = announce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        request_id = str(uuid.uuid4())
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        except Refusal as refusal:
            response = refused(refusal, request_id)
        except Exception:
            log.exception("%s %s failed (request %s)", request.method, request.url.path, request_id)
            broken = InternalError("mockfindity failed; what it logged has the same request id.")
            response = refused(broken, request_id)
        response.headers["x-request-id"] = request_id
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        scope = request.scope
        raw_path = scope.get("raw_path") or scope["path"].encode()
        match = self.router.match(request.method, raw_path.partition(b"?")[0].decode("latin-1"))
        raw = await _read(request, match.route.limit)
        sandbox = self._sandbox(request, match)
        ids = sandbox.state.ids
        mark = ids.count
        try:
            result = self._operate(request, match, sandbox, raw)
        except Refusal:
            ids.count = mark
            raise
        self.announce(sandbox)
        if inspect.isawaitable(result):
            result = await result
        return self._render(match.route, sandbox, result)

    def _sandbox(self, request: Request, match: Match) -> Sandbox:
        if match.route.family.auth == "control":
            return self.sandboxes[match.path.get("sandbox", "default")]
        return sandbox_of(self.sandboxes, request.headers.get("authorization"))

    def _operate(
        self, request: Request, match: Match, sandbox: Sandbox, raw: bytes
    ) -> Any | Awaitable[Any]:
        """Steps 1 to 4, without a pause."""
        route, headers = match.route, request.headers
        bearer = route.family.auth == "bearer"
        key = authenticate(sandbox, headers.get("authorization")) if bearer else None
        call = Call(
            sandboxes=self.sandboxes,
            sandbox=sandbox,
            key=key,
            path=match.path,
            query=parse_query(route.query, _query(request)),
            headers=headers,
            raw=raw,
            internal=route.legacy,
        )
        if route.family.name == "legacy admin":
            _check_version(sandbox, headers.get("x-findity-apiversion"))
        if route.body is not None:
            call.body = route.body.parse(raw, _policy(route, sandbox), match.path)
        return route.operation(call)

    def _render(self, route: Route, sandbox: Sandbox, result: Any) -> Response:
        if isinstance(result, Bytes):
            kind = {"content-type": result.media_type}
            return Response(result.data, 200, kind | dict(result.headers))
        if route.status == 204:
            return Response(status_code=204)
        if sandbox.settings.extra_fields and route.family.auth == "bearer":
            result = with_extra_fields(result)
        headers = {"cache-control": "no-store"} if route.family.auth == "token" else None
        return Response(encode(result), route.status, headers, "application/json")


def refused(refusal: Refusal, request_id: str) -> Response:
    """The answer to a refused request: Findity's envelope, or RFC 6749's on the token endpoint."""
    body: dict[str, object] = {
        "result": "error",
        "requestId": request_id,
        "description": refusal.description,
        "code": refusal.code,
    }
    if isinstance(refusal, OAuthError):
        body = {"error": refusal.error, "error_description": refusal.description}
    if isinstance(refusal, WaitTimeout):
        body |= refusal.found
    headers = dict(refusal.headers)
    return Response(encode(body), refusal.status, headers, "application/json")


def _query(request: Request) -> dict[str, str]:
    text: str = request.scope["query_string"].decode("latin-1")
    return dict(parse_qsl(text, keep_blank_values=True)) if text else {}


def _policy(route: Route, sandbox: Sandbox) -> UnknownFields:
    return "refuse" if route.family.auth == "control" else sandbox.settings.unknown_fields


def _check_version(sandbox: Sandbox, version: str | None) -> None:
    if sandbox.settings.require_api_version and version != "3":
        raise BadRequest(f"X-Findity-ApiVersion: 3 was expected, got {version!r}.")


async def _read(request: Request, limit: int) -> bytes:
    """The body, up to ``limit`` bytes.

    A larger one is still read to its end and thrown away, so that the refusal arrives; past 256
    MiB the answer is given without reading on, which closes the connection.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        else:
            chunks.clear()
        if size > THROWN_AWAY:
            break
    if size > limit:
        raise PayloadTooLarge(f"the body is larger than the {limit // MIB} MiB that are taken.")
    return b"".join(chunks)
