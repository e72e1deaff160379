"""A refusal: what Findity answered a request that it did not do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_ID = re.compile(r"[0-9a-f]{32}")
_LONG = 3
"""Segments of a path from which on only its end is told."""


class Refusal(NamedTuple):
    """What was asked, the operation and in short, and what was answered; ``code`` and ``text`` are
    Findity's words, empty where it had none. ``played`` says that a fault did it."""

    operation: str
    asked: str
    status: int
    code: str
    text: str
    played: bool

    @property
    def answer(self) -> str:
        """``400 INVALID_REQUEST``, and whether it was a fault."""
        fault = " (a fault that was played)" if self.played else ""
        return " ".join(part for part in (str(self.status), self.code) if part) + fault


def refusal(request: Mapping[str, Any]) -> Refusal | None:
    """How a request was refused; ``None`` of one that was not, or that got no answer."""
    status = request["status"]
    if status is None or status < 400:
        return None
    code, text = said(request.get("answer", ""))
    asked = f"{request['method']} {_short(request['path'])}"
    operation = request.get("operationId") or asked
    return Refusal(operation, asked, status, code, text, bool(request.get("fault")))


def said(answer: str) -> tuple[str, str]:
    """The code and the description in the body of a refusal; empty where it has none."""
    try:
        found = json.loads(answer)
    except ValueError:
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    code = found.get("code") or found.get("error")
    text = found.get("description") or found.get("error_description")
    return str(code or ""), str(text or "")


def first_refusal(requests: Iterable[Mapping[str, Any]]) -> Refusal | None:
    """The first refusal among requests that was no fault's."""
    found = (refusal(request) for request in requests)
    return next((one for one in found if one is not None and not one.played), None)


def last_refusal(requests: Iterable[Mapping[str, Any]]) -> Refusal | None:
    """The last refusal among requests, one that was no fault's before any that was."""
    found = [one for one in map(refusal, requests) if one is not None]
    own = [one for one in found if not one.played] or found
    return own[-1] if own else None


def _short(path: str) -> str:
    """A path by its last word, and the id after that: ``…/exports``, ``…/accounts/1e636862…``."""
    parts = path.strip("/").split("/")
    kept = 2 if _ID.fullmatch(parts[-1]) else 1
    return path if len(parts) < _LONG else f"…/{'/'.join(parts[-kept:])}"
