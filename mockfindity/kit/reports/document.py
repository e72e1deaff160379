"""The report as a JSON document, whose format has a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ... import __version__
from ..configuration import Configuration
from ..rule import Rule
from ..verdict import Verdict
from . import story
from .cause import cause

VERSION = 1


def document(
    verdicts: Sequence[Verdict], configuration: Configuration, *, exit_code: int, strict: bool
) -> dict[str, Any]:
    """Everything that was found: see "What is in the JSON" in ``docs/check-your-client.md``."""
    found = cause(verdicts)
    return {
        "version": VERSION,
        "mockfindity": __version__,
        "exitCode": exit_code,
        "strict": strict,
        "counts": story.counts(verdicts),
        "client": {
            "adapter": configuration.adapter,
            "areas": list(configuration.areas),
            "formats": list(configuration.formats),
        },
        "cause": found.as_data() if found else None,
        "verdicts": [_verdict(verdict) for verdict in story.in_order(verdicts)],
    }


def rules_document(rules: Sequence[Rule]) -> dict[str, Any]:
    """The rules of the suite."""
    return {"version": VERSION, "rules": [asdict(rule) for rule in rules]}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": asdict(verdict.rule),
        "outcome": verdict.outcome,
        "what": verdict.what,
        "seconds": verdict.seconds,
        "requests": _requests(verdict),
        "output": verdict.output,
    }


def _requests(verdict: Verdict) -> list[dict[str, Any]]:
    by_time = sorted(verdict.requests, key=story.moment)
    return [
        {"at": step.at, "proves": step.proves, **{k: v for k, v in given.items() if k != "begun"}}
        for given, step in zip(by_time, story.steps(verdict), strict=True)
    ]
