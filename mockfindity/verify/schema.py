"""What is wrong with an answer, field by field: JSON Schema's errors, made readable.

Schemas are closed, so that a field nobody documents is an error too (a ``Problem`` with the keyword
``additionalProperties``, which callers tell from the others); and what the documents give the id of
the guides as an example must look like one. Of several alternatives the one that was meant counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from .finding import Where, kind_of, shown

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator as Validator
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError

ID = "^[0-9a-f]{32}$"
UNKNOWN = "additionalProperties"
MISSING = "nothing"
"""What is found where a field is missing."""

FORMATS = {
    "date-time": "a time such as 2026-05-22T08:00:00Z",
    "date": "a date such as 2026-05-22",
    "uuid": "a UUID",
}


class Problem(NamedTuple):
    """Something wrong in a body: ``keyword`` is JSON Schema's, or ``required`` for a missing
    field, whose place ``where`` then is."""

    where: Where
    keyword: str
    expected: str
    found: str


def closed(schema: Any) -> None:
    """Close every object of a schema (or of several by name), and look closer at ids; in place."""
    if isinstance(schema, list):
        for one in schema:
            closed(one)
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("properties"), dict):
        schema.setdefault(UNKNOWN, False)
    examples = schema.get("examples")
    if isinstance(examples, list) and examples and re.match(ID, str(examples[0])):
        schema["pattern"] = ID
    for key, value in schema.items():
        if key not in ("examples", "enum", "const", "default", "required"):
            closed(value)


def validator_of(schema: dict[str, Any], components: dict[str, Any]) -> Validator:
    """A validator of a schema of a document with these components."""
    from jsonschema import Draft202012Validator

    whole = {**schema, "components": components}
    return Draft202012Validator(whole, format_checker=_formats())


def problems(validator: Validator, data: Any) -> list[Problem]:
    """Everything that is wrong with a body, each once."""
    found = [p for error in validator.iter_errors(data) for p in _problems(error)]
    return list(dict.fromkeys(found))


def _problems(error: ValidationError, above: Where = ()) -> Iterator[Problem]:
    where = (*above, *error.path)
    keyword, value, data = str(error.validator), _any(error.validator_value), _any(error.instance)
    if keyword in ("anyOf", "oneOf"):
        meant = _meant(error)
        yield from (p for inner in meant for p in _problems(inner, where))
        if error.context and not meant:
            yield Problem(where, "type", _kinds(value), shown(data))
    elif keyword == "required":
        fields = _any(error.schema).get("properties", {})
        for name in (name for name in value if name not in data):
            yield Problem((*where, name), keyword, _kind(fields.get(name, {})), MISSING)
    elif keyword == UNKNOWN:
        for name in sorted(data.keys() - _any(error.schema)["properties"].keys()):
            yield Problem((*where, name), UNKNOWN, "no such field", kind_of(data[name]))
    else:
        yield Problem(where, keyword, _expected(keyword, value), shown(data))


def _any(value: object) -> Any:
    """``value``, of which jsonschema does not say enough for a type checker."""
    return value


def _meant(error: ValidationError) -> list[ValidationError]:
    """The errors of the alternative that was meant: one whose type is right, and the least wrong
    of those."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [
        errors
        for errors in branches.values()
        if not any(e.validator == "type" and not e.path for e in errors)
    ]
    return min(fitting, key=len, default=[])


def _expected(keyword: str, value: Any) -> str:
    match keyword:
        case "type":
            return _kind({"type": value})
        case "enum":
            return f"one of {', '.join(map(str, value))}"
        case "const":
            return shown(value)
        case "format":
            return FORMATS.get(value, str(value))
        case "pattern" if value == ID:
            return "32 hexadecimal digits, lower case"
    return f"{keyword} {value}"


def _kinds(schemas: Iterable[Mapping[str, Any]]) -> str:
    return " or ".join(dict.fromkeys(_kind(schema) for schema in schemas))


def _kind(schema: Mapping[str, Any]) -> str:
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _kinds(schema[several])
    kind = schema.get("type", "object" if "$ref" in schema else "a value")
    return kind if isinstance(kind, str) else " or ".join(kind)


def _formats() -> FormatChecker:
    """Those of the documents; times without the packages that jsonschema would ask for."""
    from jsonschema import FormatChecker

    checker = FormatChecker(())
    readers = {"date-time": _is_time, "date": _is_date, "uuid": _is_uuid}
    for name, reader in readers.items():
        checker.checks(name)(reader)
    return checker


_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return _TIME.fullmatch(value) is not None


def _is_date(value: object) -> bool:
    try:
        return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or _UUID.fullmatch(value) is not None
