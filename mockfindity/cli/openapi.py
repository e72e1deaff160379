"""``mockfindity openapi``: the documents, made anew from the code."""

from __future__ import annotations

from pathlib import Path

import click

from .options import DEFAULT_URL, Url, option

NAMES = ("oauth", "admin", "connect", "control")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES), metavar="[NAME]...")
@option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write NAME.json into this folder, made if it is not there; all four, if none is named.",
)
@option(
    "--base-url", type=Url(), default=DEFAULT_URL, help="The server that the documents speak of."
)
def openapi(names: tuple[str, ...], output: Path | None, base_url: str) -> None:
    """Print an OpenAPI 3.1 document: oauth, admin, connect or control.

    Nothing needs to run. A server gives the same documents at /openapi/NAME.json
    and shows them to people at /docs.
    """
    if output is None and len(names) != 1:
        raise click.UsageError(f"name one of {', '.join(NAMES)}, or say --output FOLDER.")
    from ..openapi import written

    if output is None:
        click.echo(written(names[0], base_url), nl=False)
        return
    output.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        file = output / f"{name}.json"
        file.write_text(written(name, base_url), encoding="utf-8")
        click.echo(f"{file}")
