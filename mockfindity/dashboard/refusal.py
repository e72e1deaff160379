"""The page for whoever asked for what is not there, or may not see it."""

from __future__ import annotations

from ..call import Bytes
from ..errors import Refusal, Unauthorized
from .rendering import rendered


def refusal_page(refusal: Refusal) -> Bytes:
    """What was refused and why; where the control token is asked for, a place to give it."""
    told = {"refusal": refusal, "asks_token": isinstance(refusal, Unauthorized)}
    return rendered("refusal.html", told, refusal.status)
