"""The sandboxes of the server: see which there are, make one, drop one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..api.page import page
from ..call import Call
from ..errors import BadRequest
from ..sandbox import Sandbox
from ..sandboxes import NAME
from ..wire import Text, Whole, Wire
from .scenarios import prepared

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.sandboxes import SandboxOut

NAME_HEADER = "x-mockfindity-name"
"""What a balancer calls a new sandbox whose body gives it no name: it must know the way there."""


class NewSandbox(Wire):
    source: Text | None = Field(
        None, alias="from", description="Fork this `sandbox` or `sandbox/snapshot`."
    )
    scenario: Text | None = Field(
        None, description="Play this scenario in it; what it leaves is how the sandbox was made."
    )
    parameters: dict[str, Any] | None = Field(None, description="The scenario's own.")
    name: Text | None = Field(
        None,
        description="Up to 64 lower-case letters, digits, - and _; made up, if not sent.",
        json_schema_extra={"pattern": f"^{NAME.pattern}$"},
    )
    seed: Whole | None = Field(
        None, ge=0, lt=2**63, description="Same seed and steps, same ids; 0, if not sent."
    )


def sandbox_object(sandbox: Sandbox, base_url: str) -> SandboxOut:
    """A sandbox with the key that leads to it, on a server at ``base_url``."""
    return {
        "name": sandbox.name,
        "baseUrl": base_url,
        "clientId": sandbox.client_id,
        "clientSecret": sandbox.client_secret,
        "tokenUrl": f"{base_url}/oauth/token",
    }


def _shown(call: Call, sandbox: Sandbox) -> SandboxOut:
    return sandbox_object(sandbox, call.sandboxes.base_url)


def list_sandboxes(call: Call) -> Page[SandboxOut]:
    """List the sandboxes, each with the key that leads to it."""
    return page(list(call.sandboxes), call, lambda sandbox: _shown(call, sandbox))


def create_sandbox(call: Call) -> SandboxOut | Awaitable[SandboxOut]:
    """Make a sandbox with a key of its own: empty, a fork, or with a scenario played in it."""
    body: NewSandbox = call.body
    name = body.name or call.headers.get(NAME_HEADER)
    if body.scenario is None:
        if body.parameters is not None:
            raise BadRequest("parameters: they go with a scenario.")
        call.sandbox = call.sandboxes.create(name, body.seed, body.source)
        return _shown(call, call.sandbox)
    if body.source is not None:
        raise BadRequest("scenario: it is played in an empty sandbox; leave from out.")
    play = prepared(call, body.scenario, {"seed": body.seed or 0, **(body.parameters or {})})
    call.sandbox = call.sandboxes.create(name, body.seed, None)
    return _played(call, play)


async def _played(call: Call, play: Callable[[], Awaitable[Any]]) -> SandboxOut:
    """The sandbox once its scenario is over; one that fails leaves no sandbox behind."""
    sandbox = call.sandbox
    try:
        await play()
    except BaseException:
        call.sandboxes.drop(sandbox)
        raise
    call.sandboxes.begin_here(sandbox)
    return _shown(call, sandbox)


def get_sandbox(call: Call) -> SandboxOut:
    """Get one sandbox and the key that leads to it."""
    return _shown(call, call.sandbox)


def delete_sandbox(call: Call) -> None:
    """Drop a sandbox with all that is in it."""
    call.sandboxes.drop(call.sandbox)


def reset_sandbox(call: Call) -> None:
    """Put a sandbox back to how it was made: state, settings, clock, webhooks. Its tokens end."""
    call.sandbox.reset()
