"""Fields of a body that its model does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import BadRequest, Refusal

if TYPE_CHECKING:
    from pydantic import BaseModel

HINTS = 10
"""So many of them at the most are compared with the fields that there are."""

PLAIN = frozenset({str, int, bool, type(None)})
"""What has no fields for certain."""


class _Unknown(NamedTuple):
    """A field that the model ``of`` does not know; ``where`` leads to it."""

    where: str
    name: str
    of: type[BaseModel]


def unknown_fields(parsed: Any) -> Iterator[str]:
    """The path of every field in a parsed body that its model does not know."""
    return (f"{one.where}{one.name}" for one in _found(parsed)) if _has_any(parsed) else iter(())


def refuse_unknown(parsed: Any, kind: type[Refusal]) -> None:
    """Raise a refusal of this ``kind`` where a parsed body has such fields. A ``BadRequest``, which
    is in our words and not in Findity's, also tells what was perhaps meant."""
    unknown = list(unknown_fields(parsed))
    if kind is BadRequest:
        unknown[:HINTS] = map(_hinted, islice(_found(parsed), HINTS))
    if unknown:
        raise kind(f"fields nobody knows: {', '.join(unknown)}.")


def _has_any(parsed: Any) -> bool:
    """Whether there is such a field at all: nearly always there is none, and where nobody asks for
    the way to it that is soon found."""
    to_see = [parsed]
    while to_see:
        one = to_see.pop()
        kind = type(one)
        if kind is list or kind is tuple:
            to_see += one
        elif _is_model(kind):
            if one.__pydantic_extra__:
                return True
            to_see += [value for value in one.__dict__.values() if type(value) not in PLAIN]
    return False


def _is_model(kind: type) -> bool:
    """Whether it is a model of pydantic's, which need not be imported to know that."""
    return hasattr(kind, "__pydantic_fields__")


def _found(parsed: Any, where: str = "") -> Iterator[_Unknown]:
    if isinstance(parsed, list | tuple):
        for index, item in enumerate(parsed):
            yield from _found(item, f"{where}[{index}]")
    elif _is_model(type(parsed)):
        dot = f"{where}." if where else ""
        yield from (_Unknown(dot, name, type(parsed)) for name in parsed.model_extra or {})
        for name, field in type(parsed).model_fields.items():
            yield from _found(getattr(parsed, name), f"{dot}{field.alias or name}")


def _hinted(unknown: _Unknown) -> str:
    """The path to a field, with the one that it is most like, for whoever mistyped it."""
    known = [field.alias or name for name, field in unknown.of.model_fields.items()]
    near = difflib.get_close_matches(unknown.name[:200], known, 1)
    return f"{unknown.where}{unknown.name}" + (f" (did you mean {near[0]}?)" if near else "")
