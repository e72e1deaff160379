"""Faults: what the real service does at the worst moment, on demand.

A rule says which requests it meets, how often, and what becomes of them. What it does to a request
is one table, ``EFFECTS``, read by the road; connection faults happen on the real socket
(``protocol.py``), and raise where there is none.

A rule of the phase ``before`` keeps the operation from running; one of the phase ``after`` lets it
run and spoils the answer, so that the client never learns of the change. Where a rule of the phase
``before`` spoils an answer and gives no ``status`` of its own, a reading request is really answered
(there is nothing to change), a writing one with 500. What only takes time (``delayMs``, ``drip``)
keeps nothing from running; in the phase ``after`` it takes it when the change is made.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple
from urllib.parse import unquote

from msgspec import Meta

from .domain.record import Value, replace

Phase = Literal["before", "after"]
Connection = Literal["reset", "close", "truncate", "drip"]
Body = Literal["malformed", "empty", "html"]
Set = Literal["flaky", "rate-limited", "slow", "token-expiry", "outage"]

CODES: dict[int, str] = {
    400: "INVALID_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    408: "REQUEST_TIMEOUT",
    409: "CONFLICT",
    429: "RATE_LIMIT_EXCEEDED",
    500: "INTERNAL_ERROR",
    502: "BAD_GATEWAY",
    503: "SERVICE_UNAVAILABLE",
    504: "GATEWAY_TIMEOUT",
}
"""The code of an error that a rule gives only a status."""


class Rule(Value, frozen=True, kw_only=True, rename="camel"):
    """One fault rule. It meets an operation, or a method and a path, or every request."""

    id: Annotated[str, Meta(description="The rule's id.", examples=["fault-1"])]
    operation: Annotated[
        str | None, Meta(description="The operationId it meets.", examples=["updateExportStatus"])
    ] = None
    method: Annotated[str | None, Meta(description="The HTTP method it meets.")] = None
    path: Annotated[
        str | None, Meta(description="The concrete path or the template that it meets.")
    ] = None
    times: Annotated[
        int | None, Meta(description="How often it strikes at the most; always, if null.")
    ] = None
    skip: Annotated[int, Meta(description="How many requests it lets by first.")] = 0
    probability: Annotated[
        float | None, Meta(description="How likely each strike is, 0 to 1; sure, if null.")
    ] = None
    phase: Annotated[
        Phase, Meta(description="`after`: the change is made, and the answer is lost.")
    ] = "before"
    status: Annotated[int | None, Meta(description="The HTTP status it answers with.")] = None
    code: Annotated[
        str | None, Meta(description="The envelope's code; one that fits the status, if null.")
    ] = None
    headers: Annotated[
        dict[str, str], Meta(description="Headers it answers with, such as `Retry-After`.")
    ] = {}
    delay_ms: Annotated[
        int, Meta(description="How long it holds the request up, in milliseconds by the wall.")
    ] = 0
    connection: Annotated[
        Connection | None, Meta(description="What becomes of the connection.")
    ] = None
    body: Annotated[Body | None, Meta(description="What becomes of the answer's body.")] = None
    set: Annotated[Set | None, Meta(description="The named set it is of.")] = None
    seen: Annotated[int, Meta(description="How many requests it has met.")] = 0
    hits: Annotated[int, Meta(description="How often it has struck.")] = 0

    @property
    def spoils(self) -> bool:
        """Whether a client gets something that is no whole answer."""
        return self.body is not None or self.connection in ("reset", "close", "truncate")

    def runs(self, method: str) -> bool:
        """Whether the operation is carried out although the rule struck."""
        if self.phase == "after":
            return True
        if self.status is not None or self.connection in ("reset", "close"):
            return False
        return method == "GET" or not self.spoils


SETS: dict[Set, tuple[dict[str, object], ...]] = {
    "flaky": (
        {"probability": 0.1, "status": 500},
        {"probability": 0.05, "connection": "reset"},
        {"probability": 0.05, "phase": "after", "connection": "close"},
    ),
    "rate-limited": ({"probability": 0.3, "status": 429, "headers": {"Retry-After": "1"}},),
    "slow": ({"delay_ms": 2000},),
    "token-expiry": ({"probability": 0.2, "status": 401},),
    "outage": ({"status": 503, "body": "html"},),
}
"""The named sets: rules that meet every request of Findity's. What is in them is chosen."""

SAID: dict[Set, str] = {
    "flaky": "A tenth is answered 500; some connections are lost, before or after the change.",
    "rate-limited": "Three in ten are answered 429, with `Retry-After: 1`.",
    "slow": "Every answer comes two seconds late.",
    "token-expiry": "A fifth is answered 401, as if the token had expired.",
    "outage": "Every request is answered 503, with the page of a proxy; one without a good token, "
    "401 as ever.",
}
"""What each named set does, in a line."""


class Met(NamedTuple):
    """What a rule is compared with."""

    operation: str
    method: str
    path: str
    template: str


class Faults:
    """The rules of one sandbox, oldest first; the first that strikes decides."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.rules: dict[str, Rule] = {}
        self._chance: random.Random | None = None
        self._made = 0

    def add(self, **fields: object) -> Rule:
        """Note a rule; its id counts up."""
        self._made += 1
        rule = Rule(id=f"fault-{self._made}", **fields)  # type: ignore[arg-type]
        self.rules[rule.id] = rule
        return rule

    def remove(self, rules: Iterable[Rule]) -> None:
        for rule in list(rules):
            del self.rules[rule.id]

    def clear(self) -> None:
        """No rules, and the chances of a new start."""
        self.rules.clear()
        self._chance = None
        self._made = 0

    def strike(self, met: Met) -> Rule | None:
        """The rule that strikes this request, if one does. Counts what was seen and hit."""
        for rule in list(self.rules.values()):
            if not _meets(rule, met):
                continue
            seen = replace(rule, seen=rule.seen + 1)
            strikes = self._strikes(seen)
            self.rules[rule.id] = replace(seen, hits=seen.hits + strikes)
            if strikes:
                return self.rules[rule.id]
        return None

    def _strikes(self, rule: Rule) -> bool:
        if rule.seen <= rule.skip or (rule.times is not None and rule.hits >= rule.times):
            return False
        return rule.probability is None or self._dice().random() < rule.probability

    def _dice(self) -> random.Random:
        """Made when it is first thrown: most sandboxes never do."""
        self._chance = self._chance or random.Random(self._seed)
        return self._chance


def _meets(rule: Rule, met: Met) -> bool:
    if rule.operation is not None:
        return rule.operation == met.operation
    if rule.method is not None and rule.method != met.method:
        return False
    return rule.path is None or _leads(rule.path, met)


def _leads(path: str, met: Met) -> bool:
    """Whether a concrete path, or one with ``{…}`` for parameters, is that of a request."""
    wanted, given = path.rstrip("/").split("/"), met.path.rstrip("/").split("/")
    template = met.template.split("/")
    return len(wanted) == len(given) and all(
        parameter.startswith("{") if segment.startswith("{") else unquote(segment) == unquote(real)
        for segment, real, parameter in zip(wanted, given, template, strict=True)
    )
