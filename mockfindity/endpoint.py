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
lock, and whoever is refused has changed nothing. An operation that takes long gives ``Work``, which
is done in slices and written at its end. One that has more to wait for (a webhook to be over, a PDF
to be drawn) has done its writing when it returns an awaitable.
"""

from __future__ import annotations

import asyncio
import inspect
import itertools
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from .answer import JSON, Answer, Streamed
from .auth import authenticate, basic, client_sandbox, token_sandbox
from .body import UnknownFields
from .call import Bytes, Call, Kept, Large, Stream
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
from .faults import Met
from .gate import Gate
from .headers import lines
from .journal import BODY, Entry
from .jsons import encode
from .kept import KeptAnswers
from .passage import Left, Passage, read_body
from .protocol import own_url
from .query import parse_query
from .recent import Recent
from .route import MIB, Match, Route, Router
from .sandbox import Sandbox
from .sandboxes import Sandboxes
from .spoiling import send_spoiled, spoiled
from .unknown_fields import unknown_fields
from .work import Work

log = logging.getLogger("mockfindity")
KNOWN, LONG = 1000, 200
"""How many read queries are kept, and how long one may be."""


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
        self._request_ids = request_ids()
        self.kept = KeptAnswers()
        self._queries: Recent[tuple[str, bytes], dict[str, Any]] = Recent(KNOWN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, request_id = time.monotonic(), next(self._request_ids)
        passage = Passage(scope)
        try:
            answer = await self._answer(passage, receive)
        except Left:
            return
        except Refusal as refusal:
            answer = self._refusal(passage, refusal, request_id)
        except Exception:
            log.exception("%s %s failed (%s)", passage.method, passage.raw_path, request_id)
            broken = InternalError("mockfindity failed; what it logged has the same request id.")
            answer = refused(broken, request_id)
        rule = passage.rule
        if rule is not None:
            if rule.phase == "after":
                await asyncio.sleep(rule.delay_ms / 1000)
            answer = spoiled(rule, answer.whole() if passage.runs else None, refused, request_id)
        answer.headers.append((b"x-request-id", request_id.encode()))
        if self._is_noted(passage):
            answer.note(partial(self._journal, passage, answer, started))
        if rule is not None and rule.connection is not None:
            await send_spoiled(rule.connection, answer, scope, receive, send)
        else:
            await answer.send(scope, receive, send)

    async def _answer(self, passage: Passage, receive: Receive) -> Answer:
        passage.sandbox = caller = token_sandbox(self.sandboxes, passage.token)
        match = await self._matched(passage, receive)
        family = match.route.family
        if family.is_guarded:
            self.gate.check(passage.method, passage.scope["path"], passage.headers)
        passage.sandbox = sandbox = self._sandbox(passage, match, caller)
        if sandbox.faults.rules or sandbox.settings.rate_limit is not None:
            await self._meet_faults(passage, match, sandbox)
        if passage.rule is not None and not passage.rule.runs(match.route.method):
            passage.runs = False
            return Answer(200)
        if passage.size > match.route.limit:
            raise PayloadTooLarge(
                f"the body is larger than the {match.route.limit // MIB} MiB that are taken."
            )
        return await self._operated(passage, match, sandbox)

    async def _matched(self, passage: Passage, receive: Receive) -> Match:
        """The route, once the body is read: that of a path nobody serves is journalled too."""
        try:
            passage.match = match = self.router.match(passage.method, passage.raw_path)
            passage.raw_path = match.raw_path
        except Refusal:
            passage.body, passage.size = await read_body(passage, receive, BODY)
            raise
        if passage.has_body:
            passage.body, passage.size = await read_body(passage, receive, match.route.limit)
        return match

    async def _operated(self, passage: Passage, match: Match, sandbox: Sandbox) -> Answer:
        writes = match.route.method != "GET"
        if writes:
            sandbox.settle()
        state = sandbox.state
        mark = state.ids.count
        try:
            passage.call = call = self._parsed(passage, match, sandbox)
            result = match.route.operation(call)
        except Refusal:
            state.ids.count = mark
            self.sandboxes.keep(sandbox)
            raise
        if type(result) is Work:
            result = await result.answer()
        if writes:
            self.announce(call.sandbox)
            self.sandboxes.keep(call.sandbox)
            call.sandbox.events.publish("state", {"operationId": match.route.id, **match.path})
        if type(result) is not dict and inspect.isawaitable(result):
            result = await result
        return self._render(match.route, sandbox, result)

    def _sandbox(self, passage: Passage, match: Match, caller: Sandbox) -> Sandbox:
        """The sandbox a request is about: ``caller`` is the one that its token is of."""
        if not match.route.family.is_findity:
            return self.sandboxes[match.path.get("sandbox", "default")]
        if match.route.family.auth == "token":
            return client_sandbox(self.sandboxes, passage.authorization, passage.body)
        return caller

    async def _meet_faults(self, passage: Passage, match: Match, sandbox: Sandbox) -> None:
        """Step 2, for those who may call at all: the rate limit, and the rule that strikes."""
        route = match.route
        if passage.is_aside or not route.family.is_findity:
            return
        if route.family.auth == "bearer":
            authenticate(sandbox, passage.token)
        if sandbox.settings.rate_limit is not None:
            sandbox.window.take(sandbox.settings.rate_limit)
        met = Met(route.id, route.method, passage.raw_path, match.template)
        passage.rule = rule = sandbox.faults.strike(met)
        if rule is not None and rule.phase == "before":
            await asyncio.sleep(rule.delay_ms / 1000)

    def _parsed(self, passage: Passage, match: Match, sandbox: Sandbox) -> Call:
        """Steps 1 and 3: who calls, with what."""
        route, headers = match.route, passage.headers
        family = route.family
        key = authenticate(sandbox, passage.token) if family.auth == "bearer" else None
        if self.strict and family.is_findity:
            _check_documented(route, passage)
        if family.name == "legacy admin":
            _check_version(sandbox, headers.get("x-findity-apiversion"))
        call = Call(
            sandboxes=self.sandboxes,
            router=self.router,
            sandbox=sandbox,
            key=key,
            path=match.path,
            query=self._query(route, passage),
            headers=headers,
            raw=passage.body,
            internal=route.legacy,
            own_url=None if family.is_findity else own_url(passage.scope),
        )
        if route.body is not None:
            call.body = route.body.parse(passage.body, _policy(route, sandbox), match.path)
        return call

    def _query(self, route: Route, passage: Passage) -> dict[str, Any]:
        """The query as the route reads it. Clients ask the same again and again, so what was read
        is kept for a while; nobody writes to it."""
        text: bytes = passage.scope["query_string"]
        known = self._queries.get((route.id, text))
        if known is None:
            known = parse_query(route.query, _pairs(passage.query))
            if len(text) < LONG:
                self._queries.keep((route.id, text), known)
        return known

    def _render(self, route: Route, sandbox: Sandbox, result: Any) -> Answer:
        if isinstance(result, Bytes):
            return Answer(result.status, result.data, result.media_type, result.headers)
        if isinstance(result, Stream):
            return Streamed(result.chunks, result.media_type)
        if route.status == 204:
            return Answer(204)
        extra = sandbox.settings.extra_fields and route.family.auth == "bearer"
        if isinstance(result, Kept | Large):
            if not extra:
                return self.kept.answer(route.id, route.status, result)
            result = result.make()
        if extra:
            result = with_extra_fields(result)
        no_store = (("cache-control", "no-store"),) if route.family.auth == "token" else ()
        return Answer(route.status, encode(result), JSON, no_store)

    def _refusal(self, passage: Passage, refusal: Refusal, request_id: str) -> Answer:
        """The answer to a request that was refused: for programs, or for people to read."""
        if not _is_of_dashboard(passage):
            return refused(refusal, request_id)
        from .dashboard.refusal import refusal_page

        page = refusal_page(refusal)
        return Answer(page.status, page.data, page.media_type, page.headers)

    def _is_noted(self, passage: Passage) -> bool:
        """Whether the journal is told of it: of all that Findity could have been asked."""
        if passage.is_aside:
            return False
        if passage.match is not None:
            return passage.match.route.family.is_findity
        return not self.router.is_own(passage.raw_path)

    def _journal(self, passage: Passage, answer: Answer, started: float) -> None:
        """Step 6. What is kept is kept by reference; ``journal.shown`` renders it."""
        match, call = passage.match, passage.call
        sandbox = call.sandbox if call else passage.sandbox or self.sandboxes.default
        client_id = call.key.id if call and call.key else _client_id(sandbox, passage)
        rule, body, now = passage.rule, answer.body, time.monotonic()
        lost = rule is not None and rule.connection in ("reset", "close")
        # In the order of its fields: with their names it takes twice as long.
        entry = Entry(
            sandbox.journal.next_number(),
            sandbox.clock.stamp(),
            now,
            passage.method,
            passage.raw_path,
            match.route.id if match else None,
            match.template if match else None,
            passage.query,
            lines(passage.headers.raw),
            passage.body[:BODY],
            passage.size,
            None if lost else answer.status,
            answer.lines,
            body[:BODY],
            answer.size,
            (now - started) * 1000,
            client_id,
            rule.id if rule else None,
            rule is not None and rule.spoils,
            None if match else self.router.nearest(passage.raw_path),
            client_id is None and sandbox is self.sandboxes.default,
            tuple(unknown_fields(call.body)) if call and call.body is not None else (),
        )
        sandbox.journal.add(entry)
        sandbox.events.publish("request", entry.brief)


def _is_of_dashboard(passage: Passage) -> bool:
    """Whether a person asked: for a page, or below its path for what is none."""
    if passage.match is None:
        path = passage.raw_path
        return path == "/dashboard" or path.startswith("/dashboard/")
    return passage.match.route.family.auth == "dashboard"


def request_ids() -> Iterator[str]:
    """UUIDs, as Findity's ids of requests are: random where one server begins, and counted up from
    there. Nobody's safety hangs on them, and drawing each takes longer than finding a route."""
    begin = uuid.uuid4()
    head = str(begin)[:-12]
    for tail in itertools.count(begin.node):
        yield f"{head}{tail & 0xFFFFFFFFFFFF:012x}"


def refused(refusal: Refusal, request_id: str) -> Answer:
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
    return Answer(refusal.status, encode(body), JSON, refusal.headers)


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True)) if text else {}


def _client_id(sandbox: Sandbox, passage: Passage) -> str | None:
    """Who asked: the key of the token, ended or not, or the one that a token request names."""
    token = sandbox.state.tokens.get(passage.token or "")
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


def _check_documented(route: Route, passage: Passage) -> None:
    """Raise ``NotDocumented`` for an operation or a query parameter that is only chosen."""
    if route.provenance == "chosen":
        raise NotDocumented(
            f"{route.id} is mockfindity's own: no guide of Findity's has it, and this server was "
            "started with --strict-documented."
        )
    sent = _pairs(passage.query)
    for param in route.query:
        if param.chosen and param.name in sent:
            raise NotDocumented(
                f"{param.name}: a parameter of mockfindity's own, which no guide of Findity's "
                "has; this server was started with --strict-documented."
            )
