"""The suite of rules: where it lies, and its rules with the tests that they are."""

from __future__ import annotations

from pathlib import Path

from ..shipped import shipped


def suite() -> Path:
    """The folder of rules. Raises ``FileNotFoundError`` where there is none."""
    return shipped("contracts/rules")


def rule_files() -> list[str]:
    """The files of the suite, as pytest takes them."""
    return [str(path) for path in sorted(suite().glob("test_*.py"))]


FAMILIES = ("AUTH", "EXP", "HOOK", "RES", "ADM")


def order(rule: str) -> tuple[int, str, int]:
    """Where a rule stands among the others, by its id: ``EXP-9`` before ``EXP-10``, and those of a
    team after the suite's."""
    family, _, number = rule.rpartition("-")
    place = FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)
    return place, family, int(number) if number.isdecimal() else 0
