"""The sandbox's clock: look, stop, set, move, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, WithJsonSchema

from ..call import Call
from ..clock import Clock, parsed
from ..errors import BadRequest
from ..wire import Amount, Text, Wire

if TYPE_CHECKING:
    from ..shapes.clock import ClockOut


class ClockIn(Wire):
    now: Annotated[Text, WithJsonSchema({"type": "string", "format": "date-time"})] | None = Field(
        None, description="Stop the clock at this ISO 8601 time."
    )
    mode: Literal["real", "frozen"] | None = Field(
        None, description="`real` lets it go by the wall again, `frozen` stops it where it is."
    )


class Advance(Wire):
    seconds: Amount = Field(ge=0, description="How far to move it forward.")


def _shown(clock: Clock) -> ClockOut:
    return {"now": clock.stamp(), "mode": clock.mode}


def _changed(call: Call, clock: Clock) -> ClockOut:
    """Set the clock; webhooks that were waiting may be due now."""
    call.sandbox.clock = clock
    call.sandbox.deliveries.hurry()
    return _shown(clock)


def get_clock(call: Call) -> ClockOut:
    """Say what time it is in a sandbox."""
    return _shown(call.sandbox.clock)


def set_clock(call: Call) -> ClockOut:
    """Stop the clock at a time (``now``), or let it go by the wall again (``mode: real``)."""
    body: ClockIn = call.body
    if body.now is None and body.mode is None:
        raise BadRequest('the body: {"now": "2026-03-01T08:00:00Z"} or {"mode": "real"} expected.')
    if body.mode == "real" and body.now is not None:
        raise BadRequest("mode: real goes by the wall and takes no now.")
    if body.mode == "real":
        return _changed(call, Clock())
    moment = call.sandbox.clock.now() if body.now is None else parsed(body.now)
    return _changed(call, Clock(frozen=moment))


def advance_clock(call: Call) -> ClockOut:
    """Move the clock forward; tokens expire and dates change accordingly."""
    return _changed(call, call.sandbox.clock.advanced(float(call.body.seconds)))
