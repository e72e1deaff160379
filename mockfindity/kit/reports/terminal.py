"""The report for people at a terminal, or who read a log."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence

from ..verdict import Verdict
from . import story
from .cause import cause
from .story import Gap, Step, shortened

SIGNS = {"passed": "✓", "violated": "✗", "not applicable": "–", "error": "!"}
COLOURS = {"passed": "green", "violated": "red", "not applicable": "bright_black", "error": "red"}
LABEL = 17

Style = Callable[[str, str], str]
"""Gives a text in a colour."""


def plain(text: str, colour: str) -> str:
    """A text in no colour."""
    return text


def line(verdict: Verdict, style: Style = plain) -> str:
    """A verdict in a line: sign, rule, level, title, seconds."""
    colour = COLOURS[verdict.outcome]
    if verdict.outcome == "violated" and verdict.rule.level == "SHOULD":
        colour = "yellow"
    seconds = "" if verdict.outcome == "not applicable" else f"  {verdict.seconds:.1f} s"
    sign = style(SIGNS[verdict.outcome], colour)
    rule = verdict.rule
    return f"{sign} {rule.id:<7} {rule.level:<6}  {printable(rule.title)}{seconds}"


def report(
    verdicts: Sequence[Verdict], width: int | None = None, style: Style = plain
) -> Iterator[str]:
    """The lines of the report; wrapped where there is a width."""
    ordered = story.in_order(verdicts)
    if found := cause(ordered):
        yield from _wrapped(printable(str(found)), "", "", width)
        yield ""
    for verdict in ordered:
        if verdict.outcome in ("violated", "error"):
            yield from told(verdict, width, style)
            yield ""
    yield from _row("Kept", ", ".join(_ids(story.of(ordered, "passed"))) or "none", width)
    for reason, ids in story.reasons(ordered).items():
        yield from _row("Not applicable", f"{', '.join(ids)}: {reason}", width)
    for level in ("MUST", "SHOULD"):
        if ids := _ids(story.of(ordered, "violated", level)):
            yield from _row(f"{level} violated", ", ".join(ids), width)
    yield ""
    if story.never_came(verdicts):
        yield from _wrapped(story.NEVER_CAME, "", "", width)
    yield f"{story.summary(verdicts)}."


def _ids(verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.rule.id for verdict in verdicts]


def told(verdict: Verdict, width: int | None = None, style: Style = plain) -> Iterator[str]:
    """A violation as a story, or what went wrong with a rule."""
    rule = verdict.rule
    colour = COLOURS["violated"] if rule.level == "MUST" else "yellow"
    title = f"{rule.id} {rule.level} {printable(rule.title)}"
    yield style(f"{SIGNS[verdict.outcome]} {title}", colour)
    yield from _row("Findity's rule", f"{rule.says} ({rule.source})", width)
    if verdict.outcome == "error":
        yield from _row("The rule failed", verdict.what, width)
    else:
        yield from _row("What happened", shortened(verdict.what), width)
    yield from _block("Its requests", _requests(story.steps(verdict)))
    yield from _block("It printed", [printable(text) for text in story.end_of(verdict.output)])
    yield from _row("What to do", rule.remedy, width)


def _requests(steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        yield "none"
        return
    shown = story.chosen(steps)
    told = [shortened(f"{s.method} {s.where}") for s in shown if isinstance(s, Step)]
    longest = min(max(map(len, told)), 100)
    for step in shown:
        if isinstance(step, Gap):
            yield f"      … {step.hidden} more"
            continue
        if step.again:
            yield f"              {story.AGAIN}"
        mark = ">" if step.proves else " "
        what = printable(shortened(f"{step.method} {step.where}"))
        fault = f"  ({step.fault})" if step.fault else ""
        yield f"{mark} {step.at:7.3f} s  {what:<{longest}}  {step.status}{fault}"
        if step.sent:
            yield f"              sent {printable(shortened(step.sent))}"
        if step.said:
            yield f"              answered {printable(shortened(step.said))}"


def printable(text: str) -> str:
    """A text that is one line and that no terminal obeys."""
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )


def _row(label: str, text: str, width: int | None) -> Iterator[str]:
    yield from _wrapped(printable(text), f"  {label:<{LABEL}}", " " * (LABEL + 2), width)


def _block(label: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    start = f"  {label:<{LABEL}}"
    for text in lines:
        yield (start + text).rstrip()
        start = " " * len(start)


def _wrapped(text: str, first: str, rest: str, width: int | None) -> Iterator[str]:
    if width is None:
        yield first + text
        return
    yield from textwrap.wrap(
        text,
        max(40, width),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [first.rstrip()]
