"""Query parameters: what each may be, and how its text is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from .errors import BadRequest


def day(value: Any) -> str:
    """A date as it is written, ``YYYY-MM-DD``. Raises ``ValueError`` for anything else."""
    try:
        # ISO 8601 has other ways to write a day, such as 2026-W05-6.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise ValueError("a date such as 2026-01-31 was expected")


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
