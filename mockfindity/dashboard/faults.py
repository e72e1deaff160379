"""What goes wrong on purpose, what time it is, and the switches: what a test bends."""

from __future__ import annotations

from ..call import Bytes, Call
from ..fault_words import does, is_spent, meets, when
from . import documents
from .field import fields_of
from .paging import in_order
from .visit import Json, Visit, shown

METHODS = ("GET", "POST", "PUT", "DELETE")
ADVANCES = ((60, "1 minute"), (3600, "1 hour"), (86_400, "1 day"))
"""Seconds by which the clock is moved on at a press, and what they are called."""


def get_faults_page(call: Call) -> Bytes:
    """See the fault rules and the clock, and change them."""
    return shown(call, "faults.html", _faults)


def get_settings_page(call: Call) -> Bytes:
    """See the switches of a sandbox and its rate limit, and change them."""
    return shown(call, "settings.html", _settings)


def _faults(visit: Visit) -> Json:
    rules = in_order(lambda **page: visit.control("faults", **page), visit.query["offset"])
    return {
        "sets": [_set(visit, one) for one in visit.server("fault-sets")["data"]],
        "rules": {**rules, "data": [_worded(rule) for rule in rules["data"]]},
        "link": lambda offset: visit.at("faults", offset=offset),
        "operations": documents.operations(visit.call),
        "fields": {one.name: one for one in fields_of(visit.call, "FaultIn", _AS_IS)},
        "methods": METHODS,
        "advances": ADVANCES,
    }


_AS_IS = {"phase": "before"}


def _set(visit: Visit, named: Json) -> Json:
    """A named set with its rules in words, and how often those that are on have struck."""
    on = [rule for rule in visit.faults if rule["set"] == named["name"]]
    return {
        **named,
        "rules": [_worded(rule) for rule in named["rules"]],
        "is_on": bool(on),
        "hits": sum(rule["hits"] for rule in on),
    }


def _worded(rule: Json) -> Json:
    words = {"meets": meets(rule), "does": does(rule), "when": when(rule)}
    return {**rule, **words, "is_spent": is_spent(rule)}


def _settings(visit: Visit) -> Json:
    fields = fields_of(visit.call, "Settings", visit.settings)
    limit = [one for one in fields if one.name.startswith("rateLimit.")]
    return {"fields": [one for one in fields if one not in limit], "limit": limit}
