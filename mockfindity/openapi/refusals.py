"""The refusals of a document: which an operation can answer with, and how each looks.

Every refusal is a schema of its own, so that a client that is made from the document can tell them
apart by type; the answers of one status are one of those.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import errors as e
from ..gate import OPEN
from ..route import Route
from .media import BODIES
from .schemas import Schema, prose, ref

_TEXT: Schema = {"type": "string"}
_OAUTH = ("invalid_request", "invalid_client", "invalid_grant", "unsupported_grant_type")


def refusals_of(route: Route) -> list[type[e.Refusal]]:
    """Every refusal that an operation can answer with, by status: its own, and those of the road
    (who calls, what is sent, how often)."""
    found = [*route.codes, e.InternalError]
    if route.family.is_findity:
        found += _of_findity(route)
    else:
        found += _of_control(route)
    if route.body is not None or route.id in BODIES:
        found += [e.PayloadTooLarge]
    if route.body is not None:
        found += [e.InvalidJson, e.BadRequest]
    if any(param.kind.schema != _TEXT for param in route.query):
        found += [e.BadRequest]
    return sorted(dict.fromkeys(found), key=lambda kind: (kind.status, kind.code))


def _of_findity(route: Route) -> Iterable[type[e.Refusal]]:
    yield e.RateLimited
    if route.family.auth in ("bearer", "open"):
        yield e.Unauthorized
    if route.family.auth == "open":
        yield e.Forbidden
    if route.family.name == "legacy admin":
        yield e.BadRequest
    if route.provenance == "chosen" or any(param.chosen for param in route.query):
        yield e.NotDocumented


def _of_control(route: Route) -> Iterable[type[e.Refusal]]:
    if not OPEN.intersection(route.paths):
        yield e.Unauthorized
    if route.method != "GET":
        yield e.Forbidden
    if any("{sandbox}" in path for path in route.paths):
        yield e.SandboxNotFound


def answers(kinds: Iterable[type[e.Refusal]]) -> dict[str, Schema]:
    """The answers of an operation that refuses with these, by status."""
    by_status: dict[int, list[type[e.Refusal]]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {str(status): _answer(kinds) for status, kinds in by_status.items()}


def _answer(kinds: list[type[e.Refusal]]) -> Schema:
    refs = [ref(kind.__name__) for kind in kinds]
    lines = [f"`{_code(kind)}`: {_meaning(kind)}" for kind in kinds]
    return {
        "description": lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines),
        "headers": _headers(kinds[0]),
        "content": {
            "application/json": {
                "schema": refs[0] if len(refs) == 1 else {"oneOf": refs},
                "examples": {
                    kind.__name__: {"$ref": f"#/components/examples/{kind.__name__}"}
                    for kind in kinds
                },
            }
        },
    }


def _headers(kind: type[e.Refusal]) -> Schema:
    names = ["X-Request-Id"]
    names += ["WWW-Authenticate"] if kind.status == 401 else []
    names += ["Retry-After"] if kind is e.RateLimited else []
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _code(kind: type[e.Refusal]) -> str:
    if issubclass(kind, e.InvalidClient):
        return "invalid_client"
    return "RFC 6749" if issubclass(kind, e.OAuthError) else kind.code


def _meaning(kind: type[e.Refusal]) -> str:
    return prose(kind.__doc__).partition("\n\n")[0].replace("\n", " ")


def schema(kind: type[e.Refusal]) -> Schema:
    """How a refusal looks: Findity's envelope, or RFC 6749's on the token endpoint."""
    described = {"type": "object", "description": _meaning(kind), "x-provenance": kind.provenance}
    properties = _oauth(kind) if issubclass(kind, e.OAuthError) else _envelope(kind)
    required = [name for name in properties if name not in ("data", "meta")]
    if kind is e.WaitTimeout:
        required = list(properties)
    return described | {"properties": properties, "required": required}


def _oauth(kind: type[e.OAuthError]) -> dict[str, Schema]:
    error: Schema = (
        {"const": "invalid_client"} if kind is e.InvalidClient else {"enum": list(_OAUTH)}
    )
    return {
        "error": {"type": "string", **error, "description": "The code of RFC 6749, section 5.2."},
        "error_description": _TEXT | {"description": "What is wrong, in words."},
    }


def _envelope(kind: type[e.Refusal]) -> dict[str, Schema]:
    properties: dict[str, Schema] = {
        "result": {"type": "string", "const": "error", "description": "Always `error`."},
        "requestId": {
            "type": "string",
            "format": "uuid",
            "description": "The request, as in the header `X-Request-Id`.",
        },
        "description": _TEXT | {"description": "What is wrong, and what would be right."},
        "code": {"type": "string", "const": kind.code, "description": "For programs to tell by."},
    }
    if kind is e.WaitTimeout:
        properties["data"] = {"type": "array", "items": {}, "description": "What there was."}
        properties["meta"] = ref("PageMeta")
    return properties


def example(kind: type[e.Refusal]) -> Schema:
    """An answer as it may look."""
    meaning = _meaning(kind)
    if issubclass(kind, e.OAuthError):
        error = "invalid_client" if kind is e.InvalidClient else "invalid_request"
        return {"value": {"error": error, "error_description": meaning}}
    value: dict[str, Any] = {
        "result": "error",
        "requestId": "0f0ba53f-3f0c-4c3c-9a49-6f1b6f3d3c55",
        "description": meaning,
        "code": kind.code,
    }
    if kind is e.WaitTimeout:
        value |= {"data": [], "meta": {"count": 0, "total": 0}}
    return {"value": value}
