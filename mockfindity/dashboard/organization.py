"""An organization: who and what is in it, and how an administrator has set it up."""

from __future__ import annotations

from typing import Any

from ..call import Bytes, Call
from ..errors import DimensionNotFound, NotFound
from ..wire import Param, text
from . import paging
from .visit import PAGED_PAGES, Json, Visit, shown

ACCOUNTS = (
    *PAGED_PAGES,
    Param("text", text("a text"), "Only accounts with this in their number or name."),
)
DIMENSION = (
    *PAGED_PAGES,
    Param("dimension", text("a dimension's id"), "The dimension whose values to show."),
)


def get_organization_page(call: Call) -> Bytes:
    """See an organization's facts and settings, and which organizations there are."""
    return shown(call, "organization.html", _facts)


def get_users_page(call: Call) -> Bytes:
    """See the users of an organization."""
    return shown(call, "users.html", _users)


def get_accounts_page(call: Call) -> Bytes:
    """See the chart of accounts of an organization, whole or what a text is in."""
    return shown(call, "accounts.html", _accounts)


def get_categories_page(call: Call) -> Bytes:
    """See the categories of an organization with their accounts, and map them to others."""
    return shown(call, "categories.html", _categories)


def get_payment_page(call: Call) -> Bytes:
    """See the payment types of an organization, and its salary codes."""
    return shown(call, "payment.html", _payment)


def get_dimensions_page(call: Call) -> Bytes:
    """See the dimensions of an organization, with values and approvers."""
    return shown(call, "dimensions.html", _dimensions)


def _admin(visit: Visit, *segments: str, **query: object) -> Any:
    """What Findity's Admin API answers of the organization that is shown."""
    chosen = visit.organization or {"id": "-"}
    return visit.findity("admin", "organizations", chosen["id"], *segments, **query)


def _set_up(visit: Visit, *segments: str, **query: object) -> Any:
    """What the control API answers of the organization that is shown."""
    chosen = visit.organization or {"id": "-"}
    return visit.control("organizations", chosen["id"], *segments, **query)


def _facts(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}
    settings = _set_up(visit, "settings")
    return {
        "facts": _admin(visit),
        "settings": settings,
        "vat": _account(visit, settings["vatAccountId"]),
        "listed": visit.newest("organizations"),
        "link": lambda offset: visit.at("organization", offset=offset),
    }


def _account(visit: Visit, account_id: str | None) -> Json | None:
    """An account by its id; ``None`` for no id, and for one that is gone."""
    try:
        found: Json | None = _admin(visit, "accounts", account_id) if account_id else None
    except NotFound:
        return None
    return found


def _users(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}

    def asked(**page: int) -> Json:
        found = _admin(visit, "users", **page)
        return {"data": found["userList"], "meta": found}

    return {
        "users": paging.newest(asked, visit.query["offset"]),
        "link": lambda offset: visit.at("organization", "users", offset=offset),
    }


def _accounts(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}
    offset, wanted = visit.query["offset"], visit.query["text"] or ""
    if wanted:
        every = _admin(visit, "accounts")["data"]
        found = paging.of([one for one in every if _has(one, wanted)], offset)
    else:
        found = paging.in_order(lambda **page: _admin(visit, "accounts", **page), offset)
    return {
        "accounts": found,
        "text": wanted,
        "vat": _set_up(visit, "settings")["vatAccountId"],
        "link": lambda offset: visit.at("organization", "accounts", text=wanted, offset=offset),
    }


def _has(account: Json, wanted: str) -> bool:
    return wanted.casefold() in f"{account['number']} {account['name']}".casefold()


def _categories(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}
    offset = visit.query["offset"]
    mapped = paging.in_order(lambda **page: _admin(visit, "categories", **page), offset)
    return {
        "categories": paging.in_order(lambda **page: _set_up(visit, "categories", **page), offset),
        "salary_codes": {one["id"]: one["salaryCode"] for one in mapped["data"]},
        "link": lambda offset: visit.at("organization", "categories", offset=offset),
    }


def _payment(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}
    types = paging.in_order(lambda **page: _set_up(visit, "payment-types", **page), 0)
    booked = [
        {**one, "account": _account(visit, one["accountingNumberId"])} for one in types["data"]
    ]
    codes = paging.in_order(
        lambda **page: _set_up(visit, "salary-codes", **page), visit.query["offset"]
    )
    return {
        "types": {**types, "data": booked},
        "codes": codes,
        "link": lambda offset: visit.at("organization", "payment", offset=offset),
    }


def _dimensions(visit: Visit) -> Json:
    if visit.organization is None:
        return {"scenarios": visit.control("scenarios")}
    every = _admin(visit, "customdimensions")["dimensions"]
    chosen = _chosen(every, visit.query["dimension"])
    if chosen is None:
        return {"dimensions": every, "chosen": None}
    at = ("customdimensions", _name(chosen), "list")
    approvers = _admin(visit, *at, "approvers")["values"]
    values = _admin(visit, *at)["values"]
    return {
        "dimensions": every,
        "chosen": chosen,
        "values": paging.of(values, visit.query["offset"]),
        "approvers": {one["id"]: one["approvers"] for one in approvers},
        "link": lambda offset: visit.at(
            "organization", "dimensions", dimension=chosen["id"], offset=offset
        ),
    }


def _chosen(every: list[Json], wanted: str | None) -> Json | None:
    """The dimension that is asked for, by either id, or else the first."""
    if not wanted:
        return every[0] if every else None
    for one in every:
        if wanted in (one["id"], one["externalSourceId"]):
            return one
    raise DimensionNotFound(f"the organization has no dimension field {wanted!r}.")


def _name(dimension: Json) -> str:
    """What a dimension is addressed by: its external id, or Findity's where it has none."""
    return str(dimension["externalSourceId"] or dimension["id"])
