"""What the OpenAPI documents say: what a body's fields are, and which operations Findity has."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from ..call import Call
from .asking import ask, path_of

Json = dict[str, Any]
FINDITY = ("oauth.json", "admin.json", "connect.json")


class Operation(NamedTuple):
    """One of Findity's operations; ``document`` is the OpenAPI document that describes it, and
    ``provenance`` how sure it is that Findity does the same."""

    id: str
    method: str
    path: str
    summary: str
    document: str
    provenance: str
    source: str


def schema(call: Call, name: str) -> Json:
    """A schema of the control API; what it only refers to stands in place of the reference."""
    schemas = _read(_document(call, "control.json"))["components"]["schemas"]
    return {"properties": {}, **_resolved(schemas, {"$ref": f"/{name}"})}


def operations(call: Call) -> tuple[Operation, ...]:
    """Every operation of Findity's."""
    return _operations(*(_document(call, name) for name in FINDITY))


def _document(call: Call, name: str) -> bytes:
    data: bytes = ask(call, path_of("openapi", name)).data
    return data


@lru_cache(maxsize=4)
def _read(document: bytes) -> Json:
    found: Json = msgspec.json.decode(document)
    return found


@lru_cache(maxsize=1)
def _operations(*documents: bytes) -> tuple[Operation, ...]:
    return tuple(
        Operation(
            *(told["operationId"], method.upper(), path, told["summary"], name.partition(".")[0]),
            *(told["x-provenance"], told["x-source"]),
        )
        for name, document in zip(FINDITY, documents, strict=True)
        for path, methods in msgspec.json.decode(document)["paths"].items()
        for method, told in methods.items()
    )


def _resolved(schemas: Json, given: Any) -> Any:
    """A schema with what its references mean; what stands beside a reference counts first."""
    if isinstance(given, list):
        return [_resolved(schemas, item) for item in given]
    if not isinstance(given, dict):
        return given
    made = {key: _resolved(schemas, value) for key, value in given.items() if key != "$ref"}
    if "$ref" in given:
        return _resolved(schemas, schemas[given["$ref"].rpartition("/")[2]]) | made
    return made
