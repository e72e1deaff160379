"""What comes in over the wire: bodies and query parameters, checked before anything is done.

Bodies are JSON whatever ``Content-Type`` says: the guides themselves send ``text/plain``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

import msgspec
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel

from .errors import BadRequest, InvalidId, InvalidJson, NoKnownProperties
from .later import found
from .unknown_fields import refuse_unknown

DEEPEST = 64
GZIP = b"\x1f\x8b"
UnknownFields = Literal["documented", "reject", "ignore", "refuse"]

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


M = TypeVar("M")


class Body(Generic[M]):
    """The body an operation takes: a model, or a list of one (``many``).

    ``closed`` refuses every unknown field, as the accounts guide does; ``needed`` refuses ``{}``;
    ``id_in`` names the path parameter that the body's ``id`` must repeat. ``documented`` is a
    model that says in the documents what the fields may be, where ``model`` does not. ``creates``
    are the fields without which the operation makes nothing.
    """

    def __init__(
        self,
        model: type[Wire],
        *,
        many: bool = False,
        closed: bool = False,
        needed: bool = False,
        id_in: str | None = None,
        documented: type[BaseModel] | None = None,
        creates: tuple[str, ...] = (),
    ) -> None:
        self.model, self.many, self.closed, self.needed = model, many, closed, needed
        self.id_in = id_in
        self.documented = documented
        self.creates = creates
        self._adapter: TypeAdapter[Any] | None = None

    def load(self) -> None:
        """Import the models that are only named yet."""
        self.model, self.documented = found(self.model), found(self.documented)

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of the fields."""
        fields = self.model.model_fields.items()
        return frozenset(field.alias or name for name, field in fields)

    def parse(self, raw: bytes, policy: UnknownFields, path: Mapping[str, str]) -> Any:
        """The checked body.

        Raises ``InvalidJson``, ``NoKnownProperties``, ``InvalidId``, ``BadRequest``.
        """
        data = decode(raw) if raw.strip() else ([] if self.many else {})
        if self.many and not raw.strip():
            raise BadRequest("the body: a JSON array was expected, got nothing.")
        wanted = list if self.many else dict
        if not isinstance(data, wanted):
            name = "array" if self.many else "object"
            raise BadRequest(f"the body: a JSON {name} was expected, got {_shown(data)}.")
        for item in data if self.many else [data]:
            if isinstance(item, dict):
                self._check_names(item, policy)
        if self.id_in and isinstance(data, dict) and data.get("id") != path[self.id_in]:
            raise InvalidId(
                f"id {_shown(data.get('id'))} is not the {path[self.id_in]!r} of the URL: "
                "send the same one."
            )
        parsed = self._validate(data)
        if policy in ("reject", "refuse"):
            refuse_unknown(parsed, NoKnownProperties if policy == "reject" else BadRequest)
        return parsed

    def _check_names(self, data: dict[str, Any], policy: UnknownFields) -> None:
        unknown = [name for name in data if name not in self.known]
        nothing = len(unknown) == len(data) and (data or self.needed)
        closed = unknown and (self.closed or policy == "reject")
        if policy in ("documented", "reject") and (nothing or closed):
            what = f"does not take {', '.join(unknown)}" if unknown else "is empty"
            raise NoKnownProperties(f"the body {what}; known: {', '.join(sorted(self.known))}.")

    def _validate(self, data: Any) -> Any:
        if self._adapter is None:
            kind: Any = list[self.model] if self.many else self.model  # type: ignore[name-defined]
            self._adapter = TypeAdapter(kind)
        try:
            return self._adapter.validate_python(data)
        except ValidationError as error:
            raise BadRequest(described(error)) from None


