"""``mockfindity routes``: every URL that is served, and how it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import Problem, json_option, option
from .output import print_json, print_table

if TYPE_CHECKING:
    from ..route import Route

HEADINGS = ("method", "path", "operationId", "provenance", "source")


@click.command()
@option(
    "--provenance",
    type=click.Choice(("documented", "observed", "inferred", "chosen")),
    multiple=True,
    help="Only what is known in this way; may be given more than once.",
)
@option("--family", multiple=True, help="Only this API, such as admin or connect; likewise.")
@json_option
def routes(provenance: tuple[str, ...], family: tuple[str, ...], as_json: bool) -> None:
    """List every URL that is served.

    Provenance says how sure it is that Findity does the same: documented in a
    guide, observed at the real service, inferred from what is documented, or
    chosen by mockfindity. Most paths answer under other prefixes too; --json
    gives all of them. No server is needed.
    """
    found = [
        route for route in _of_families(family) if not provenance or route.provenance in provenance
    ]
    if as_json:
        print_json([_shown(route) for route in found])
    else:
        print_table(HEADINGS, [(r.method, r.paths[0], r.id, r.provenance, r.source) for r in found])


def _of_families(names: tuple[str, ...]) -> list[Route]:
    from ..routes import ROUTES

    known = list(dict.fromkeys(_family(route) for route in ROUTES))
    for name in names:
        if name not in known:
            raise Problem(f"there is no family {name!r}; there are: {', '.join(known)}.")
    return [route for route in ROUTES if not names or _family(route) in names]


def _family(route: Route) -> str:
    return route.family.name.replace(" ", "-")


def _shown(route: Route) -> dict[str, object]:
    return {
        "method": route.method,
        "paths": route.paths,
        "operationId": route.id,
        "family": _family(route),
        "provenance": route.provenance,
        "source": route.source,
        "summary": route.summary,
    }
