"""The conduct report."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import about


class ConductFindingOut(TypedDict):
    """Something a client did that it should not have."""

    rule: Annotated[str, about("The rule's id.", "AUTH-2")]
    level: Annotated[Literal["MUST", "SHOULD"], about("How binding the rule is.")]
    title: Annotated[
        str, about("What a client does that keeps it.", "reuses a token while it lives")
    ]
    guide: Annotated[str, about("Where it stands.", "authentication page")]
    found: Annotated[str, about("What was found, in words.")]
    remedy: Annotated[str, about("What to do about it.")]
    requests: Annotated[
        list[int], about("The ids of the requests that show it, in the journal.", [1, 2])
    ]
