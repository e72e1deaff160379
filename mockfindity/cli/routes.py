"""``mockfindity routes``: every URL that is served, how it is known, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from .options import Problem, json_option, option
from .output import many, print_json, print_records, print_table

if TYPE_CHECKING:
    from ..fidelity import Rule
    from ..fidelity.proofs import Proof
    from ..route import Route

HEADINGS = ("method", "path", "operationId", "provenance", "source")


@click.command()
@option(
    "--provenance",
    type=click.Choice(("documented", "observed", "inferred", "chosen", "all")),
    is_flag=False,
    flag_value="all",
    multiple=True,
    metavar="[WORD]",
    help="Alone, or with 'all': every operation of Findity's and every rule, with what proves it, "
    "and what is not emulated. With documented, observed, inferred or chosen: only what is known "
    "in this way. May be given more than once.",
)
@option("--family", multiple=True, help="Only this API, such as admin or connect; likewise.")
@option("--markdown", is_flag=True, help="Print docs/fidelity.md: all of it, as a page.")
@json_option
def routes(
    provenance: tuple[str, ...], family: tuple[str, ...], markdown: bool, as_json: bool
) -> None:
    """List every URL that is served.

    Provenance says how sure it is that Findity does the same: documented in a
    guide, observed at the real service, inferred from what is documented, or
    chosen by mockfindity. Most paths answer under other prefixes too; --json
    gives all of them. No server is needed.
    """
    if markdown:
        _print_page(alone=not (set(provenance) - {"all"} or family or as_json))
        return
    words = set(provenance) - {"all"}
    found = [r for r in _of_families(family) if not words or r.provenance in words]
    if "all" in provenance:
        _show_all({route.id for route in found}, words, bool(family), as_json)
    elif as_json:
        print_json([_shown(route) for route in found])
    else:
        print_table(HEADINGS, [(r.method, r.paths[0], r.id, r.provenance, r.source) for r in found])


def _print_page(*, alone: bool) -> None:
    if not alone:
        raise click.UsageError("--markdown gives the whole page: leave the other options out.")
    from ..fidelity.page import page

    click.echo(page(), nl=False)


def _show_all(operations: set[str], words: set[str], of_family: bool, as_json: bool) -> None:
    """Operations, rules and what is missing; rules of a family are those about its operations."""
    from ..fidelity import NOT_EMULATED, RULES
    from ..fidelity.proofs import proofs

    shown = [proof for proof in proofs() if proof.route.id in operations]
    about = {rule.id for proof in shown for rule in proof.rules} if of_family else None
    rules = [
        rule
        for rule in RULES
        if (not words or rule.provenance in words) and (about is None or rule.id in about)
    ]
    gaps = () if words or of_family else NOT_EMULATED
    if as_json:
        print_json(
            {
                "operations": [_proven(proof) for proof in shown],
                "rules": [_as_data(rule) for rule in rules],
                "notEmulated": [{"what": gap.what, "instead": gap.instead} for gap in gaps],
            }
        )
        return
    print_records(
        "operations of Findity's", ("operation", *HEADINGS[2:], "proven by"), _operations(shown)
    )
    print_records("rules", ("rule", "what", "provenance", "source", "proven by"), _rules(rules))
    if gaps:
        missing = [(gap.what, gap.instead) for gap in gaps]
        print_records("not emulated", ("what Findity has", "here"), missing)


def _operations(shown: Iterable[Proof]) -> list[tuple[str, ...]]:
    return [
        (
            f"{proof.route.method} {proof.route.paths[0]}",
            proof.route.id,
            proof.route.provenance,
            proof.route.source,
            _counted(proof),
        )
        for proof in shown
    ]


def _counted(proof: Proof) -> str:
    counts = {
        "example": proof.examples,
        "refusal": proof.refusals,
        "rule": proof.rules,
        "test": proof.tests,
    }
    return ", ".join(many(len(found), noun) for noun, found in counts.items() if found)


def _rules(rules: Iterable[Rule]) -> list[tuple[str, ...]]:
    return [(r.id, r.what, r.provenance, r.source, " ".join(r.tests)) for r in rules]


def _of_families(names: tuple[str, ...]) -> list[Route]:
    from ..routes import loaded

    known = list(dict.fromkeys(_family(route) for route in loaded()))
    for name in names:
        if name not in known:
            raise Problem(f"there is no family {name!r}; there are: {', '.join(known)}.")
    return [route for route in loaded() if not names or _family(route) in names]


def _family(route: Route) -> str:
    return route.family.name.replace(" ", "-")


def _shown(route: Route) -> dict[str, Any]:
    return {
        "method": route.method,
        "paths": route.paths,
        "operationId": route.id,
        "family": _family(route),
        "provenance": route.provenance,
        "source": route.source,
        "summary": route.summary,
    }


def _proven(proof: Proof) -> dict[str, Any]:
    return _shown(proof.route) | {
        "examples": proof.examples,
        "refusals": proof.refusals,
        "rules": [rule.id for rule in proof.rules],
        "tests": proof.tests,
    }


def _as_data(rule: Rule) -> dict[str, Any]:
    return rule._asdict() | {"area": rule.area}
