"""Where an organization's exports are made: what the rules of exports need, from the state."""

from __future__ import annotations

from functools import partial

from ...domain.acknowledgements import Progress
from ...domain.exports import Desk, Export
from ...domain.organizations import Organization
from ...domain.recipients import api_recipients
from ...sandbox import Sandbox


def progress_of(sandbox: Sandbox, organization: Organization, export: Export) -> Progress:
    """An export of an organization, to say of it what became of its vouchers now."""
    state = sandbox.state
    return Progress(
        partial(desk_of, sandbox, organization),
        sandbox.clock.stamp(),
        export,
        state.vouchers.rows,
        state.legs.rows,
        state.reports.rows,
    )


def desk_of(sandbox: Sandbox, organization: Organization) -> Desk:
    """The organization's API recipients in order, its chart, and what was booked already."""
    state = sandbox.state
    return Desk(
        organization=organization,
        recipients=api_recipients(state.recipients.many("organization", organization.id)),
        chart=state.chart(),
        bookings=state.bookings.rows,
        new_id=state.ids,
        now=sandbox.clock.stamp(),
    )
