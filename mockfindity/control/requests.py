"""The journal over HTTP: list, get, count, wait, clear. Findity's own requests only."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from ..api.page import MAX, OFFSET, page
from ..call import Call, Stream
from ..clock import parsed, stamp
from ..errors import BadRequest, RequestNotFound
from ..journal import MOST, Entry, shown
from ..query import TRUTH, Kind, Param, text, whole
from .search import Search
from .waiting import wait_params, waited

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.requests import CountOut, RequestOut


def _statuses(given: str) -> frozenset[int]:
    """The statuses that are meant: ``404`` is one, ``4xx`` a hundred, ``4xx,5xx`` both."""
    return frozenset(status for part in given.split(",") for status in _status(part))


def _status(given: str) -> range:
    if re.fullmatch("[1-5][xX]{2}", given):
        first = int(given[0]) * 100
        return range(first, first + 100)
    status = whole(100, 599).read(given)
    return range(status, status + 1)


STATUS = Kind(
    _statuses,
    "an HTTP status, a class such as 4xx, or several with commas between,",
    {
        "anyOf": [
            {"type": "integer", "minimum": 100, "maximum": 599},
            {"type": "string", "pattern": "^[1-5](xx|[0-9]{2})(,[1-5](xx|[0-9]{2}))*$"},
        ]
    },
)

FILTERS = (
    Param("method", text("an HTTP method", upper=True), "Requests of this method."),
    Param("path", text("a path"), "Requests of this path, template, or pattern with `*`."),
    Param("operation", text("an operationId"), "Requests of this operation."),
    Param(
        "status",
        STATUS,
        "Requests that were answered with it, or in this class; several with commas between.",
    ),
    Param("client", text("a client id"), "Requests with a token or the key of this client."),
    Param("unclaimed", TRUTH, "Requests that came with no key of any sandbox, or with one."),
    Param(
        "search",
        text("a text"),
        "Requests with this text, in capitals or not, in their path, query, body or answer.",
    ),
    Param(
        "since", text("an id or a time"), "Requests after the one of this id, or from this time."
    ),
    Param("before", whole(expected="the id of a request"), "Requests before the one of this id."),
)
NEWEST = Param("newest", TRUTH, "Whether to give the newest first.", False)
LISTED = (*FILTERS, NEWEST, MAX, OFFSET)
WAITED = (*FILTERS, *wait_params("requests"))


class Filter:
    """Which entries a query asks for."""

    def __init__(self, query: Any) -> None:
        self.method, self.operation = query["method"], query["operation"]
        self.status, self.client = query["status"], query["client"]
        self.unclaimed, self.before = query["unclaimed"], query["before"]
        self.search = Search(query["search"]) if query["search"] else None
        self.path = None if query["path"] is None else _pattern(query["path"])
        self.template = query["path"]
        self.after, self.since = _since(query["since"])

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        return (
            (self.method is None or entry.method == self.method)
            and (self.operation is None or entry.operation == self.operation)
            and (self.status is None or entry.status in self.status)
            and (self.client is None or entry.client_id == self.client)
            and (self.unclaimed is None or entry.unclaimed == self.unclaimed)
            and entry.number > self.after
            and (self.before is None or entry.number < self.before)
            and (self.since is None or entry.time >= self.since)
            and self._has_path(entry)
            and (self.search is None or self.search.finds(entry))
        )

    def _has_path(self, entry: Entry) -> bool:
        if self.path is None or self.template == entry.template:
            return True
        return self.path.fullmatch(entry.path.rstrip("/")) is not None


def _pattern(path: str) -> re.Pattern[str]:
    """A path as a pattern: ``{…}`` is one segment, ``*`` is anything.

    What stands between two ``*`` is looked for once (an atomic group), however long a path is.
    """
    first, *more = (_segments_of(part) for part in re.split(r"\*+", path.rstrip("/")))
    if not more:
        return re.compile(first)
    between = "".join(f"(?>.*?{part})" for part in more[:-1])
    return re.compile(f"{first}{between}.*{more[-1]}", re.DOTALL)


def _segments_of(part: str) -> str:
    """A part of a path, as a pattern in which ``{…}`` is one segment."""
    pieces = re.split(r"(\{[^/{}]*\})", part)
    return "".join("[^/]+?" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))


def _since(text: str | None) -> tuple[int, str | None]:
    """The id to come after, or the time to begin at."""
    if text is None:
        return 0, None
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text), None
    try:
        return 0, stamp(parsed(text))
    except BadRequest:
        raise BadRequest(f"since: the id of a request or a time, got {text!r}.") from None


def _found(call: Call) -> list[Entry]:
    wanted = Filter(call.query)
    return [entry for entry in call.sandbox.journal if wanted.takes(entry)]


def list_requests(call: Call) -> Page[RequestOut]:
    """List the requests that were made to this sandbox, oldest first if not said otherwise."""
    found = _found(call)
    return page(found[::-1] if call.query["newest"] else found, call, shown)


def get_request(call: Call) -> RequestOut:
    """Get one request and its answer, by its id or by the `X-Request-Id` of the answer."""
    found = call.sandbox.journal.get(call.path["requestId"])
    if found is None:
        raise RequestNotFound(
            f"the journal has no request {call.path['requestId']!r}: it keeps the last "
            f"{MOST:,} at the most, and forgets when it is cleared."
        )
    return shown(found)


def count_requests(call: Call) -> CountOut:
    """Count the requests that were made to this sandbox."""
    return {"count": len(_found(call))}


def wait_for_requests(call: Call) -> Awaitable[Page[RequestOut]]:
    """Wait until so many requests were made, and list them."""
    bell = call.sandbox.journal.bell
    return waited(call, bell, lambda: _found(call), shown, "such requests came")


def clear_requests(call: Call) -> None:
    """Forget every request; waits begin to count anew."""
    call.sandbox.journal.forget()


def follow_events(call: Call) -> Stream:
    """Follow what happens in this sandbox, as server-sent events: requests, webhooks, changes.

    ``Last-Event-ID`` goes on after the event of that number; those of the last thousand are kept.
    """
    last = call.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
    return Stream(call.sandbox.events.follow(after), "text/event-stream")
