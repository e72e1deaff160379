"""Snapshots, and the document of a sandbox's whole state."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from .base import about
from .clock import ClockOut


class SnapshotOut(TypedDict):
    """What a sandbox was, kept under a name."""

    name: Annotated[str, about("The snapshot's name.", "before")]
    clock: Annotated[ClockOut, about("The clock that was kept; a real one goes on.")]
    records: Annotated[int, about("How many records were kept.", 120)]


class StateClock(TypedDict):
    """The clock, written so that it does not move while nothing does."""

    frozen: Annotated[
        float | None,
        about("Where it stands still, in seconds since 1970; null where it goes.", 1779436800.0),
    ]
    offset: Annotated[float, about("How far it is ahead of the wall, in seconds.", 0.0)]


class StateOut(TypedDict):
    """The whole state of a sandbox, for `PUT state` to read."""

    version: Annotated[Literal[1], about("The version of the document.")]
    seed: Annotated[int, about("What ids are made from.", 0)]
    ids: Annotated[int, about("How many ids were given.", 120)]
    clock: Annotated[StateClock, about("The clock.")]
    settings: Annotated[dict[str, Any], about("The switches, as `GET settings` gives them.")]
    tables: Annotated[
        dict[str, list[dict[str, Any]]], about("The records of every table, oldest first.")
    ]


class StateTaken(TypedDict):
    """What was read from a state document."""

    records: Annotated[int, about("How many records the sandbox has now.", 120)]
