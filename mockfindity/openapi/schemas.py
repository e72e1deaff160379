"""The schemas of a document: what bodies may be, and what answers are.

Bodies are pydantic models and answers are typed dictionaries and records; pydantic and msgspec turn
them into JSON Schema. Here both are put into one form: no generated titles, no defaults where what
is left out stays as it is, money as numbers, properties in the order in which they are written.
"""

from __future__ import annotations

import copy
import inspect
import re
import types
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

import msgspec
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .. import shapes
from ..body import Body
from ..call import Bytes, Kept, Large, Stream
from ..work import Work
from .choices import REF, choice, named

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A reference to a schema of the document."""
    return {"$ref": REF + name}


def prose(docstring: str | None) -> str:
    """A docstring as Markdown."""
    return inspect.cleandoc(docstring or "").replace("``", "`")


def closed(schema: Any) -> Any:
    """``schema`` in which an object has no properties but those that it names; one that is said
    to be open stays so."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    is_object = schema.get("type") == "object" and "properties" in schema
    return {"additionalProperties": False} | inner if is_object else inner


def answers_of(operation: Callable[..., Any]) -> list[Any]:
    """The types that an operation gives, once nothing need be waited for any more.

    What is no JSON (``Bytes``, ``Stream``) and nothing at all are left out.
    """
    hints = get_type_hints(operation, localns=shapes.names(), include_extras=True)
    parts = dict.fromkeys(_parts(hints["return"]))
    return [part for part in parts if part not in (Bytes, Stream, types.NoneType)]


def _parts(hint: Any) -> Iterable[Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType, Awaitable, Kept, Large, Work):
        for part in get_args(hint):
            yield from _parts(part)
    else:
        yield hint


class Schemas:
    """The schemas of some bodies and answers; ``components`` has those with a name.

    ``strict`` says that no body may have fields that are not in the document, at any depth.
    """

    def __init__(
        self, bodies: Iterable[Body[Any]], answers: Iterable[Any], *, strict: bool = False
    ) -> None:
        self.components: dict[str, Schema] = {}
        self._choices: set[str] = set()
        bodies = list(bodies)
        self._take_models(body.documented or body.model for body in bodies)
        for body in bodies:
            if body.documented:
                whole = self.components[body.documented.__name__]
                partly = {key: value for key, value in whole.items() if key != "required"}
                self.components[body.model.__name__] = copy.deepcopy(partly)
        for name in self.components if strict else {b.model.__name__ for b in bodies if b.closed}:
            self.components[name]["additionalProperties"] = False
        for body in bodies:
            if body.creates:
                whole = copy.deepcopy(self.components[body.model.__name__])
                self.components[_named(body)] = whole | {"required": list(body.creates)}
        kinds = list(dict.fromkeys(answers))
        models = {kind: model for kind in kinds if (model := _model(kind))}
        self._take_models(models.values())
        for model in models.values():
            whole = self.components[_plain(model.__name__)]
            whole["required"] = list(whole["properties"])
        self._answers = {kind: ref(_plain(model.__name__)) for kind, model in models.items()}
        self._take_shapes([kind for kind in kinds if kind not in models])
        self.components |= {name: choice(name) for name in sorted(self._choices)}

    def body(self, body: Body[Any]) -> Schema:
        """The schema of a request's body."""
        one = ref(_named(body))
        return {"type": "array", "items": one} if body.many else one

    def answer(self, kinds: list[Any]) -> Schema:
        """The schema of an answer that is of one of these types."""
        found = [self._answers[kind] for kind in kinds]
        return found[0] if len(found) == 1 else {"oneOf": found}

    def needs_something(self, body: Body[Any]) -> bool:
        """Whether ``{}`` is refused."""
        return bool(self.components[_named(body)].get("required"))

    def said(self, schema: Schema) -> str:
        """The first line of what a schema that has a name says of itself."""
        name = schema.get("$ref", "").removeprefix(REF)
        said: str = self.components.get(name, {}).get("description", "")
        return said.partition("\n\n")[0].replace("\n", " ")

    def strip_defaults(self, models: Iterable[type[BaseModel]]) -> None:
        """Take the defaults out of models of which a request leaves out what is to stay."""
        for model in models:
            for field in self.components[_plain(model.__name__)]["properties"].values():
                field.pop("default", None)

    def describe(self, alike: Mapping[str, str]) -> None:
        """Say of the fields of a body what is said of those of the answer that is ``alike``."""
        for taken, given in alike.items():
            said = self.components.get(given, {}).get("properties", {})
            for name, field in self.components.get(taken, {}).get("properties", {}).items():
                if "description" not in field and "description" in said.get(name, {}):
                    field["description"] = said[name]["description"]

    def _take_models(self, models: Iterable[type[BaseModel]]) -> None:
        wanted: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in models]
        _, whole = models_json_schema(wanted, ref_template=REF + "{model}")
        for name, schema in whole.get("$defs", {}).items():
            self._add(_plain(name), _renamed(_tidy(schema)))

    def _take_shapes(self, kinds: list[Any]) -> None:
        found, components = msgspec.json.schema_components(kinds, ref_template=REF + "{name}")
        for name, schema in components.items():
            self._add(_plain(name), _renamed(_as_sent(_tidy(schema), shapes.names().get(name))))
        for kind, schema in zip(kinds, found, strict=True):
            self._answers[kind] = _renamed(_tidy(schema))

    def _add(self, name: str, schema: Schema) -> None:
        schema = named(schema, self._choices)
        if self.components.setdefault(name, schema) != schema:
            raise ValueError(f"two different schemas would be called {name}")


