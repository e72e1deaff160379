"""Scenarios: which there are, and what playing one made."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from msgspec import Meta

from .base import about


class ScenarioParameterOut(TypedDict):
    """A parameter of a scenario."""

    name: Annotated[str, about("What it is called.", "employees")]
    type: Annotated[Literal["integer", "number", "string", "boolean"], about("What it may be.")]
    default: Annotated[Any, about("What it is where it is not sent; null if it has to be.", 20)]
    description: Annotated[str, about("What it means.", "How many employees.")]


class ScenarioOut(TypedDict):
    """A story that can be played in a sandbox."""

    name: Annotated[str, about("What it is called.", "all-formats")]
    title: Annotated[str, about("What it is, in a line.", "Eight exports, one in each format.")]
    story: Annotated[str, about("What happens in it.")]
    parameters: Annotated[list[ScenarioParameterOut], about("What it can be told.")]


_ID: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_KNOWN: dict[str, Any] = {
    "organizationId": _ID | {"description": "The organization."},
    "externalOrganizationId": {"type": "string", "description": "Its external id."},
    "exports": {
        "type": "array",
        "items": _ID,
        "description": "The ids of its exports, oldest first.",
    },
}
_OPEN = {"properties": _KNOWN, "required": list(_KNOWN), "additionalProperties": {}}

PlayedOut = Annotated[
    dict[str, Any],
    Meta(description="What the scenario made, and its figures.", extra_json_schema=_OPEN),
]
