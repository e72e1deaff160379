"""``docs/fidelity.md``: the tables of this package, for people to read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic.alias_generators import to_camel

from ..checked_settings import CheckedSettings
from ..errors import OAuthError, Provenance, Refusal
from ..route import Route
from . import AREAS, NOT_EMULATED, RULES, SOURCES
from .proofs import Proof, proofs
from .rule import Rule

MEANS = {
    "documented": "Findity's documentation says so",
    "observed": "was seen at the real service by somebody who wrote it down",
    "inferred": "follows from what is documented",
    "chosen": "mockfindity's decision, where the documentation is silent or contradicts itself",
}

TITLES = {
    "oauth": "OAuth",
    "legacy admin": "Admin API, by external id",
    "by internal id": "Admin API, by Findity's internal id (legacy)",
    "admin": "Admin API, version 1",
    "connect": "Connect API",
    "resources": "Resources",
}

HEAD = """\
<!-- Made by `mockfindity routes --markdown`; do not edit. -->

# What is emulated, and how sure it is

mockfindity answers as Findity's documentation says. Where the documentation is silent, or one page
contradicts another, somebody had to decide; this page lists those decisions, each with what proves
that mockfindity keeps it. It is made from the tables that the program itself works with:
`mockfindity routes --provenance` prints the same, and with `--json` as data.

A *documented* line you may rely on. Before you rely on an *inferred* or a *chosen* one, try it on
Findity's stage environment; where that answers otherwise, mockfindity is wrong, and many chosen
lines have a [setting](#settings) that makes them otherwise. `serve --strict-documented` refuses the
operations and parameters that are only chosen.
"""

OPERATIONS = """\
## Operations

Findity's own; the control API under `/_mockfindity` is mockfindity's, all of it *chosen*.
*Examples* is how many requests the guides show, sent as they show them. *Refusals* are the codes of
the operation's own, each of them provoked in a test that also sees that nothing changed. *Rules*
stand [below](#rules). Most paths answer under other prefixes too, see [`wire.bases`](#wire).
"""

CODES = """\
## Error codes

The provenance is that of the code. 400, 401, 403, 404, 429 and 500 are documented as statuses;
which code comes with them mostly is not.
"""

SETTINGS = """\
## Settings

Switches of a sandbox for what is not documented: `PUT /_mockfindity/settings`, see
[What the real service cannot do](control-plane.md#settings).
"""

GAPS = """\
## What is not emulated
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, _words(), OPERATIONS, *_operations(), "## Rules\n", *_rules()]
    parts += [CODES, _codes(), SETTINGS, _settings(), GAPS, _gaps()]
    return "\n".join(parts)


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")


def _words() -> str:
    operations = Counter(proof.route.provenance for proof in proofs())
    rules = Counter(rule.provenance for rule in RULES)
    rows = [(word, MEANS[word], operations[word], rules[word]) for word in get_args(Provenance)]
    total = ("", "", len(proofs()), len(RULES))
    return _table(("word", "means", "operations", "rules"), [*rows, total])


def _operations() -> Iterator[str]:
    headings = ("method", "path", "operationId", "provenance", "source", "examples")
    for family, title in TITLES.items():
        rows = [_operation(proof) for proof in proofs() if _group(proof.route) == family]
        yield f"### {title}\n"
        yield _table((*headings, "refusals", "rules"), rows)


def _group(route: Route) -> str:
    return "by internal id" if route.legacy else route.family.name


def _operation(proof: Proof) -> tuple[object, ...]:
    route = proof.route
    areas = dict.fromkeys(rule.area for rule in proof.rules)
    return (
        route.method,
        f"`{route.paths[0]}`",
        f"`{route.id}`",
        route.provenance,
        _source(route.source),
        len(proof.examples) or "",
        " ".join(code if code == "RFC 6749" else f"`{code}`" for code in proof.refusals),
        " ".join(f"[{_count(proof, area)} {area}](#{area})" for area in areas),
    )


def _count(proof: Proof, area: str) -> int:
    return sum(rule.area == area for rule in proof.rules)


def _source(name: str) -> str:
    return f"[{name}]({SOURCES[name]})" if name in SOURCES else ""


def _rules() -> Iterator[str]:
    for area in AREAS:
        rows = [_rule(rule) for rule in RULES if rule.area == area]
        yield f"### {area}\n"
        yield _table(("rule", "what mockfindity does", "provenance", "source", "tests"), rows)


def _rule(rule: Rule) -> tuple[object, ...]:
    tests = "<br>".join(_test(test) for test in rule.tests)
    return f"`{rule.id}`", rule.what, rule.provenance, _source(rule.source), tests


def _test(test: str) -> str:
    file, name = test.split("::")
    return f"[{name}](../{file})"


def _codes() -> str:
    found = sorted(_by_code().items())
    rows = [(*key, kind.provenance, _first_line(kind)) for key, kind in found]
    return _table(("status", "code", "provenance", "means"), rows)


def _by_code() -> dict[tuple[int, str], type[Refusal]]:
    """A refusal for each status and code, the most general one of several."""
    found: dict[tuple[int, str], type[Refusal]] = {}
    for kind in _kinds(Refusal):
        found.setdefault((kind.status, _code(kind)), kind)
    return found


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _kinds(child)


def _code(kind: type[Refusal]) -> str:
    return "RFC 6749" if issubclass(kind, OAuthError) else f"`{kind.code}`"


def _first_line(kind: type[Refusal]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0].replace("``", "`")


def _settings() -> str:
    rows = [
        (f"`{to_camel(name)}`", _value(field), field.description or "", _of(to_camel(name)))
        for name, field in CheckedSettings.model_fields.items()
    ]
    return _table(("setting", "default", "decides", "rules"), rows)


def _value(field: Any) -> str:
    value = field.default
    shown = value.model_dump(by_alias=True) if hasattr(value, "model_dump") else value
    return f"`{json.dumps(shown)}`"


def _of(setting: str) -> str:
    return ", ".join(f"`{rule.id}`" for rule in RULES if setting in rule.settings)


def _gaps() -> str:
    return _table(
        ("what Findity has", "what happens here"), [(gap.what, gap.instead) for gap in NOT_EMULATED]
    )
