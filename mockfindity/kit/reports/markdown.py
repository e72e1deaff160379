"""The report as Markdown: fits the summary of a step of GitHub's, and a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..rule import Rule
from ..verdict import Verdict
from . import story
from .cause import cause
from .story import Gap, Step, shortened

SIGNS = {"passed": "✅", "not applicable": "⚪", "error": "⚠️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(verdicts: Sequence[Verdict]) -> str:
    """The whole report: what came out, a table of the rules, each violation told."""
    ordered = story.in_order(verdicts)
    lines = [f"## Findity client check: {story.summary(verdicts)}", ""]
    if story.never_came(verdicts):
        lines += [story.NEVER_CAME, ""]
    if found := cause(ordered):
        lines += [f"**{_text(str(found))}**", ""]
    lines += ["| | rule | level | | seconds |", "| --- | --- | --- | --- | ---: |"]
    lines += [_row(verdict) for verdict in ordered]
    for verdict in ordered:
        if verdict.outcome in ("violated", "error"):
            lines += ["", *_told(verdict)]
    return "\n".join(lines) + "\n"


def rules_table(rules: Sequence[Rule]) -> str:
    """The rules of the suite as a table."""
    rows = [
        f"| {r.id} | {r.level} | {', '.join(r.areas)} | {_own(r.title)} | {_own(r.source)} |"
        for r in rules
    ]
    head = ["| id | level | areas | rule | source |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows]) + "\n"


def _sign(verdict: Verdict) -> str:
    if verdict.outcome == "violated":
        return "❌" if verdict.rule.level == "MUST" else "⚠️"
    return SIGNS[verdict.outcome]


def _row(verdict: Verdict) -> str:
    rule = verdict.rule
    seconds = f"{verdict.seconds:.1f}"
    title = _own(rule.title)
    if verdict.outcome == "not applicable":
        title, seconds = f"{title} (not applicable: {_text(verdict.what)})", ""
    return f"| {_sign(verdict)} | {rule.id} | {rule.level} | {title} | {seconds} |"


def _told(verdict: Verdict) -> Iterator[str]:
    rule = verdict.rule
    yield f"### {_sign(verdict)} {rule.id} ({rule.level}): {_own(rule.title)}"
    yield ""
    yield f"**Findity’s rule.** {_own(rule.says)} ({_own(rule.source)})"
    yield ""
    label = "What happened" if verdict.outcome == "violated" else "The rule failed by itself"
    yield f"**{label}.** {_text(shortened(verdict.what))}"
    yield ""
    yield f"**What to do.** {_own(rule.remedy)}"
    yield from _requests(story.steps(verdict))
    if lines := story.end_of(verdict.output):
        yield from _details("What it printed", _fenced(lines))


def _requests(steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        yield ""
        yield "It made no request."
        return
    table = ["| | seconds | request | status |", "| --- | ---: | --- | --- |"]
    for step in story.chosen(steps):
        if isinstance(step, Gap):
            table.append(f"| | | … {step.hidden} more | |")
            continue
        if step.again:
            table.append(f"| | | {story.AGAIN} | |")
        what = _code(shortened(f"{step.method} {step.where}"))
        sent = f"<br>sent {_code(shortened(step.sent))}" if step.sent else ""
        said = f"<br>answered {_text(shortened(step.said))}" if step.said else ""
        fault = f" ({_text(step.fault)})" if step.fault else ""
        mark = "👉" if step.proves else ""
        table.append(f"| {mark} | {step.at:.3f} | {what}{sent}{said} | {step.status}{fault} |")
    proofs = sum(step.proves for step in steps)
    shows = f", {proofs} of them show it (👉)" if proofs else ""
    yield from _details(f"Its requests: {len(steps)}{shows}", table)


def _details(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield from ("", f"<details><summary>{title}</summary>", "", *lines, "", "</details>")


def _fenced(lines: Sequence[str]) -> list[str]:
    """Lines as they are. The fence is longer than any in them."""
    runs = [len(run) for line in lines for run in re.findall(r"`+", line)]
    fence = "`" * max(3, *(run + 1 for run in runs), 3)
    return [f"{fence}text", *lines, fence]


def _text(text: str) -> str:
    """A text that Markdown takes for nothing else, in a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _own(text: str) -> str:
    """A text of the suite's own, which may have code in it."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def _code(text: str) -> str:
    """A text as code within a table, where a bar needs to be told from a column's."""
    escaped = "".join(f"&#{ord(mark)};" if mark in "&<>|`*_[]~\\" else mark for mark in text)
    return f"<code>{escaped}</code>"
