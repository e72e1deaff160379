"""Whether answers are exactly what their operations say: no field missing, and none more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from mockfindity.openapi.schemas import Schema, Schemas, answers_of, closed
from mockfindity.route import Operation, Route
from mockfindity.routes import loaded


def routes_of(*modules: str) -> list[Route]:
    """The routes whose operations are in these modules, or below them."""
    return [r for r in loaded() if f"{r.operation.__module__}.".startswith(modules)]


@cache
def schemas(*modules: str) -> Schemas:
    """The schemas of all answers of these modules."""
    return Schemas([], [a for route in routes_of(*modules) for a in answers_of(route.operation)])


def misfits(operation: Operation, answer: Any) -> list[str]:
    """What is wrong with an answer of an operation: where, and why. None is no answer."""
    kinds = answers_of(operation)
    if not kinds:
        return [] if answer is None else [f"nothing was expected, got {answer}"]
    made = Schemas([], kinds)
    root = {**made.answer(kinds), "components": {"schemas": closed(made.components)}}
    Draft202012Validator.check_schema(root)
    errors = Draft202012Validator(root).iter_errors(answer)
    return [f"{error.json_path}: {error.message}" for error in errors]


def undescribed(components: dict[str, Schema]) -> Iterator[str]:
    """The properties that say nothing of themselves, nor does what they refer to."""
    for name, component in components.items():
        for field, schema in component.get("properties", {}).items():
            referred = components.get(schema.get("$ref", "").rpartition("/")[2], {})
            if not (schema.get("description") or referred.get("description")):
                yield f"{name}.{field}"
