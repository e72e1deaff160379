"""A report written in the browser, as an employee writes it."""

from __future__ import annotations

from ..call import Bytes, Call
from .asking import path_of
from .visit import Json, Visit, shown_of_organization

MOST = 100
"""How many users, and how many values of one dimension, there are to choose from."""

TYPES = ("RECEIPT", "MILEAGE")


def get_writing_page(call: Call) -> Bytes:
    """Write a report with its expenses."""
    return shown_of_organization(call, "write.html", _writing)


def _writing(visit: Visit) -> Json:
    users = visit.admin("users", max=MOST)
    return {
        "owners": [one for one in users["userList"] if one["externalSourceId"]],
        "users": users["total"],
        "categories": visit.set_up("categories", max=MOST)["data"],
        "payments": visit.set_up("payment-types", max=MOST)["data"],
        "dimensions": [
            {**one, "values": visit.dimension(one)["values"][:MOST]}
            for one in visit.admin("customdimensions")["dimensions"]
        ],
        "currency": visit.set_up("settings")["baseCurrency"],
        "types": TYPES,
        "most": MOST,
        "written": path_of("dashboard", visit.sandbox, "reports") + "/{id}",
    }
