"""What may stand in a body: the base of its models, the types of its fields, and how it is said
what is wrong with one. Only what checks bodies needs pydantic, and so this file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.alias_generators import to_camel

from .body import shown
from .query import day

Text = Annotated[str, Field(min_length=1)]
"""A text that is not empty."""


class Wire(BaseModel):
    """The base of every request body: camelCase, no conversions, unknown fields remembered."""

    # What checks a body is built when the first one comes: most servers never see most bodies.
    model_config = ConfigDict(
        strict=True, extra="allow", alias_generator=to_camel, defer_build=True
    )

    def sent(self, *names: str) -> dict[str, Any]:
        """The fields among ``names`` (all, if none is named) that the body really had."""
        wanted = self.model_fields_set & (set(names) or set(type(self).model_fields))
        return {name: getattr(self, name) for name in type(self).model_fields if name in wanted}


_EXPECTED: dict[str, str] = {
    "string_type": "a text was expected",
    "string_too_short": "a text that is not empty was expected",
    "int_type": "a whole number was expected",
    "float_type": "a number was expected",
    "bool_type": "true or false was expected",
    "list_type": "a list was expected",
    "dict_type": "an object was expected",
    "model_type": "an object was expected",
    "model_attributes_type": "an object was expected",
    "too_short": "a list that is not empty was expected",
    "extra_forbidden": "nobody knows this field",
}


def described(error: ValidationError) -> str:
    """A validation error in one line: each field that is wrong and what was expected of it."""
    return "; ".join(_one(problem) for problem in error.errors()[:5]) + "."


def _one(problem: Any) -> str:
    where = ""
    for part in problem["loc"]:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    where = where or "the body"
    if problem["type"] == "missing":
        return f"{where}: required, and was not sent"
    expected = _EXPECTED.get(problem["type"])
    if expected is None:
        message = problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        expected = f"{message} was expected" if problem["msg"].startswith("Input") else message
    return f"{where}: {expected}, got {shown(problem['input'])}"


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("a number was expected")
    return Decimal(str(value))


def _moment(value: Any) -> str:
    try:
        if isinstance(value, str):
            datetime.fromisoformat(value)
            return value
    except ValueError:
        pass
    raise ValueError("an ISO 8601 time such as 2026-01-31T08:00:00Z was expected")


def _letters(count: int, what: str) -> Callable[[Any], str]:
    """A reader of codes of so many capital letters."""

    def read(value: Any) -> str:
        if isinstance(value, str) and re.fullmatch(f"[A-Z]{{{count}}}", value):
            return value
        raise ValueError(f"{what} was expected")

    return read


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 4.0 is the whole number 4."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number_text(value: Any) -> str:
    value = _whole(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("a text or a whole number was expected")
    return str(value)


Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number, however it is written."""


Amount = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=-(10**13), le=10**13)]
"""A JSON number, taken as the shortest decimal that reads as the same number."""

Day = Annotated[
    str,
    BeforeValidator(day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-01-31"]}),
]
"""A date, ``YYYY-MM-DD``."""

Moment = Annotated[
    str,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-01-31T08:00:00Z"]}),
]
"""A day or time as ISO 8601 has it, kept as it was sent."""

Country = Annotated[
    str,
    BeforeValidator(_letters(2, "a country code such as SE")),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["SE"]}),
]
"""ISO 3166-1 alpha-2."""

CURRENCY = {"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["SEK"]}

Currency = Annotated[
    str,
    BeforeValidator(_letters(3, "a currency such as SEK")),
    WithJsonSchema(CURRENCY),
]
"""ISO 4217."""

NumberText = Annotated[
    str,
    BeforeValidator(_number_text),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["A-1042"]}),
]
"""A number that may come as a text or as a whole number, kept as a text."""


HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"(?:[!-~¡-ÿ](?:[\t -~\xa0-ÿ]*[!-~¡-ÿ])?)?")
"""What HTTP can carry as the name and the value of a header; a value has no space around it."""
