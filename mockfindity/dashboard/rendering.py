"""The templates of the dashboard, and how times, money and states are written in them.

Everything is escaped, whoever wrote it, and the browser is told to run no script and to load
nothing but what this server has.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .. import __version__
from ..call import Bytes

if TYPE_CHECKING:
    from jinja2 import Environment

HTML = "text/html; charset=utf-8"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
)
PAGE_SIZE = 50
"""How many entries of a list stand on one page."""

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


def rendered(template: str, context: dict[str, Any], status: int = 200) -> Bytes:
    """A page, made by a template from what it is told."""
    page = _environment().get_template(template).render(context)
    return Bytes(page.encode(), HTML, HEADERS, status=status)


@cache
def _environment() -> Environment:
    """The templates, read when the first page is; who opens none does not wait for it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"money": money, "moment": moment, "number": number, "words": words}
    made.filters |= {"pretty": pretty, "tone": tone}
    made.globals |= {"version": __version__, "page_size": PAGE_SIZE}
    return made


def money(amount: Decimal | float | None) -> str:
    """An amount with two decimals, thousands apart: ``1 120.00``; nothing of none."""
    return "" if amount is None else f"{amount:,.2f}".replace(",", THIN_SPACE)


def number(count: float) -> str:
    """A count, thousands apart."""
    return f"{count:,}".replace(",", THIN_SPACE)


def moment(stamp: str | None) -> str:
    """A time as people read it, in UTC: ``21 Nov 2026 19:35:09``; a day as ``21 Nov 2026``."""
    if not stamp:
        return ""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{found:%d %b %Y}" if len(stamp) == len("2026-11-21") else f"{found:%d %b %Y %H:%M:%S}"


def words(name: str) -> str:
    """A status as words: ``READY_TO_SEND`` is ``ready to send``."""
    return name.replace("_", " ").lower()


TONES = {
    "ok": ("SENT", "PAID", "SUCCESS", "DELIVERED", "COLLECTED", "ACTIVE", "passed"),
    "warn": ("READY_TO_SEND", "PENDING_ACTIVATION", "SHOULD", "WITHDRAWN"),
    "bad": ("REJECTED", "FAILED", "REFUSED", "MUST", "violated"),
    "busy": ("APPROVAL", "TRANSFER", "PENDING"),
}
"""How a status is told from others at a glance; its word stands there too."""

_TONES = {status: tone for tone, statuses in TONES.items() for status in statuses}


def tone(status: str | int | None) -> str:
    """The tone of a word, or of an HTTP status; ``idle`` of any other."""
    if isinstance(status, int):
        return {2: "ok", 3: "busy", 4: "warn", 5: "bad"}.get(status // 100, "idle")
    return _TONES.get(status or "", "idle")


def pretty(text: str) -> str:
    """A body as it is read best: JSON indented, anything else as it is."""
    try:
        return msgspec.json.format(text.encode(), indent=2).decode()
    except (msgspec.DecodeError, RecursionError):
        return text
