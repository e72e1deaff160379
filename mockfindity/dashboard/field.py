"""A field of a form, made from what the documents say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

import msgspec

from ..call import Call
from .documents import schema

Json = Mapping[str, Any]
Kind = Literal["choice", "check", "number", "json", "text"]


class Field(NamedTuple):
    """A field of a body. ``name`` is that on the wire, dotted within an object; ``value`` is a text
    as a form has it, or whether it is checked."""

    name: str
    kind: Kind
    value: str | bool
    description: str
    options: tuple[str, ...] = ()
    whole: bool = False
    least: float | None = None
    most: float | None = None
    nullable: bool = False


def fields_of(call: Call, name: str, values: Json, only: tuple[str, ...] = ()) -> list[Field]:
    """The fields of a schema of the control API that can be written, with their ``values``; those
    that ``only`` names, in its order, if it names any."""
    properties = schema(call, name)["properties"]
    wanted = only or tuple(key for key, told in properties.items() if not told.get("readOnly"))
    return [field for key in wanted for field in _made(key, properties[key], values.get(key))]


def _made(name: str, told: Json, value: Any) -> Iterator[Field]:
    """The field of a property; those of its properties, where it has any."""
    kinds = [kind for kind in told.get("anyOf", (told,)) if kind.get("type") != "null"]
    kind, nullable = kinds[0], "anyOf" in told and len(kinds) < len(told["anyOf"])
    if kind.get("properties"):
        for inner, of in kind["properties"].items():
            yield from _made(f"{name}.{inner}", of, (value or {}).get(inner))
        return
    yield Field(
        name,
        _kind(kind),
        _shown(value),
        told.get("description", ""),
        options=tuple(kind.get("enum", ())),
        whole=kind.get("type") == "integer",
        least=kind.get("minimum"),
        most=kind.get("maximum"),
        nullable=nullable,
    )


def _kind(told: Json) -> Kind:
    if "enum" in told:
        return "choice"
    kinds: dict[str, Kind] = {
        "boolean": "check",
        "integer": "number",
        "number": "number",
        "object": "json",
        "array": "json",
    }
    return kinds.get(told.get("type", ""), "text")


def _shown(value: Any) -> str | bool:
    """A value as a form has it: nothing for none and for an empty object."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict | list):
        return msgspec.json.format(msgspec.json.encode(value)).decode() if value else ""
    return "" if value is None else str(value)
