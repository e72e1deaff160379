"""Conduct: what the client did that it should not have, and what to do about it."""

from __future__ import annotations

from ..call import Bytes, Call
from .paging import of
from .requests import findings
from .visit import Json, Visit, shown

LINKS = 20
"""How many of the requests that show a finding are linked."""


def get_conduct_page(call: Call) -> Bytes:
    """See what the client did that it should not have, and what to do about it."""
    return shown(call, "conduct.html", _conduct)


def _conduct(visit: Visit) -> Json:
    asked = visit.control("requests", "count")["count"]
    return {
        "findings": of(findings(visit), visit.query["offset"]),
        "asked": asked,
        "links": LINKS,
        "link": lambda offset: visit.at("conduct", offset=offset),
    }
