"""Fault rules: the records themselves, and the sets of them that have a name."""

from __future__ import annotations

from typing import Annotated, TypedDict

from ..faults import Rule, Set
from .base import about

__all__ = ["NamedFaultSetOut", "Rule"]


class NamedFaultSetOut(TypedDict):
    """A named set of fault rules."""

    name: Annotated[Set, about("What it is called.")]
    description: Annotated[str, about("What it does.", "Every answer comes two seconds late.")]
    rules: Annotated[list[Rule], about("Its rules, as a sandbox without any would have them.")]