def _named(body: Body[Any]) -> str:
    """What a body is called in the document: one that makes something has fields that it needs."""
    name = _plain(body.model.__name__)
    return f"New{name.removesuffix('In')}" if body.creates else name


def _model(kind: Any) -> type[BaseModel] | None:
    """The pydantic model that an annotated dictionary is the dump of."""
    for extra in get_args(kind)[1:] if get_origin(kind) is Annotated else ():
        if isinstance(extra, type) and issubclass(extra, BaseModel):
            return extra
    return None


_GENERIC = re.compile(r"(\w+?)_(\w+?)_")
_CLEARER = {"Rule": "FaultRule", "Result": "VoucherResult"}
"""Records whose own name says too little outside their module."""


def _plain(name: str) -> str:
    """What a type is called in the document: ``Page_AccountOut_`` is ``AccountPage``."""
    if generic := _GENERIC.fullmatch(name):
        return _plain(generic[2]) + generic[1]
    return _CLEARER.get(name, name.removesuffix("Out"))


def _renamed(schema: Any) -> Any:
    """``schema`` with its references to types by the names of the document."""
    if isinstance(schema, dict):
        return {
            key: REF + _plain(value.removeprefix(REF)) if key == "$ref" else _renamed(value)
            for key, value in schema.items()
        }
    return [_renamed(item) for item in schema] if isinstance(schema, list) else schema


def _as_sent(schema: Schema, shape: Any) -> Schema:
    """A schema of an answer: every property is there, in the order of the source.

    A typed dictionary says itself what may be missing; a record is always written whole.
    """
    properties = schema.get("properties", {})
    if is_typeddict(shape):
        names = [name for name in shape.__annotations__ if name in properties]
        required = [name for name in names if name in shape.__required_keys__]
    else:
        names = required = list(properties)
    for field in properties.values():
        field.pop("default", None)
    schema = {key: value for key, value in schema.items() if key != "additionalProperties"}
    if properties:
        schema |= {"properties": {name: properties[name] for name in names}, "required": required}
    return schema


def _tidy(schema: Any) -> Any:
    """``schema`` without what pydantic and msgspec add of their own."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = _typed(
        _number({k: _tidy_value(k, value) for k, value in schema.items() if k != "title"})
    )
    if "properties" not in tidy and tidy.get("type") == "object":
        return {"additionalProperties": {}} | _without(tidy, *_NOTHING_SAID)
    return _without(tidy, *_NOTHING_SAID)


_NOTHING_SAID: tuple[tuple[str, Any], ...] = (
    ("default", None),
    ("additionalProperties", True),
    ("required", []),
)


def _without(schema: Schema, *said: tuple[str, Any]) -> Schema:
    return {key: value for key, value in schema.items() if (key, value) not in said}


def _typed(schema: Schema) -> Schema:
    """A schema with the type that its other keywords leave unsaid."""
    if schema.get("type") == "integer":
        schema = {_BOUNDS.get(key, key): value for key, value in schema.items()}
    if schema.get("format") == "decimal":
        schema = {key: value for key, value in schema.items() if key != "format"}
        schema["type"] = "number"
    if all(isinstance(word, str) for word in schema.get("enum", [0])):
        schema = {"type": "string"} | schema
    return {"items": {}} | schema if schema.get("type") == "array" else schema


_BOUNDS = {
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
}


def _number(schema: Schema) -> Schema:
    """The schema of a decimal as that of a number: pydantic takes a text for one as well, and
    leaves bounds that were set first under names of its own."""
    parts = schema.get("anyOf", [])
    numbers = [part for part in parts if part.get("type") == "number"]
    texts = [part for part in parts if part.get("type") == "string"]
    if not numbers or not texts:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", *_BOUNDS)}
    bounds = {name: schema[key] for key, name in _BOUNDS.items() if key in schema}
    number = bounds | numbers[0]
    others = [part for part in parts if part not in (*numbers, *texts)]
    return {"anyOf": [number, *others]} | rest if others else number | rest


def _tidy_value(key: str, value: Any) -> Any:
    if key == "properties":
        return {name: _tidy(field) for name, field in value.items()}
    if key == "description":
        return prose(value)
    return value if key in ("examples", "default", "enum", "required") else _tidy(value)
