"""The road: what happens to every request, once.

    match the path    the table of routes; a path that nobody serves is journalled too
    read the body     bounded; what is too large is thrown away unread
    1 authenticate    who calls, and in which sandbox
    2 fault           a rule that strikes, or the rate limit
    3 parse           the query and the body, against the route's models
    4 operate         check everything, then write: nothing else runs in between
      announce, keep  what the operation put in the outbox; what it wrote, in the data directory
    5 render          the answer, or the refusal, with its X-Request-Id
    6 journal         what was asked and answered

From 3 to 4 there is no ``await``, so an operation sees and leaves a consistent state without a
lock, and whoever is refused has changed nothing. An operation that has more to wait for (a webhook
to be over, a PDF to be drawn) has done its writing when it returns an awaitable.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from .auth import authenticate, basic, bearer, client_sandbox, token_sandbox
from .call import Bytes, Call, Stream
from .errors import (
    BadRequest,
    InternalError,
    NotDocumented,
    OAuthError,
    PayloadTooLarge,
    Refusal,
    WaitTimeout,
)
from .extra_fields import with_extra_fields
from .faults import Met, Rule
from .gate import Gate
from .journal import BODY, Entry
from .jsons import encode
from .protocol import own_url
from .route import MIB, Match, Route, Router
from .sandbox import Sandbox
from .sandboxes import Sandboxes
from .spoiling import send_spoiled, spoiled
from .unknown_fields import unknown_fields
from .wire import UnknownFields, parse_query

log = logging.getLogger("mockfindity")
THROWN_AWAY = 256 * MIB

ASIDE = b"x-mockfindity-aside"
"""A header that whoever prepares a test sends with calls of Findity's API, with any value: they
are left out of the journal, the faults and the rate limit, which are for the client under test."""


class Passage:
    """One request on the road: what is known of it so far."""

    __slots__ = (
        *("body", "call", "is_aside", "match", "raw_path", "request", "rule", "runs", "sandbox"),
        "size",
    )

    def __init__(self, request: Request) -> None:
        self.request = request
        scope = request.scope
        self.is_aside = any(name == ASIDE for name, _ in scope["headers"])
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        self.raw_path = path.partition(b"?")[0].decode("latin-1")
        self.match: Match | None = None
        self.sandbox: Sandbox | None = None
        self.call: Call | None = None
        self.rule: Rule | None = None
        self.runs = True
        self.body, self.size = b"", 0

    @property
    def authorization(self) -> str | None:
        return self.request.headers.get("authorization")


class Road:
    """The ASGI application for every path of the table of routes."""

    def __init__(
        self,
        sandboxes: Sandboxes,
        router: Router,
        announce: Callable[[Sandbox], None],
        gate: Gate,
        *,
        strict: bool = False,
    ) -> None:
        self.sandboxes = sandboxes
        self.router = router
        self.announce = announce
        self.gate = gate
        self.strict = strict

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, request_id = time.perf_counter(), str(uuid.uuid4())
        passage = Passage(Request(scope, receive))
        try:
            response = await self._answer(passage)
        except ClientDisconnect:
            return
        except Refusal as refusal:
            response = self._refusal(passage, refusal, request_id)
        except Exception:
            log.exception("%s %s failed (%s)", passage.request.method, passage.raw_path, request_id)
            broken = InternalError("mockfindity failed; what it logged has the same request id.")
            response = refused(broken, request_id)
        rule = passage.rule
        if rule is not None:
            if rule.phase == "after":
                await asyncio.sleep(rule.delay_ms / 1000)
            response = spoiled(rule, response if passage.runs else None, refused, request_id)
        response.headers["x-request-id"] = request_id
        if not (passage.is_aside or self.router.is_own(passage.raw_path)):
            self._journal(passage, response, request_id, time.perf_counter() - started)
        if rule is not None and rule.connection is not None:
            await send_spoiled(rule.connection, response, scope, receive, send)
        else:
            await response(scope, receive, send)

    async def _answer(self, passage: Passage) -> Response:
        passage.sandbox = token_sandbox(self.sandboxes, passage.authorization)
        match = await self._matched(passage)
        family = match.route.family
        if family.is_guarded:
            self.gate.check(passage.request)
        passage.sandbox = sandbox = self._sandbox(passage, match)
        is_met = family.is_findity and not passage.is_aside
        if is_met and (sandbox.faults.rules or sandbox.settings.rate_limit):
            await self._meet_faults(passage, match, sandbox)
        if passage.rule is not None and not passage.rule.runs(match.route.method):
            passage.runs = False
            return Response()
        if passage.size > match.route.limit:
            raise PayloadTooLarge(
                f"the body is larger than the {match.route.limit // MIB} MiB that are taken."
            )
        return await self._operated(passage, match, sandbox)

    async def _matched(self, passage: Passage) -> Match:
        """The route, once the body is read: that of a path nobody serves is journalled too."""
        request = passage.request
        try:
            passage.match = match = self.router.match(request.method, passage.raw_path)
        except Refusal:
            passage.body, passage.size = await _read(request, BODY)
            raise
        passage.body, passage.size = await _read(request, match.route.limit)
        return match

    async def _operated(self, passage: Passage, match: Match, sandbox: Sandbox) -> Response:
        state = sandbox.state
        mark = state.ids.count
        try:
            passage.call = call = self._parsed(passage, match, sandbox)
            result = match.route.operation(call)
        except Refusal:
            state.ids.count = mark
            self.sandboxes.keep(sandbox)
            raise
        self.announce(call.sandbox)
        self.sandboxes.keep(call.sandbox)
        if match.route.method != "GET":
            call.sandbox.events.publish("state", {"operationId": match.route.id, **match.path})
        if inspect.isawaitable(result):
            result = await result
        return self._render(match.route, sandbox, result)

    def _sandbox(self, passage: Passage, match: Match) -> Sandbox:
        if not match.route.family.is_findity:
            return self.sandboxes[match.path.get("sandbox", "default")]
        if match.route.family.auth == "token":
            return client_sandbox(self.sandboxes, passage.authorization, passage.body)
        return token_sandbox(self.sandboxes, passage.authorization)

    async def _meet_faults(self, passage: Passage, match: Match, sandbox: Sandbox) -> None:
        """Step 2, for those who may call at all: the rate limit, and the rule that strikes."""
        route = match.route
        if route.family.auth == "bearer":
            authenticate(sandbox, passage.authorization)
        if sandbox.settings.rate_limit is not None:
            sandbox.window.take(sandbox.settings.rate_limit)
        met = Met(route.id, route.method, passage.raw_path, match.template)
        passage.rule = rule = sandbox.faults.strike(met)
        if rule is not None and rule.phase == "before":
            await asyncio.sleep(rule.delay_ms / 1000)

    def _parsed(self, passage: Passage, match: Match, sandbox: Sandbox) -> Call:
        """Steps 1 and 3: who calls, with what."""
        route, headers = match.route, passage.request.headers
        bearer = route.family.auth == "bearer"
        key = authenticate(sandbox, passage.authorization) if bearer else None
        if self.strict and route.family.is_findity:
            _check_documented(route, passage.request)
        if route.family.name == "legacy admin":
            _check_version(sandbox, headers.get("x-findity-apiversion"))
        call = Call(
            sandboxes=self.sandboxes,
            router=self.router,
            sandbox=sandbox,
            key=key,
            path=match.path,
            query=parse_query(route.query, _query(passage.request)),
            headers=headers,
            raw=passage.body,
            internal=route.legacy,
            own_url=own_url(passage.request.scope),
        )
        if route.body is not None:
            call.body = route.body.parse(passage.body, _policy(route, sandbox), match.path)
        return call

    def _render(self, route: Route, sandbox: Sandbox, result: Any) -> Response:
        if isinstance(result, Bytes):
            kind = {"content-type": result.media_type}
            return Response(result.data, result.status, kind | dict(result.headers))
        if isinstance(result, Stream):
            headers = {"cache-control": "no-cache"}
            return StreamingResponse(result.chunks, 200, headers, result.media_type)
        if route.status == 204:
            return Response(status_code=204)
        if sandbox.settings.extra_fields and route.family.auth == "bearer":
            result = with_extra_fields(result)
        no_store = {"cache-control": "no-store"} if route.family.auth == "token" else None
        return Response(encode(result), route.status, no_store, "application/json")

    def _refusal(self, passage: Passage, refusal: Refusal, request_id: str) -> Response:
        """The answer to a request that was refused: for programs, or for people to read."""
        if passage.match is None or passage.match.route.family.auth != "dashboard":
            return refused(refusal, request_id)
        from .dashboard.refusal import refusal_page

        page = refusal_page(refusal)
        return Response(page.data, page.status, dict(page.headers), page.media_type)

    def _journal(
        self, passage: Passage, response: Response, request_id: str, seconds: float
    ) -> None:
        """Step 6. What is kept is kept by reference; ``journal.shown`` renders it."""
        request, match, call = passage.request, passage.match, passage.call
        sandbox = call.sandbox if call else passage.sandbox or self.sandboxes.default
        client_id = call.key.id if call and call.key else _client_id(sandbox, passage)
        rule, answer = passage.rule, bytes(response.body)
        lost = rule is not None and rule.connection in ("reset", "close")
        entry = Entry(
            number=sandbox.journal.next_number(),
            time=sandbox.clock.stamp(),
            at=time.monotonic(),
            method=request.method,
            raw_path=passage.raw_path,
            operation=match.route.id if match else None,
            template=match.template if match else None,
            query=request.scope["query_string"].decode("latin-1"),
            headers=request.scope["headers"],
            body=passage.body[:BODY],
            size=passage.size,
            status=None if lost else response.status_code,
            answer_headers=response.raw_headers,
            answer=answer[:BODY],
            answer_size=len(answer),
            duration_ms=round(seconds * 1000, 3),
            request_id=request_id,
            client_id=client_id,
            fault=rule.id if rule else None,
            spoiled=rule is not None and rule.spoils,
            nearest=None if match else self.router.nearest(passage.raw_path),
            unclaimed=sandbox is self.sandboxes.default and client_id is None,
            unknown=tuple(unknown_fields(call.body)) if call and call.body is not None else (),
        )
        sandbox.journal.add(entry)
        sandbox.events.publish("request", entry.brief())


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


def _client_id(sandbox: Sandbox, passage: Passage) -> str | None:
    """Who asked: the key of the token, ended or not, or the one that a token request names."""
    token = sandbox.state.tokens.get(bearer(passage.authorization) or "")
    if token is not None:
        return token.key_id
    if passage.match is None or passage.match.route.family.auth != "token":
        return None
    form = dict(parse_qsl(passage.body.decode("utf-8", "replace")))
    named = form.get("client_id") or basic(passage.authorization).get("client_id")
    return named if named in sandbox.state.keys.rows else None


def _policy(route: Route, sandbox: Sandbox) -> UnknownFields:
    return "refuse" if route.family.auth == "control" else sandbox.settings.unknown_fields


def _check_version(sandbox: Sandbox, version: str | None) -> None:
    if sandbox.settings.require_api_version and version != "3":
        raise BadRequest(f"X-Findity-ApiVersion: 3 was expected, got {version!r}.")


def _check_documented(route: Route, request: Request) -> None:
    """Raise ``NotDocumented`` for an operation or a query parameter that is only chosen."""
    if route.provenance == "chosen":
        raise NotDocumented(
            f"{route.id} is mockfindity's own: no guide of Findity's has it, and this server was "
            "started with --strict-documented."
        )
    for param in route.query:
        if param.chosen and param.name in _query(request):
            raise NotDocumented(
                f"{param.name}: a parameter of mockfindity's own, which no guide of Findity's "
                "has; this server was started with --strict-documented."
            )


async def _read(request: Request, limit: int) -> tuple[bytes, int]:
    """The body, up to ``limit`` bytes, and how large it is.

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
        if size > max(THROWN_AWAY, limit):
            break
    return b"".join(chunks), size
