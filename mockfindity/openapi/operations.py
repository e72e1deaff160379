"""One operation of a document, made from its line in the table of routes."""

from __future__ import annotations

import inspect
from typing import Any

from ..gate import OPEN
from ..route import Route
from . import examples, refusals
from .links import links_of
from .media import BODIES, FILES, SAID
from .parameters import parameters_of
from .schemas import Schema, Schemas, answers_of, prose

JSON = "application/json"
BEARER: list[dict[str, list[str]]] = [{"oauth2": []}, {"bearer": []}]
SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "bearer": BEARER,
    "open": [*BEARER, {}],
    "token": [{"client": []}, {}],
    "control": [{}, {"controlToken": []}],
}
"""How a request of each family may show who calls; ``{}`` says that it need not."""


def operation_of(route: Route, schemas: Schemas, known: frozenset[str]) -> dict[str, Any]:
    """The operation object of a route. ``known`` are the operations of the same document."""
    path = canonical(route)
    operation: dict[str, Any] = {
        "operationId": route.id,
        "summary": _said(route)[0],
        "description": _description(route),
        "tags": [tag_of(route)],
        "x-provenance": route.provenance,
        "x-source": route.source,
        "x-also-at": [other for other in route.paths if other != path],
        "parameters": parameters_of(route, path),
    }
    if body := _request(route, schemas):
        operation["requestBody"] = body
    success = _success(route, schemas)
    if links := links_of(route.id, known):
        success["links"] = links
    operation["responses"] = {str(route.status): success} | refusals.answers(
        refusals.refusals_of(route)
    )
    operation["security"] = [] if path in OPEN else SECURITY[route.family.auth]
    if route.legacy:
        operation["deprecated"] = True
    return {key: value for key, value in operation.items() if value != [] or key == "security"}


def canonical(route: Route) -> str:
    """The path that stands for a route: the first, or for the control API the one that names its
    sandbox."""
    named = [path for path in route.paths if "{sandbox}" in path]
    return (named or route.paths)[0]


def tag_of(route: Route) -> str:
    """What an operation is about: the noun of its module."""
    module = route.operation.__module__.rpartition(".")[2]
    return module.replace("_", " ")


def tags_of(routes: list[Route]) -> list[dict[str, str]]:
    """The tags of a document, each with what its module says of itself."""
    found: dict[str, dict[str, str]] = {}
    for route in routes:
        module = inspect.getmodule(route.operation)
        said = prose(module.__doc__ if module else None).partition("\n\n")[0].replace("\n", " ")
        found.setdefault(tag_of(route), {"name": tag_of(route), "description": said})
    return sorted(found.values(), key=lambda tag: tag["name"])


def _description(route: Route) -> str:
    """The rest of what the operation says of itself, and how far it is known to be Findity's."""
    said = _said(route)[1]
    known = (
        "Provenance: chosen by mockfindity."
        if route.provenance == "chosen"
        else f"Provenance: {route.provenance} ({route.source})."
    )
    return f"{said}\n\n{known}" if said else known


def _said(route: Route) -> tuple[str, str]:
    """What the operation says of itself: its first sentence, and the rest."""
    first, _, rest = prose(route.operation.__doc__).partition("\n\n")
    summary, dot, more = first.replace("\n", " ").partition(". ")
    return summary.removesuffix("."), f"{more}\n\n{rest}".strip() if dot else rest


def _request(route: Route, schemas: Schemas) -> dict[str, Any] | None:
    if route.id in BODIES:
        return BODIES[route.id]
    if route.body is None:
        return None
    schema = schemas.body(route.body)
    content: dict[str, Any] = {"schema": schema}
    if found := examples.bodies_of(route):
        content["examples"] = found
    return {"required": _is_needed(route, schemas), "content": {JSON: content}}


def _is_needed(route: Route, schemas: Schemas) -> bool:
    """Whether a request without a body is refused."""
    body = route.body
    if body is None or body.many or body.needed:
        return body is not None
    return schemas.needs_something(body)


def _success(route: Route, schemas: Schemas) -> dict[str, Any]:
    headers: Schema = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
    said = SAID.get(route.id, "Done." if route.status in (200, 204) else "Made.")
    content: dict[str, Any] = {}
    if kinds := answers_of(route.operation):
        schema = schemas.answer(kinds)
        content[JSON] = {"schema": schema}
        if found := examples.answers_of(route):
            content[JSON]["examples"] = found
        said = SAID.get(route.id) or schemas.said(schema) or said
    content |= FILES.get(route.id, {})
    answer: dict[str, Any] = {"description": said, "headers": headers}
    return answer | {"content": content} if content else answer
