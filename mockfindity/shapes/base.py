"""What every answer is made of: ids, times, money, lists.

``about`` says of a field what it means; with examples where the type alone does not show how a
value looks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Generic, TypedDict, TypeVar

from msgspec import Meta

T = TypeVar("T")


def about(description: str, *examples: object) -> Meta:
    """What a field means, with its unit where it has one, and how its values look."""
    return Meta(description=description, examples=list(examples) or None)


def constant(description: str, *value: object) -> Meta:
    """What a field's name tells, where mockfindity holds no state for it."""
    return about(f"{description} Constant here.", *value)


def _formatted(kind: str, description: str, example: str) -> Meta:
    return Meta(description=description, examples=[example], extra_json_schema={"format": kind})


Id = Annotated[
    str,
    Meta(
        description="An id: 32 lower-case hex digits.",
        examples=["70673d31e9704f768d70748c173ad7c1"],
        pattern="^[0-9a-f]{32}$",
    ),
]
Time = Annotated[str, _formatted("date-time", "A time in UTC.", "2026-05-22T08:00:00Z")]
Day = Annotated[str, _formatted("date", "A day.", "2026-05-22")]
Url = Annotated[str, _formatted("uri", "A URL.", "http://127.0.0.1:4655/api/resources/5f3a")]
Currency = Annotated[str, about("ISO 4217.", "SEK")]
Country = Annotated[str, about("ISO 3166-1 alpha-2.", "SE")]
Unknown = Any
"""What the guides show as null, so that nothing is known of what else it may be. Null here."""

Money = Annotated[Decimal, about("An amount of money, at most two decimals.", 1250.50)]


class PageMeta(TypedDict):
    """How much there is."""

    count: Annotated[int, about("How many entries are given here.", 1)]
    total: Annotated[int, about("How many entries there are.", 1)]


class Page(TypedDict, Generic[T]):
    """A list, or the part of it that `max` and `offset` ask for."""

    data: Annotated[list[T], about("The entries, oldest first.")]
    meta: Annotated[PageMeta, about("How much of it there is.")]


class Done(TypedDict):
    """That it was done."""

    result: Annotated[str, about("`success`.", "success")]
    description: Annotated[str, about("What was done, in words.")]
