"""Objects that a client may write anything into: what is known of their keys, and no promise.

``settings`` are laid over what is there and given back as they were sent, with further keys and
with other types. So the schema of a known key says what it means and what it is to begin with, and
leaves its type open.
"""

from __future__ import annotations

from typing import Any

from msgspec import Meta

Schema = dict[str, Any]


def key(description: str, *examples: object) -> Schema:
    """A key whose value a client may have replaced."""
    schema: Schema = {"description": description}
    return schema | {"examples": list(examples)} if examples else schema


def keys(description: str, **known: Schema) -> Schema:
    """A key with an object under it, whose own keys are these and any others."""
    return key(description) | _open(known)


def open_object(description: str, **known: Schema) -> Meta:
    """An object with these keys and any others."""
    return Meta(description=description, extra_json_schema=_open(known))


def _open(known: dict[str, Schema]) -> Schema:
    return {"properties": known, "additionalProperties": {}} if known else {}
