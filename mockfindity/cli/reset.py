"""``mockfindity reset``: begin again."""

from __future__ import annotations

import click

from .control import Control, with_control


@click.command()
@with_control
def reset(control: Control) -> None:
    """Put a sandbox back to how it was made.

    Its organizations, reports, exports, settings, clock, webhooks, faults and
    requests go, and its tokens end; its own key stays.
    """
    control("POST", "/reset")
    click.echo(f"The sandbox {control.name} is as it was made.")
