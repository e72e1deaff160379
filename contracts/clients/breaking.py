"""Clients that are broken on purpose, one or more for each rule of the kit: each the reference,
changed a little.

They stand in ``broken_*.py``, by area. Each is a subclass of the reference's ``Integration`` (or of
another of its classes), marked with the one rule that it breaks; a second one that breaks it in
another way has the name ``EXP-2-b``, and so on, and says what of it the rule is to see:

    @breaks("EXP-2")
    class ReportsTwo(Integration):
        \"\"\"Reports two vouchers of a package, however many it has.\"\"\"

        def acknowledge(self, export_id, updates):
            super().acknowledge(export_id, updates[:2])

    @breaks("RES-2-b", seen="answered 403")

    python breaking.py EXP-2           let it do all that waits to be done
    python breaking.py HOOK-1 serve    let it take webhooks at $PORT
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reference import Integration, from_environment, once, serve

HERE = Path(__file__).parent
Kind = TypeVar("Kind", bound=type[Integration])


class Broken(NamedTuple):
    """A broken client: the ``rule`` that it breaks, words of the violation that it is to be
    caught with (any, if none are named), and what it declares beside what all do."""

    kind: type[Integration]
    rule: str
    seen: str
    declared: dict[str, Any]


BROKEN: dict[str, Broken] = {}


def breaks(name: str, *, seen: str = "", **declared: Any) -> Callable[[Kind], Kind]:
    """Register a client under a rule's id, with a letter where it is not the first to break that.

    Raises ``ValueError`` for a name that another one has.
    """

    def registered(kind: Kind) -> Kind:
        if name in BROKEN:
            raise ValueError(f"{name} is {BROKEN[name].kind.__name__} already")
        BROKEN[name] = Broken(kind, _rule(name), seen, declared)
        return kind

    return registered


def _rule(name: str) -> str:
    """The rule that is broken by the client of a name: ``RES-2`` by ``RES-2-b``."""
    family, number, *_ = name.split("-")
    return f"{family}-{number}"


@cache
def broken() -> dict[str, Broken]:
    """Every broken client by its name."""
    for path in sorted(HERE.glob("broken_*.py")):
        importlib.import_module(path.stem)
    # They register themselves in the module of this name, which may be another copy of this one.
    found: dict[str, Broken] = importlib.import_module("breaking").BROKEN
    return found


def __getattr__(name: str) -> Callable[[Any], None]:
    """``EXP_2`` is the function that lets the client of the name EXP-2 work once."""
    found = broken().get(name.replace("_", "-"))
    if found is None:
        raise AttributeError(f"no client breaks {name}")
    return lambda given: once(found.kind(given))


if __name__ == "__main__":
    chosen = broken()[sys.argv[1]].kind(from_environment())
    serve(chosen) if sys.argv[2:] == ["serve"] else once(chosen)
