"""The journal: what clients asked and were answered, found by what is known of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from ..call import Bytes, Call
from ..query import Param, text
from . import documents
from .bodies import body_of
from .curl import curl, token_command
from .rendering import PAGE_SIZE
from .visit import PAGED_PAGES, Json, Visit, shown

FILTERS = ("search", "method", "path", "operation", "status", "client", "unclaimed")
REQUESTS = (
    *PAGED_PAGES,
    *(Param(name, text("a text"), f"As the journal takes `{name}`.") for name in FILTERS),
)
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD")
FAILED = "4xx,5xx"
"""What the filter of the status is for requests that were refused, or went wrong."""
LEVELS = ("MUST", "SHOULD")
"""The levels of the rules of conduct, the most binding first."""


def get_requests_page(call: Call) -> Bytes:
    """See what clients asked and were answered, and search it."""
    return shown(call, "requests.html", _requests)


def get_request_page(call: Call) -> Bytes:
    """See one request and its answer, and how to send it once more."""
    return shown(call, "request.html", _request)


def _requests(visit: Visit) -> Json:
    wanted = _wanted(visit)
    found = _newest(visit, offset=visit.query["offset"], max=PAGE_SIZE, **wanted)
    return {
        "requests": found,
        "wanted": wanted,
        "failed": FAILED,
        "methods": METHODS,
        "operations": documents.operations(visit.call),
        "clients": [one["clientId"] for one in visit.control("clients", max=100)["data"]],
        "strays": 0 if found["data"] else _strays(visit),
        "link": lambda offset: visit.at("requests", **wanted, offset=offset),
    }


def _newest(visit: Visit, **wanted: Any) -> Json:
    """The newest requests, asked for at once: to search 10,000 twice would be felt."""
    found: Json = visit.control("requests", newest="true", **wanted)
    return found


def _wanted(visit: Visit) -> Json:
    """The filters that are filled in."""
    return {name: visit.query[name] for name in FILTERS if visit.query[name]}


def _strays(visit: Visit) -> int:
    """How many requests came with no key of any sandbox; they are in another one's journal."""
    if visit.sandbox == "default":
        return 0
    counted = visit.server("sandboxes", "default", "requests", "count", unclaimed="true")
    return int(counted["count"])


def _request(visit: Visit) -> Json:
    entry = visit.control("requests", visit.call.path["requestId"])
    wanted, own = _wanted(visit), visit.server("sandboxes", visit.sandbox)
    return {
        "entry": entry,
        "operation": _operation(visit, entry["operationId"]),
        "query": parse_qsl(entry["target"].partition("?")[2], keep_blank_values=True),
        "body": body_of(entry["body"], entry["headers"], entry["bodySize"]),
        "answer": body_of(entry["answer"], entry["answerHeaders"], entry["answerSize"]),
        "command": curl(entry, own["baseUrl"]),
        "token": token_command(own),
        "fault": _fault(visit, entry["fault"]),
        "findings": [f for f in findings(visit) if entry["id"] in f["requests"]],
        "wanted": wanted,
        "older": _first(_newest(visit, before=entry["id"], max=1, **wanted)),
        "newer": _first(visit.control("requests", since=entry["id"], max=1, **wanted)),
    }


def _first(found: Json) -> int | None:
    """The id of the first of a list of requests, if it has any."""
    return found["data"][0]["id"] if found["data"] else None


def _operation(visit: Visit, operation: str | None) -> documents.Operation | None:
    known = documents.operations(visit.call)
    return next((one for one in known if one.id == operation), None)


def _fault(visit: Visit, fault: str | None) -> Json | None:
    """The rule that struck, unless it was deleted since."""
    return next((rule for rule in visit.faults if rule["id"] == fault), None)


def findings(visit: Visit) -> list[Json]:
    """What was found of the client's conduct, what it must do first."""
    found: list[Json] = visit.control("conduct")["data"]
    return sorted(found, key=lambda finding: LEVELS.index(finding["level"]))
