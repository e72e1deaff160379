"""Sandboxes, the keys that lead to them, and what is kept of them."""

from __future__ import annotations

from ..call import Bytes, Call
from ..environment import exported, variables
from ..fault_words import is_spent
from .paging import newest
from .visit import Json, Visit, shown


def get_sandboxes_page(call: Call) -> Bytes:
    """See a sandbox's key, and every sandbox of the server; make others."""
    return shown(call, "sandboxes.html", _sandboxes)


def get_keys_page(call: Call) -> Bytes:
    """See the API keys of a sandbox; make others, end tokens."""
    return shown(call, "keys.html", _keys)


def get_snapshots_page(call: Call) -> Bytes:
    """See the snapshots of a sandbox; take one, go back to one."""
    return shown(call, "snapshots.html", _snapshots)


def _sandboxes(visit: Visit) -> Json:
    own = visit.server("sandboxes", visit.sandbox)
    page = newest(lambda **part: visit.server("sandboxes", **part), visit.query["offset"])
    lines = exported(variables(own["baseUrl"], own, visit.organization))
    return {
        "own": own,
        "environment": "\n".join(lines),
        "listed": {**page, "data": [_with_counts(visit, one) for one in page["data"]]},
        "link": lambda offset: visit.at("sandboxes", offset=offset),
        "scenarios": visit.control("scenarios")["data"],
        "sources": _sources(visit),
    }


def _with_counts(visit: Visit, sandbox: Json) -> Json:
    """A sandbox with what is known of it at no cost."""
    at = ("sandboxes", sandbox["name"])
    rules = visit.server(*at, "faults")["data"]
    return {
        **sandbox,
        "organizations": visit.server(*at, "organizations", max=0)["meta"]["total"],
        "clock": visit.server(*at, "clock"),
        "faults": sum(not is_spent(rule) for rule in rules),
    }


def _sources(visit: Visit) -> list[str]:
    """What can be forked by choosing it: the sandboxes of the menu, the snapshots of this one."""
    snapshots = visit.newest("snapshots")["data"]
    return [*visit.sandboxes, *(f"{visit.sandbox}/{one['name']}" for one in snapshots)]


def _keys(visit: Visit) -> Json:
    names = {one["id"]: one["name"] for one in visit.organizations}
    return {
        "own": visit.server("sandboxes", visit.sandbox)["clientId"],
        "keys": visit.newest("clients"),
        "link": lambda offset: visit.at("sandboxes", "keys", offset=offset),
        "names": names,
        "partners": visit.control("partners")["data"],
    }


def _snapshots(visit: Visit) -> Json:
    return {
        "snapshots": visit.newest("snapshots"),
        "link": lambda offset: visit.at("sandboxes", "snapshots", offset=offset),
    }
