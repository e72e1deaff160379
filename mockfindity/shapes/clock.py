"""The clock of a sandbox."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import Time, about


class ClockOut(TypedDict):
    """What time it is in a sandbox."""

    now: Annotated[Time, about("What time it is.")]
    mode: Annotated[
        Literal["real", "frozen"], about("`real` goes by the wall, `frozen` stands still.")
    ]
