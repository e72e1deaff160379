"""What proves each of Findity's operations: examples of the guides, refusals, rules with tests."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from ..errors import OAuthError, Refusal
from ..openapi.examples import guide_examples, guides
from ..route import Route
from ..routes import loaded
from . import RULES
from .rule import Rule

PLAYED = "tests/guides/test_examples.py::test_an_example_gets_the_status_of_the_guide"
REFUSED = "tests/api/test_refusals.py::test_it_is_refused_and_nothing_changes"
REFUSED_OAUTH = (
    "tests/api/test_oauth_refusals.py::test_a_token_request_is_refused_and_nothing_changes"
)
OUT_OF_REACH = "tests/api/test_scopes.py::test_a_key_of_one_organization_is_forbidden_another"


class Proof(NamedTuple):
    """What there is to show for one operation.

    ``examples`` are the guides' own requests, by guide and section; ``refusals`` the codes of the
    operation's own; ``rules`` those that are about it.
    """

    route: Route
    examples: tuple[str, ...]
    refusals: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        """Every test that proves something of the operation."""
        found = [PLAYED] if self.examples else []
        found += _of_refusals(self.route)
        found += [test for rule in self.rules for test in rule.tests]
        return tuple(dict.fromkeys(found))


@cache
def proofs() -> tuple[Proof, ...]:
    """Findity's operations in the order of the routes, each with its proofs."""
    return tuple(
        Proof(route, _examples(route), tuple(_codes(route.codes)), _rules(route))
        for route in loaded()
        if route.family.is_findity
    )


def _examples(route: Route) -> tuple[str, ...]:
    found = list(guide_examples(route.id))
    if route.id == "getResource":
        found += [example for example in guides() if example["path"] == "{basisUrl}"]
    return tuple(f"{example['guide']}: {example['section']}" for example in found)


def _codes(kinds: Iterable[type[Refusal]]) -> list[str]:
    """The codes, each once; the token endpoint's are those of RFC 6749."""
    names = ("RFC 6749" if issubclass(kind, OAuthError) else kind.code for kind in kinds)
    return list(dict.fromkeys(names))


def _rules(route: Route) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in RULES if any(fnmatchcase(route.id, pattern) for pattern in rule.operations)
    )


def _of_refusals(route: Route) -> list[str]:
    if route.family.auth == "token":
        return [REFUSED_OAUTH]
    codes = _codes(route.codes)
    out_of_reach = [OUT_OF_REACH] if "FORBIDDEN" in codes else []
    own = set(codes) - {"FORBIDDEN", "ORGANIZATION_NOT_FOUND"}
    return out_of_reach + ([REFUSED] if own else [])
