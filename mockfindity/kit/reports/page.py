"""The report as one HTML file that asks nobody for anything: no script, no font, no picture.

Whatever came from the client is escaped, and the page's own policy forbids to run or fetch any of
it even so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ... import __version__
from ..configuration import Configuration
from ..verdict import Verdict
from . import story
from .cause import cause
from .page_style import STYLE
from .story import Step

WORDS = {
    "passed": "kept",
    "violated": "violated",
    "not applicable": "not applicable",
    "error": "failed by itself",
}
BAR_AT_LEAST = 0.6
"""Percent of the width that the shortest bar takes, so that it can be seen."""


def page(verdicts: Sequence[Verdict], configuration: Configuration) -> str:
    """The whole page."""
    ordered = story.in_order(verdicts)
    told = [v for v in ordered if v.outcome in ("violated", "error")]
    hint = story.NEVER_CAME if story.never_came(verdicts) else str(cause(verdicts) or "")
    body = [
        "<header>",
        "<h1>Findity client check</h1>",
        f"<p>{escape(_judged(configuration))}</p>",
        "</header>",
        f'<ul class="counts">{"".join(_counts(verdicts))}</ul>',
        f'<p class="hint">{escape(hint)}</p>' if hint else "",
        *(part for verdict in told for part in _violation(verdict)),
        "<h2>Every rule</h2>",
        *_table(ordered),
        f"<footer>mockfindity {escape(__version__)}</footer>",
    ]
    return _HEAD + "\n".join(part for part in body if part) + "\n</body>\n</html>\n"


_HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Findity client check</title>
<style>{STYLE}</style>
</head>
<body>
"""


def _judged(configuration: Configuration) -> str:
    what = {"command": "A command", "service": "A service", "client": "A function"}
    kind = what.get(configuration.adapter, "A receiver of webhooks")
    return f"{kind} that declares {', '.join(configuration.areas)}."


def _counts(verdicts: Sequence[Verdict]) -> Iterator[str]:
    found = story.counts(verdicts)
    for name, kind, label in (
        ("kept", "passed", "kept"),
        ("mustViolated", "violated", "MUST violated"),
        ("shouldViolated", "should", "SHOULD violated"),
        ("notApplicable", "none", "not applicable"),
        ("errors", "violated", "failed by themselves"),
    ):
        if found[name] or name in ("kept", "mustViolated"):
            yield f'<li class="{kind if found[name] else "none"}"><b>{found[name]}</b> {label}</li>'


def _kind(verdict: Verdict) -> str:
    if verdict.outcome == "violated" and verdict.rule.level == "SHOULD":
        return "should"
    return {"passed": "passed", "not applicable": "none"}.get(verdict.outcome, "violated")


def _violation(verdict: Verdict) -> Iterator[str]:
    rule = verdict.rule
    yield f'<section class="{_kind(verdict)}" id="{escape(rule.id)}">'
    yield f"<h2>{escape(rule.id)} <small>{rule.level}</small> {_own(rule.title)}</h2>"
    label = "What happened" if verdict.outcome == "violated" else "The rule failed by itself"
    yield "<dl>"
    for name, text in (
        ("Findity’s rule", f"{_own(rule.says)} <cite>{_own(rule.source)}</cite>"),
        (label, _text(verdict.what)),
        ("What to do", _own(rule.remedy)),
    ):
        yield f"<dt>{name}</dt><dd>{text}</dd>"
    yield "</dl>"
    yield from _timeline(story.steps(verdict))
    if lines := story.end_of(verdict.output):
        yield "<details><summary>What it printed</summary>"
        yield f"<pre>{escape(chr(10).join(lines))}</pre></details>"
    yield "</section>"


def _timeline(steps: Sequence[Step]) -> Iterator[str]:
    """A line for each request: when, what, the answer, and a bar from its beginning to its end."""
    if not steps:
        yield "<p>It made no request.</p>"
        return
    whole = max(step.at + step.took / 1000 for step in steps) or 1.0
    proofs = sum(step.proves for step in steps)
    shows = f"; {proofs} marked ones show it" if proofs else ""
    yield f"<h3>Its requests: {len(steps)} in {whole:.2f} s{shows}</h3>"
    yield '<ol class="steps">'
    for step in steps:
        if step.again:
            yield f'<li class="again">{story.AGAIN}</li>'
        yield _step(step, whole)
    yield "</ol>"


def _step(step: Step, whole: float) -> str:
    left = 100 * step.at / whole
    width = max(BAR_AT_LEAST, 100 * step.took / 1000 / whole)
    left = min(left, 100 - BAR_AT_LEAST)
    width = min(width, 100 - left)
    good = step.status.startswith("2") and not step.fault
    classes = "proof" if step.proves else ""
    fault = f' <i class="fault">{escape(step.fault)}</i>' if step.fault else ""
    sent = f'<p class="body">sent <code>{_text(step.sent)}</code></p>' if step.sent else ""
    said = f'<p class="body">answered {_text(step.said)}</p>' if step.said else ""
    return (
        f'<li class="{classes}">'
        f'<span class="at">{step.at:.3f}</span>'
        f'<span class="asked"><b>{escape(step.method)}</b> {_text(step.where)}</span>'
        f'<span class="status {"good" if good else "bad"}">{escape(step.status)}{fault}</span>'
        f'<span class="track"><span class="bar {"good" if good else "bad"}" '
        f'style="left:{left:.2f}%;width:{width:.2f}%"></span></span>'
        f"{sent}{said}</li>"
    )


def _table(ordered: Sequence[Verdict]) -> Iterator[str]:
    yield "<table><thead><tr><th>Rule<th>Level<th>It …<th>Verdict<th>Seconds</tr></thead><tbody>"
    for verdict in ordered:
        rule = verdict.rule
        name = escape(rule.id)
        if verdict.outcome in ("violated", "error"):
            name = f'<a href="#{name}">{name}</a>'
        word = WORDS[verdict.outcome]
        why = f": {_text(verdict.what)}" if verdict.outcome == "not applicable" else ""
        seconds = "" if verdict.outcome == "not applicable" else f"{verdict.seconds:.1f}"
        yield (
            f'<tr class="{_kind(verdict)}"><td>{name}<td>{rule.level}<td>{_own(rule.title)}'
            f'<td class="verdict"><b>{word}</b>{why}<td class="number">{seconds}</tr>'
        )
    yield "</tbody></table>"


def _text(text: str) -> str:
    """A text of the client's, with the ids in it told in short."""
    return escape(story.shortened(text))


def _own(text: str) -> str:
    """A text of the suite's own, with what stands in backticks as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
