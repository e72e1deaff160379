"""What every record is: a frozen struct that is written camelCase wherever it leaves the program.

msgspec's structs are encoded and decoded by field type, so that the state of a sandbox can be
written out and checked when it is read in, and a package of vouchers is encoded without an
intermediate dictionary per row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

NewId = Callable[[], str]
"""Gives the next id of the sandbox's seeded generator: 32 lower-case hex digits."""

replace = msgspec.structs.replace


# None points to what points back to it, so that Python's collector need not look through them: of
# hundreds of thousands that takes a tenth of a second.
class Value(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    forbid_unknown_fields=True,
    gc=False,
):
    """A frozen part of a record."""


class Record(Value, frozen=True, kw_only=True, rename="camel"):
    """A frozen row of a table, found by its ``id``."""

    id: str


class Change(msgspec.Struct, frozen=True):
    """What a rule decided: the records to write, the ones to remove, and what to announce."""

    put: tuple[Record, ...] = ()
    remove: tuple[Record, ...] = ()
    events: tuple[Any, ...] = ()

    def __add__(self, other: Change) -> Change:
        return Change(self.put + other.put, self.remove + other.remove, self.events + other.events)


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """``new`` laid over ``old``, objects within objects too; neither is changed."""
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        result[key] = merged(before, value) if both else value  # type: ignore[arg-type]
    return result


def named(names: Iterable[str]) -> str:
    """The names as they are listed in a message."""
    return ", ".join(names)
