"""Scenarios: stories that are played in a sandbox, over HTTP, as anybody would act in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

from ..api.page import page
from ..body import decode
from ..call import Call
from ..errors import BadRequest, ScenarioNotFound, ScenarioUnderWay
from ..scenario_files import Scenario, StoryError, find, names
from ..scenario_parameters import ParameterError

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.scenarios import PlayedOut, ScenarioOut

Json = dict[str, Any]


def list_scenarios(call: Call) -> Page[ScenarioOut]:
    """List the scenarios, each with its story and its parameters."""
    return page(names(), call, lambda name: cast("ScenarioOut", find(name).shown()))


def play_scenario(call: Call) -> Awaitable[PlayedOut]:
    """Play a scenario in the sandbox. The answer comes when it is over.

    Its requests are left out of the journal and meet no faults. One that gets stuck leaves the
    sandbox as it was before.
    """
    given = decode(call.raw) if call.raw.strip() else {}
    if not isinstance(given, dict):
        raise BadRequest("the body: a JSON object with the scenario's parameters was expected.")
    return prepared(call, call.path["scenario"], given)()


def prepared(call: Call, name: str, given: Json) -> Callable[[], Awaitable[Json]]:
    """What plays the scenario ``name`` in the sandbox that ``call`` is about by then.

    Raises ``ScenarioNotFound``, ``ScenarioUnderWay``, and ``BadRequest`` for parameters that do
    not fit and where there is no socket to act over. The playing raises ``BadRequest`` where it
    gets stuck.
    """
    url = call.own_url
    if url is None:
        raise BadRequest("scenario: it acts over HTTP, which an app in process does not speak.")
    try:
        scenario = find(name)
        given = scenario.checked(given, over_http=True)
    except FileNotFoundError as error:
        raise ScenarioNotFound(f"{error}.") from None
    except ParameterError as error:
        raise BadRequest(f"{error}.") from None
    return lambda: _begun(call, url, scenario, given)


def _begun(call: Call, url: str, scenario: Scenario, given: Json) -> Awaitable[Json]:
    sandbox = call.sandbox
    if sandbox.playing is not None:
        raise ScenarioUnderWay(
            f"the scenario {sandbox.playing!r} is being played in sandbox {sandbox.name!r}: "
            "wait until it is over, or play in another sandbox."
        )
    sandbox.playing = scenario.name
    return _played(call, url, scenario, given)


async def _played(call: Call, url: str, scenario: Scenario, given: Json) -> Json:
    """What the scenario made; the sandbox is what it was before where it made nothing."""
    sandbox, before = call.sandbox, call.sandbox.whole()
    sent = call.headers.get("x-mockfindity-token")
    token = None if sent is None else sent.encode("latin-1").decode("utf-8", "replace")
    # A thread of its own: those that draw PDFs for the story are not kept waiting by it.
    thread = ThreadPoolExecutor(1, f"scenario {scenario.name}")
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(thread, _act, scenario, url, sandbox.name, token, given)
    except BaseException:
        sandbox.restore(before)
        call.sandboxes.keep(sandbox)
        raise
    finally:
        sandbox.playing = None
        thread.shutdown(wait=False)


def _act(scenario: Scenario, url: str, sandbox: str, token: str | None, given: Json) -> Json:
    """Play it, as a client of this very server."""
    from httpx2 import HTTPError

    from .. import Findity, FindityError

    try:
        findity = Findity.at(url, sandbox, control_token=token)
        try:
            return scenario.play(findity, lambda done, total, what: None, given)
        finally:
            findity.close()
    except (StoryError, FindityError, HTTPError, ParameterError) as error:
        said = str(error) or type(error).__name__
        raise BadRequest(f"the scenario {scenario.name!r} could not be played: {said}.") from None
