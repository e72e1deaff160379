"""A body as it is read best: JSON indented, a form as a table, anything else as it is."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl

from .rendering import pretty

KEPT = 64 * 1024
"""Bytes of a body that the journal and the webhooks keep."""

FORM = "application/x-www-form-urlencoded"


class Body(NamedTuple):
    """A body to show: its text, the fields of a form, and whether only its beginning was kept."""

    kind: Literal["none", "json", "form", "text"]
    text: str
    fields: list[tuple[str, str]]
    is_cut: bool


def body_of(text: str, headers: dict[str, Any], size: int | None = None) -> Body:
    """The body of a message with these headers, names in lower case; ``size`` is what it had.

    JSON is told by trying: curl calls it a form, and Findity's guides call it plain text.
    """
    is_cut = size is not None and size > KEPT
    if not text:
        return Body("none", "", [], is_cut=size is not None and size > 0)
    readable = pretty(text)
    if readable != text or text[0] in "{[":
        return Body("json", readable, [], is_cut)
    if str(headers.get("content-type", "")).lower().startswith(FORM):
        return Body("form", text, parse_qsl(text, keep_blank_values=True), is_cut)
    return Body("text", text, [], is_cut)
