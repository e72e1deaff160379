"""A report written in the browser, as an employee writes it."""

from __future__ import annotations

from ..call import Bytes, Call
from .asking import path_of
from .visit import Json, Visit, shown

MOST = 100
"""How many users, and how many values of one dimension, there are to choose from."""

TYPES = ("RECEIPT", "MILEAGE")


def get_writing_page(call: Call) -> Bytes:
    """Write a report with its expenses."""
    return shown(call, "write.html", _writing)


def _writing(visit: Visit) -> Json:
    organization = visit.organization
    if organization is None:
        return {"scenarios": visit.control("scenarios")}
    admin = ("admin", "organizations", organization["id"])
    setup = ("organizations", organization["id"])
    users = visit.findity(*admin, "users", max=MOST)
    return {
        "owners": [one for one in users["userList"] if one["externalSourceId"]],
        "users": users["total"],
        "categories": visit.control(*setup, "categories", max=MOST)["data"],
        "payments": visit.control(*setup, "payment-types", max=MOST)["data"],
        "dimensions": [
            {**one, "values": _values(visit, organization["id"], one)}
            for one in visit.findity(*admin, "customdimensions")["dimensions"]
        ],
        "currency": visit.control(*setup, "settings")["baseCurrency"],
        "types": TYPES,
        "most": MOST,
        "written": path_of("dashboard", visit.sandbox, "reports") + "/{id}",
    }


def _values(visit: Visit, organization_id: str, dimension: Json) -> list[Json]:
    """The first values of a dimension, which is addressed by its external id where it has one."""
    name = dimension["externalSourceId"] or dimension["id"]
    at = ("admin", "organizations", organization_id, "customdimensions", name, "list")
    found: list[Json] = visit.findity(*at)["values"]
    return found[:MOST]
