"""Clients that are broken on purpose, one for each rule of the kit: each the reference, changed a
little.

They stand in ``broken_*.py``, by area. Each is a subclass of the reference's ``Integration`` (or of
another of its classes), marked with the one rule that it breaks:

    @breaks("EXP-2")
    class ReportsTwo(Integration):
        \"\"\"Reports two vouchers of a package, however many it has.\"\"\"

        def acknowledge(self, export_id, updates):
            super().acknowledge(export_id, updates[:2])

    python breaking.py EXP-2           let it do all that waits to be done
    python breaking.py HOOK-1 serve    let it take webhooks at $PORT
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from reference import Integration, from_environment, once, serve

HERE = Path(__file__).parent
Broken = TypeVar("Broken", bound=type[Integration])
BROKEN: dict[str, type[Integration]] = {}


def breaks(rule: str) -> Callable[[Broken], Broken]:
    """Register a client as the one that breaks ``rule``; raises ``ValueError`` for a second one."""

    def registered(kind: Broken) -> Broken:
        if rule in BROKEN:
            raise ValueError(f"{rule} is broken by {BROKEN[rule].__name__} already")
        BROKEN[rule] = kind
        return kind

    return registered


@cache
def broken() -> dict[str, type[Integration]]:
    """Every broken client by the rule it breaks."""
    for path in sorted(HERE.glob("broken_*.py")):
        importlib.import_module(path.stem)
    # They register themselves in the module of this name, which may be another copy of this one.
    found: dict[str, type[Integration]] = importlib.import_module("breaking").BROKEN
    return found


def __getattr__(name: str) -> Callable[[Any], None]:
    """``EXP_2`` is the function that lets the client that breaks EXP-2 work once."""
    kind = broken().get(name.replace("_", "-"))
    if kind is None:
        raise AttributeError(f"no client breaks {name}")
    return lambda given: once(kind(given))


if __name__ == "__main__":
    chosen = broken()[sys.argv[1]](from_environment())
    serve(chosen) if sys.argv[2:] == ["serve"] else once(chosen)
