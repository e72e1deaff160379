"""What a run finds: findings of four kinds, folded and without what moves from run to run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Kind = Literal["difference", "guess", "extra", "skipped"]
Where = tuple[str | int, ...]

LONGEST = 72
"""Characters of a value that are shown."""


class Finding(NamedTuple):
    """Something that is not as the contracts have it.

    ``difference`` contradicts what is documented, observed or inferred; ``guess`` what mockfindity
    chose; ``extra`` is a field that nobody documents; ``skipped`` could not be tried, and ``found``
    says why. ``where`` is in the answer: ``status``, ``header X``, ``body.data[0].number``.
    """

    kind: Kind
    operation: str
    request: str
    where: str
    expected: str
    found: str
    source: str
    times: int = 1


def place(where: Where) -> str:
    """Where in the body: ``body.data[0].number``."""
    return "body" + "".join(f"[{p}]" if isinstance(p, int) else f".{p[:LONGEST]}" for p in where)


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Equal findings of an operation as one, in order of first appearance.

    Those in several elements of a list are equal, and those of the list's pages.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        key = (*one._replace(where=_INDEX.sub("[*]", one.where), request=""),)
        found.setdefault(key, []).append(one)
    return [_as_one(same) for same in found.values()]


_INDEX = re.compile(r"\[\d+\]")


def _as_one(same: list[Finding]) -> Finding:
    first = same[0]
    times = len({(one.request, one.where) for one in same})
    if len({one.where for one in same}) > 1:
        first = first._replace(where=_INDEX.sub("[*]", first.where))
    return first._replace(times=times)


_MOVING = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "{uuid}"),
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "{id}"),
    (re.compile(r"(?<![0-9A-F])[0-9A-F]{32}(?![0-9A-F])"), "{ID}"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "{time}"),
    (re.compile(r"mockfindity-verify-[0-9a-f]{8}"), "mockfindity-verify-{run}"),
    (re.compile(r"//[^/\s\"]+?:\d+(?=[/\s\"]|$)"), "//{host}"),
    (re.compile(r"[A-Za-z0-9_+-]{40,}={0,2}"), "{token}"),
)
_TIME = re.compile(r"\d{2,4}[-/.]\d\d[-/.]\d{2,4}[T ]\d\d:\d\d[\d:.,+Z-]*")
_LARGE = 10**8


def still(text: str) -> str:
    """``text`` with names in place of ids, times and tokens, so that two runs read the same."""
    for pattern, name in _MOVING:
        text = pattern.sub(name, text)
    return _TIME.sub(lambda found: re.sub(r"\d", "9", found[0]), text)


def shown(value: Any) -> str:
    """A value of an answer in a few words."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _LARGE:
        return "a large number"
    text = still(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {int: "number", float: "number", str: "string", list: "array"}.get(type(value), "object")
