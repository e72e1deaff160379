"""Playing a scenario on the server itself: it acts over HTTP, as anybody would."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from ..call import Call
from ..errors import BadRequest, ScenarioNotFound
from ..scenario_files import load

Play = Callable[[str, int], Awaitable[None]]
"""Plays a scenario in the sandbox of a name, from a seed."""


def player(call: Call, name: str) -> Play:
    """What plays the scenario ``name``; the playing raises ``BadRequest`` where it gets stuck.

    Raises ``ScenarioNotFound``, and ``BadRequest`` where there is no socket to act over.
    """
    url = call.own_url
    if url is None:
        raise BadRequest("scenario: it acts over HTTP, which an app in process does not speak.")
    try:
        scenario = load(name)
    except FileNotFoundError as error:
        raise ScenarioNotFound(f"{error}.") from None
    token = call.headers.get("x-mockfindity-token")

    async def play(sandbox: str, seed: int) -> None:
        with tempfile.TemporaryDirectory(prefix="mockfindity-") as folder:
            archive = Path(folder)
            try:
                await asyncio.to_thread(
                    scenario.play, url, archive, sandbox=sandbox, seed=seed, control_token=token
                )
            except scenario.StoryError as error:
                raise BadRequest(f"the scenario {name!r} could not be played: {error}") from None

    return play
