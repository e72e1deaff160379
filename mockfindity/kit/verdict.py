"""The verdict on one rule: what a report is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .rule import Rule

Outcome = Literal["passed", "violated", "not applicable", "error"]


@dataclass(frozen=True)
class Verdict:
    """A rule and what became of it. ``what`` is what the client did, or why the rule does not
    apply, or what went wrong with the rule itself; ``requests`` are the client's (method, path,
    operationId, status, begun, durationMs, fault, body, …), those in ``shows`` prove it.
    ``starts`` is when the client was started, in seconds by the clock of ``begun``."""

    rule: Rule
    outcome: Outcome
    what: str = ""
    seconds: float = 0.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    shows: list[int] = field(default_factory=list)
    output: str = ""
    starts: list[float] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON has it."""
        return asdict(self)


def verdict_of(data: dict[str, Any]) -> Verdict:
    """A verdict from ``as_data``."""
    given = data["rule"]
    lists = {name: tuple(given[name]) for name in ("areas", "needs")}
    rule = Rule(**{**given, **lists})
    return Verdict(**{**data, "rule": rule})


def exit_code(verdicts: Iterable[Verdict], *, strict: bool = False) -> int:
    """2 where a MUST was violated (or, if ``strict``, a SHOULD), 1 where a rule failed by itself or
    none was judged, else 0."""
    outcomes = {(verdict.outcome, verdict.rule.level) for verdict in verdicts}
    if ("violated", "MUST") in outcomes or (strict and ("violated", "SHOULD") in outcomes):
        return 2
    judged = any(outcome in ("passed", "violated") for outcome, _ in outcomes)
    return 0 if judged and not any(outcome == "error" for outcome, _ in outcomes) else 1
