"""What a rule is: its id, how binding it is, whom it asks, and where it stands.

    @rule("EXP-1", MUST, "exports", source="connect guide: List unprocessed exports",
          says="The list holds whatever nobody has processed yet.",
          remedy="Go through every page of the list, and download each export in it.")
    def test_it_downloads_every_export(company: Company, client: Client) -> None:
        exports = [company.sends(), company.sends()]
        client.works()
        ...

A rule passes only where the client did what it should; one that does nothing passes none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import pytest

Level = Literal["MUST", "SHOULD"]
MUST: Level = "MUST"
SHOULD: Level = "SHOULD"
Area = Literal["exports", "webhook", "admin-sync", "archive"]
AREAS: tuple[Area, ...] = ("exports", "webhook", "admin-sync", "archive")

MARK = "mockfindity_rule"
Test = TypeVar("Test", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """One rule. ``areas`` are what a client must declare to be asked; ``needs`` are further things
    that it must have told (``refuses``, ``syncs accounts or users``). ``says`` is what the
    documentation says, in our words, and ``remedy`` what whoever breaks the rule can do."""

    id: str
    level: Level
    title: str
    areas: tuple[Area, ...]
    source: str
    says: str
    remedy: str
    needs: tuple[str, ...] = ()


def rule(
    id: str,
    level: Level,
    *areas: Area,
    source: str,
    says: str,
    remedy: str,
    needs: tuple[str, ...] = (),
) -> Callable[[Test], Test]:
    """Make a test a rule; its title is the first line of the test's docstring.

    Raises ``ValueError`` for a rule without an area or a title.
    """

    def marked(test: Test) -> Test:
        title = (test.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        unknown = set(areas) - set(AREAS)
        if not title or not areas or unknown:
            raise ValueError(f"rule {id}: a docstring, and areas among {', '.join(AREAS)}, needed")
        made = Rule(id, level, title, areas, source, says, remedy, needs)
        mark = getattr(pytest.mark, MARK)
        marked: Test = mark(made)(test)
        return marked

    return marked


def rule_of(item: pytest.Item) -> Rule | None:
    """The rule that a collected test is, if it is one."""
    mark = item.get_closest_marker(MARK)
    return mark.args[0] if mark else None
