"""A violation told as a story: what every report says of it, whatever the report looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..refusal import said
from ..suite import order
from ..verdict import Verdict

FEW = 3
"""Requests of which all may be marked."""
CUT = 240
"""Characters of a body that are shown."""
LINES = 20
"""Lines of a client's output that are shown: its end."""
WIDE = 400
"""Characters of such a line."""

_ID = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{24}\b")


class Step(NamedTuple):
    """A request: seconds since the first one, how long it took in milliseconds, what was asked and
    answered, and whether it proves the violation. ``sent`` and ``said`` are there where they
    matter: the body of a proof, and what a refusal said. ``again`` says that the client was started
    anew since the request before."""

    at: float
    took: float
    method: str
    where: str
    status: str
    fault: str
    proves: bool
    sent: str
    said: str
    again: bool = False


AGAIN = "-- started again --"
"""What stands before the first request of a further run."""


def steps(verdict: Verdict) -> list[Step]:
    """The client's requests, in the order in which they came.

    Where all of them prove it, none is marked. What is sent or said again and again is told once.
    """
    requests = sorted(verdict.requests, key=moment)
    first = requests[0].get("begun", 0.0) if requests else 0.0
    shows = set(verdict.shows)
    if len(requests) > FEW and shows >= {request["id"] for request in requests}:
        shows = set()
    found: list[Step] = []
    told: tuple[str, str, str, str] | None = None
    before = first
    for request in requests:
        begun = request.get("begun", 0.0)
        again = any(before < start <= begun for start in verdict.starts)
        step = _step(request, first, request["id"] in shows)._replace(again=again)
        before = begun
        this = (step.method, step.where, step.sent, step.said)
        found.append(step._replace(sent="", said="") if this == told else step)
        told = this
    return found


def moment(request: dict[str, Any]) -> tuple[float, int]:
    """By what requests are put in their order: when they came."""
    return request.get("begun", 0.0), request["id"]


def _step(request: dict[str, Any], first: float, proves: bool) -> Step:
    query = "&".join(f"{name}={value}" for name, value in request.get("query", {}).items())
    status = request["status"]
    refused = status is not None and status >= 400
    return Step(
        at=round(request.get("begun", 0.0) - first, 3),
        took=request.get("durationMs", 0.0),
        method=request["method"],
        where=request["path"] + (f"?{query}" if query else ""),
        status="lost" if status is None else str(status),
        fault="a fault was played" if request.get("fault") else "",
        proves=proves,
        sent=cut(request.get("body", "")) if proves else "",
        said=_said(request.get("answer", "")) if refused else "",
    )


def _said(answer: str) -> str:
    """What a refusal says: its code and description."""
    return ": ".join(part for part in said(answer) if part) or cut(answer)


def cut(text: str, most: int = CUT) -> str:
    """A text in one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def shortened(text: str) -> str:
    """A text in which Findity's ids, 32 characters each, are told by their first eight."""
    return _ID.sub(r"\1…", text)


class Gap(NamedTuple):
    """So many requests that are not shown."""

    hidden: int


def chosen(found: Sequence[Step], most: int = 24) -> list[Step | Gap]:
    """The steps that are shown of very many: the first, the last, what proves it, and where the
    client was started again."""
    if len(found) <= most:
        return list(found)
    proofs = [number for number, step in enumerate(found) if step.proves]
    ends = {*range(4), *range(len(found) - 4, len(found))}
    starts = [number for number, step in enumerate(found) if step.again]
    wanted = sorted({*ends, *proofs[: most - 10], *proofs[-2:], *starts[:FEW]})
    shown: list[Step | Gap] = []
    for before, number in zip([-1, *wanted], wanted, strict=False):
        if number - before > 1:
            shown.append(Gap(number - before - 1))
        shown.append(found[number])
    return shown


def end_of(output: str) -> list[str]:
    """The last lines of what the client printed."""
    lines = output.rstrip().splitlines()
    left_out = len(lines) - LINES
    shown = [line if len(line) <= WIDE else f"{line[: WIDE - 1]}…" for line in lines[-LINES:]]
    return [f"[{left_out} lines before]", *shown] if left_out > 0 else shown


# ---- what is said of all verdicts -----------------------------------------------------------


def of(verdicts: Iterable[Verdict], outcome: str, level: str | None = None) -> list[Verdict]:
    """The verdicts of one outcome, and of one level."""
    return [v for v in verdicts if v.outcome == outcome and level in (None, v.rule.level)]


def in_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts in the order of their rules."""
    return sorted(verdicts, key=lambda verdict: order(verdict.rule.id))


def reasons(verdicts: Iterable[Verdict]) -> dict[str, list[str]]:
    """Why rules did not apply, and the ids of those rules."""
    found: dict[str, list[str]] = {}
    for verdict in of(verdicts, "not applicable"):
        found.setdefault(verdict.what, []).append(verdict.rule.id)
    return found


def counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many rules were kept, violated (by level), did not apply, or failed by themselves."""
    return {
        "kept": len(of(verdicts, "passed")),
        "mustViolated": len(of(verdicts, "violated", "MUST")),
        "shouldViolated": len(of(verdicts, "violated", "SHOULD")),
        "notApplicable": len(of(verdicts, "not applicable")),
        "errors": len(of(verdicts, "error")),
    }


def summary(verdicts: Sequence[Verdict]) -> str:
    """All of it in a line."""
    found = counts(verdicts)
    parts = [
        f"{found['kept']} kept",
        f"{found['mustViolated']} MUST violated",
        f"{found['shouldViolated']} SHOULD violated",
        f"{found['notApplicable']} not applicable",
    ]
    failed = [f"{found['errors']} failed by themselves"] if found["errors"] else []
    rules = "1 rule" if len(verdicts) == 1 else f"{len(verdicts)} rules"
    return f"{rules}: {', '.join(parts + failed)}"


def never_came(verdicts: Sequence[Verdict]) -> bool:
    """Whether the client was never seen: no rule was kept, and no request was made. A rule that
    asks for nothing but webhooks to be taken is kept or broken without one."""
    asking = [v for v in verdicts if v.rule.areas != ("webhook",)]
    judged = [v for v in asking if v.outcome != "not applicable"]
    return bool(judged) and all(v.outcome == "violated" and not v.requests for v in judged)


NEVER_CAME = (
    "The client made no request at all, in any rule. Does it read FINDITY_BASE_URL and the other "
    "variables (other names: --env NAME=TEMPLATE), and does it do its work when it is started?"
)
