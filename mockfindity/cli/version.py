"""``mockfindity version``."""

from __future__ import annotations

import click

from .. import __version__
from .options import json_option
from .output import print_json


@click.command()
@json_option
def version(as_json: bool) -> None:
    """Say which version this is.

    With --json, also on which Python and system it runs.
    """
    if not as_json:
        click.echo(f"mockfindity {__version__}")
        return
    import platform

    print_json(
        {
            "mockfindity": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
        }
    )
