"""An organization: who and what is in it, and how an administrator has set it up."""

from __future__ import annotations

from ..call import Bytes, Call
from ..errors import DimensionNotFound, NotFound
from ..query import Param, text
from . import paging
from .visit import PAGED_PAGES, Json, Visit, shown_of_organization

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
    return shown_of_organization(call, "organization.html", _facts)


def get_users_page(call: Call) -> Bytes:
    """See the users of an organization."""
    return shown_of_organization(call, "users.html", _users)


def get_accounts_page(call: Call) -> Bytes:
    """See the chart of accounts of an organization, whole or what a text is in."""
    return shown_of_organization(call, "accounts.html", _accounts)


def get_categories_page(call: Call) -> Bytes:
    """See the categories of an organization with their accounts, and map them to others."""
    return shown_of_organization(call, "categories.html", _categories)


def get_payment_page(call: Call) -> Bytes:
    """See the payment types of an organization, and its salary codes."""
    return shown_of_organization(call, "payment.html", _payment)


def get_dimensions_page(call: Call) -> Bytes:
    """See the dimensions of an organization, with values and approvers."""
    return shown_of_organization(call, "dimensions.html", _dimensions)


def _facts(visit: Visit) -> Json:
    settings = visit.set_up("settings")
    return {
        "facts": visit.admin(),
        "settings": settings,
        "vat": _account(visit, settings["vatAccountId"]),
        "listed": visit.newest("organizations"),
        "link": lambda offset: visit.at("organization", offset=offset),
    }


def _account(visit: Visit, account_id: str | None) -> Json | None:
    """An account by its id; ``None`` for no id, and for one that is gone."""
    try:
        found: Json | None = visit.admin("accounts", account_id) if account_id else None
    except NotFound:
        return None
    return found


def _users(visit: Visit) -> Json:
    def asked(**page: int) -> Json:
        found = visit.admin("users", **page)
        return {"data": found["userList"], "meta": found}

    return {
        "users": paging.newest(asked, visit.query["offset"]),
        "link": lambda offset: visit.at("organization", "users", offset=offset),
    }


def _accounts(visit: Visit) -> Json:
    offset, wanted = visit.query["offset"], visit.query["text"] or ""
    if wanted:
        every = visit.admin("accounts")["data"]
        found = paging.of([one for one in every if _has(one, wanted)], offset)
    else:
        found = paging.in_order(lambda **page: visit.admin("accounts", **page), offset)
    return {
        "accounts": found,
        "text": wanted,
        "vat": visit.set_up("settings")["vatAccountId"],
        "link": lambda offset: visit.at("organization", "accounts", text=wanted, offset=offset),
    }


def _has(account: Json, wanted: str) -> bool:
    return wanted.casefold() in f"{account['number']} {account['name']}".casefold()


def _categories(visit: Visit) -> Json:
    offset = visit.query["offset"]
    mapped = paging.in_order(lambda **page: visit.admin("categories", **page), offset)
    return {
        "categories": paging.in_order(lambda **page: visit.set_up("categories", **page), offset),
        "salary_codes": {one["id"]: one["salaryCode"] for one in mapped["data"]},
        "link": lambda offset: visit.at("organization", "categories", offset=offset),
    }


def _payment(visit: Visit) -> Json:
    types = paging.in_order(lambda **page: visit.set_up("payment-types", **page), 0)
    booked = [
        {**one, "account": _account(visit, one["accountingNumberId"])} for one in types["data"]
    ]
    codes = paging.in_order(
        lambda **page: visit.set_up("salary-codes", **page), visit.query["offset"]
    )
    return {
        "types": {**types, "data": booked},
        "codes": codes,
        "link": lambda offset: visit.at("organization", "payment", offset=offset),
    }


def _dimensions(visit: Visit) -> Json:
    every = visit.admin("customdimensions")["dimensions"]
    chosen = _chosen(every, visit.query["dimension"])
    if chosen is None:
        return {"dimensions": every, "chosen": None}
    approvers = visit.dimension(chosen, "approvers")["values"]
    values = visit.dimension(chosen)["values"]
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
