"""Fields of a body that its model does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
)

from .errors import BadRequest, Refusal

if TYPE_CHECKING:
    from pydantic import BaseModel

HINTS = 10
"""So many of them at the most are compared with the fields that there are."""

PLAIN = frozenset({str, int, float, bool, Decimal, type(None)})
"""What has no fields for certain."""

_NESTING: dict[type, tuple[str, ...]] = {}
"""Of each kind of model, its fields in which there may be fields."""


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
    for one in to_see:
        kind = type(one)
        if kind is list or kind is tuple:
            to_see += one
        elif kind in _NESTING or _is_model(kind):
            if one.__pydantic_extra__:
                return True
            names = _NESTING[kind] if kind in _NESTING else _nesting(kind)
            if names:
                to_see += [getattr(one, name) for name in names]
    return False


def _nesting(kind: type[BaseModel]) -> tuple[str, ...]:
    fields = kind.model_fields.items()
    found = tuple(name for name, field in fields if not _is_plain(field.annotation))
    return _NESTING.setdefault(kind, found)


def _is_plain(hint: Any) -> bool:
    """Whether there is no field for certain in a value of this type."""
    if get_origin(hint) in (Union, UnionType, Annotated):
        return all(map(_is_plain, get_args(hint)))
    return get_origin(hint) is Literal or hint in PLAIN


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