def decode(raw: bytes) -> Any:
    """``raw`` as JSON; a byte order mark before it is passed over.

    Raises ``InvalidJson``; ``BadRequest`` when it nests deeper than 64.
    """
    if raw.startswith(GZIP):
        raise InvalidJson("the body is compressed with gzip: send it as it is.")
    try:
        data = msgspec.json.decode(raw.removeprefix(codecs.BOM_UTF8))
    except RecursionError:
        raise BadRequest(f"the body nests deeper than {DEEPEST}.") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise InvalidJson(f"the body is not JSON: {error}.") from None
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(data) > DEEPEST:
        raise BadRequest(f"the body nests deeper than {DEEPEST}.")
    return data


def _depth(data: Any) -> int:
    """How deep ``data`` nests, without recursion of our own."""
    deepest, level = 0, [data]
    while level:
        deepest += 1
        inner: list[Any] = []
        for item in level:
            inner.extend(item.values() if isinstance(item, dict) else item)
        level = [item for item in inner if isinstance(item, dict | list)]
    return deepest


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
    return f"{where}: {expected}, got {_shown(problem['input'])}"


def _shown(value: Any) -> str:
    """A value as it is quoted in a message: never long."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = msgspec.json.encode(value, enc_hook=str).decode()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("a number was expected")
    return Decimal(str(value))


def day(value: Any) -> str:
    """A date as it is written, ``YYYY-MM-DD``. Raises ``ValueError`` for anything else."""
    try:
        # ISO 8601 has other ways to write a day, such as 2026-W05-6.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise ValueError("a date such as 2026-01-31 was expected")


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


class Kind(NamedTuple):
    """What a query parameter may be: how its text is read, and what is expected, in words and as
    JSON Schema. ``read`` raises ``ValueError`` for anything else."""

    read: Callable[[str], Any]
    expected: str
    schema: dict[str, Any]


class Param(NamedTuple):
    """A query parameter: its name on the wire, what it may be, and what it means.

    ``needed`` says that a request without it is refused, ``chosen`` that no guide has it.
    """

    name: str
    kind: Kind
    description: str
    default: Any = None
    needed: bool = False
    chosen: bool = False


LONGEST = 1000
"""Digits of a whole number in a query: more than any list has entries."""


def whole(least: int = 0, most: int | None = None, expected: str | None = None) -> Kind:
    """A whole number from ``least`` to ``most``."""

    def read(text: str) -> int:
        plain = text.isascii() and text.isdigit() and len(text) <= LONGEST
        number = int(text) if plain else least - 1
        if number < least or (most is not None and number > most):
            raise ValueError
        return number

    schema = {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})
    return Kind(read, expected or f"a whole number from {least}", schema)


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


TRUTH = Kind(_truth, "true or false", {"type": "boolean"})

A_DAY = Kind(day, "a date such as 2026-01-31", {"type": "string", "format": "date"})


def text(expected: str, *, upper: bool = False, least: int = 0) -> Kind:
    """Any text; ``upper`` takes its letters as capitals, ``least`` is how long it is documented to
    be at least."""
    schema = {"type": "string"} | ({"minLength": least} if least else {})
    return Kind(str.upper if upper else str, expected, schema)


def one_of(*words: str) -> Kind:
    """Exactly one of these words."""

    def read(given: str) -> str:
        if given not in words:
            raise ValueError
        return given

    expected = " or ".join(words) if len(words) == 2 else f"one of {', '.join(words)}"
    return Kind(read, expected, {"type": "string", "enum": list(words)})


def parse_query(params: tuple[Param, ...], given: dict[str, str]) -> dict[str, Any]:
    """The parameters an operation knows, read; others are let through unread.

    Raises ``BadRequest`` naming the parameter and what was expected.
    """
    read: dict[str, Any] = {}
    for param in params:
        sent = given.get(param.name)
        try:
            read[param.name] = param.default if sent is None else param.kind.read(sent)
        except (ValueError, KeyError):
            shown = repr((sent or "")[:60])
            message = f"{param.name}: {param.kind.expected} was expected, got {shown}."
            raise BadRequest(message) from None
    return read
