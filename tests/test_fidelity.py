"""What mockfindity says of itself: every line has its proof, and the page is up to date."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from pydantic.alias_generators import to_camel
from support import Findity

from mockfindity.checked_settings import CheckedSettings
from mockfindity.errors import OAuthError, Provenance, Refusal
from mockfindity.fidelity import AREAS, NOT_EMULATED, RULES, SOURCES, Rule
from mockfindity.fidelity.page import page
from mockfindity.fidelity.proofs import Proof, proofs
from mockfindity.routes import loaded

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "fidelity.md"
OPERATIONS = [pytest.param(proof, id=proof.route.id) for proof in proofs()]
EVERY_RULE = [pytest.param(rule, id=rule.id) for rule in RULES]
CALLS = [call for gap in NOT_EMULATED for call in gap.calls]


@cache
def names_in(file: str) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def missing(tests: tuple[str, ...]) -> list[str]:
    """The tests among these that are nowhere."""
    pairs = [(test, *test.split("::")) for test in tests]
    return [
        test
        for test, file, name in pairs
        if not name.startswith("test_") or name not in names_in(file)
    ]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_a_rule_is_proved_by_tests_that_are_there(rule: Rule) -> None:
    assert 1 <= len(rule.tests) <= 3
    assert missing(rule.tests) == []


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_a_rule_is_one_or_two_sentences_with_a_source(rule: Rule) -> None:
    assert rule.what.endswith(".")
    assert rule.provenance in get_args(Provenance)
    assert (rule.provenance == "chosen") == (rule.source == "chosen")
    assert rule.source == "chosen" or rule.source in SOURCES


@pytest.mark.parametrize("proof", OPERATIONS)
def test_an_operation_of_findity_s_has_a_proof(proof: Proof) -> None:
    assert proof.rules
    assert proof.tests
    assert missing(proof.tests) == []


def test_every_rule_names_operations_that_are_there() -> None:
    named = {name for rule in RULES for name in rule.operations if "*" not in name}

    assert named - {proof.route.id for proof in proofs()} == set()


def test_rules_have_ids_of_their_own_and_stand_by_area() -> None:
    ids = [rule.id for rule in RULES]
    areas = list(dict.fromkeys(rule.area for rule in RULES))

    assert sorted(set(ids)) == sorted(ids)
    assert sorted(AREAS.index(rule.area) for rule in RULES) == [
        AREAS.index(rule.area) for rule in RULES
    ]
    assert areas == list(AREAS)
    assert [rule_id for rule_id in ids if not re.fullmatch(r"[a-z]+\.[a-z0-9-]+", rule_id)] == []


def test_what_a_route_is_known_from_can_be_read() -> None:
    known = {route.source for route in loaded() if route.provenance != "chosen"}

    assert known - SOURCES.keys() == set()


def test_no_source_is_listed_that_nothing_is_known_from() -> None:
    used = {route.source for route in loaded()} | {rule.source for rule in RULES}

    assert SOURCES.keys() - used == set()


def test_every_example_of_the_guides_is_somewhere_a_proof() -> None:
    assert sum(len(proof.examples) for proof in proofs()) == 28


def test_every_setting_is_named_by_a_rule() -> None:
    named = {setting for rule in RULES for setting in rule.settings}

    assert named == {to_camel(name) for name in CheckedSettings.model_fields}


@pytest.mark.parametrize(("method", "path", "status"), CALLS)
def test_what_is_not_emulated_is_not_served(
    acme: Findity, method: str, path: str, status: int
) -> None:
    answer = acme.api.request(method, path)

    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}[status]
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_page_is_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert written == page(), "mockfindity routes --markdown > docs/fidelity.md makes it anew"


def below(kind: type[Refusal]) -> list[type[Refusal]]:
    return [kind, *(k for child in kind.__subclasses__() for k in below(child))]


def test_every_error_code_is_on_the_page() -> None:
    codes = {kind.code for kind in below(Refusal) if not issubclass(kind, OAuthError)}

    assert [code for code in sorted(codes) if f"| `{code}` |" not in page()] == []


def test_every_setting_is_on_the_page() -> None:
    names = [to_camel(name) for name in CheckedSettings.model_fields]

    assert [name for name in names if f"| `{name}` |" not in page()] == []


def test_the_page_names_no_place_on_a_machine() -> None:
    assert str(ROOT) not in page()
    assert re.findall(r"/(?:work|home|tmp|Users)/", page()) == []
