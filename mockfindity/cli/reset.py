"""``mockfindity reset``: begin again."""

from __future__ import annotations

import click

from .control import Control
from .options import sandbox_option, url_option


@click.command()
@url_option
@sandbox_option
def reset(url: str, sandbox: str) -> None:
    """Put a sandbox back to how it was made.

    Its organizations, reports, exports, settings, clock and webhooks go, and its
    tokens end; its own key stays.
    """
    with Control(url, sandbox) as control:
        control("POST", "/reset")
    click.echo(f"The sandbox {sandbox} is as it was made.")
