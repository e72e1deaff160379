"""One refusal that many violated rules met first: one fault, which looks like many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..refusal import Refusal, first_refusal
from ..verdict import Verdict
from . import story

FEWEST = 2
"""Rules that must share a refusal for it to be worth a word."""


class Cause(NamedTuple):
    """The refusal, the ids of the violated rules that met it before any other, and how many rules
    were violated."""

    refusal: Refusal
    rules: list[str]
    violated: int

    def __str__(self) -> str:
        code = f"{self.refusal.status} {self.refusal.code}".rstrip()
        text = f": {story.cut(self.refusal.text).rstrip('.')}" if self.refusal.text else ""
        return story.shortened(
            f"{len(self.rules)} of {self.violated} violated rules met the same refusal first: "
            f"{self.refusal.asked} was answered {code}{text}. Mend this first."
        )

    def as_data(self) -> dict[str, Any]:
        """The cause as JSON has it."""
        asked, status, code = self.refusal.asked, self.refusal.status, self.refusal.code
        said = {"asked": asked, "status": status, "code": code, "says": self.refusal.text}
        return said | {"rules": self.rules, "of": self.violated}


def cause(verdicts: Sequence[Verdict]) -> Cause | None:
    """The refusal that most of the violated rules met first: the same operation, answered with the
    same status and code. ``None`` where there is none, or it is that of a single rule."""
    violated = story.of(story.in_order(verdicts), "violated")
    met: dict[tuple[str, int, str], list[tuple[str, Refusal]]] = {}
    for verdict in violated:
        requests = sorted(verdict.requests, key=story.moment)
        if found := first_refusal(requests):
            kind = (found.operation, found.status, found.code)
            met.setdefault(kind, []).append((verdict.rule.id, found))
    most = max(met.values(), key=len, default=[])
    if len(most) < FEWEST or 2 * len(most) <= len(violated):
        return None
    return Cause(most[0][1], [rule for rule, _ in most], len(violated))
