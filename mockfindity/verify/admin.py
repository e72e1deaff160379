"""Chapter 3: everything of the Admin API that can be read."""

from __future__ import annotations

from typing import Any

from .lists import FEW, listed
from .place import Place, elements, is_key
from .session import Session

NO_VAT = "mockfindity-verify-000000-0000"


def read_admin(session: Session, place: Place) -> None:
    """Lookups, counters, users, dimensions, accounts and categories."""
    session.tell("Reading the organization")
    _lookup(session, place)
    _counters(session, place)
    session.tell("Reading users")
    _users(session, place)
    session.tell("Reading dimensions")
    _dimensions(session, place)
    session.tell("Reading accounts and categories")
    _each(session, place, "listAccounts", "getAccount", "accountId")
    _each(session, place, "listCategories", "getCategory", "categoryId")


def _lookup(session: Session, place: Place) -> None:
    found = session.ask("lookupOrganization", query={"vat": NO_VAT})
    if isinstance(found, dict):
        session.agree("lookupOrganization", "body.result", "NOT_FOUND", found.get("result"))
    vat = place.whole.get("vat")
    if not isinstance(vat, str) or not vat:
        session.skip("lookupOrganization", "the organization has no VAT number to look up")
        return
    found = session.ask("lookupOrganization", query={"vat": vat})
    if isinstance(found, dict):
        session.agree("lookupOrganization", "body.result", "FOUND", found.get("result"))
        session.agree("lookupOrganization", "body.id", place.organization_id, found.get("id"))


def _counters(session: Session, place: Place) -> None:
    days = {"fromDate": "2000-01-01", "toDate": "2000-01-31"}
    whole = session.ask("getReportCounters", path=place.external())
    part = session.ask("getReportCounters", path=place.external(), query=days)
    same = session.ask("getReportCountersByInternalId", path=place.internal())
    if isinstance(whole, dict) and isinstance(whole.get("organization"), dict):
        given = whole["organization"].get("id")
        session.agree("getReportCounters", "body.organization.id", place.organization_id, given)
    if isinstance(part, dict) and isinstance(part.get("counts"), dict):
        counted = [n for n in part["counts"].values() if isinstance(n, int)]
        session.agree(
            "getReportCounters", "body.counts", 0, sum(counted), source="in the year 2000"
        )
    if isinstance(whole, dict) and isinstance(same, dict):
        wanted = whole.get("counts")
        session.agree("getReportCountersByInternalId", "body.counts", wanted, same.get("counts"))


def _users(session: Session, place: Place) -> None:
    users = session.ask("listUsers", path=place.external())
    if isinstance(users, dict):
        session.agree("listUsers", "body", [], {}, source="a plain array, without max")
    everybody = elements(users, "userList")
    page = session.ask("listUsers", path=place.external(), query={"max": "1", "offset": "0"})
    if isinstance(page, list):
        session.agree("listUsers", "body", {}, [], source="an envelope with userList, with max")
    if isinstance(page, dict) and isinstance(page.get("userList"), list):
        wanted, found = min(1, len(everybody)), len(page["userList"])
        session.agree("listUsers", "body.userList", wanted, found, source="users, as max says")
    session.ask("listUsersByInternalId", path=place.internal())
    if not everybody:
        session.skip_all("there is no user", "getUser", "getUserByInternalId")
    for user in everybody[:FEW]:
        _user(session, place, user)


def _user(session: Session, place: Place, user: dict[str, Any]) -> None:
    paths = {
        "getUser": ("userExternalId", "externalSourceId", place.external()),
        "getUserByInternalId": ("userId", "id", place.internal()),
    }
    for operation, (parameter, name, path) in paths.items():
        key = user.get(name)
        if not isinstance(key, str) or not key:
            session.skip(operation, f"a user of the list has no {name}")
            continue
        found = session.ask(operation, path={**path, parameter: key})
        if isinstance(found, dict):
            session.agree(operation, f"body.{name}", key, found.get(name), source="in the list")


VALUES = ("listDimensionValues", "listApprovers")


def _dimensions(session: Session, place: Place) -> None:
    fields = elements(session.ask("listDimensions", path=place.external()), "dimensions")
    session.ask("listDimensionsByInternalId", path=place.internal())
    if not fields:
        both = (*VALUES, *(f"{operation}ByInternalId" for operation in VALUES))
        session.skip_all("there is no dimension field", *both)
    for field in fields[:FEW]:
        key = field.get("externalSourceId") or field.get("id")
        if not isinstance(key, str):
            continue
        for operation in VALUES:
            session.ask(operation, path=place.external(definitionExternalId=key))
            internal = place.internal(definitionExternalId=key)
            session.ask(f"{operation}ByInternalId", path=internal)


def _each(session: Session, place: Place, many: str, one: str, parameter: str) -> None:
    """A list of the v1 API, and its first entries one by one."""
    entries = listed(session, many, place.internal()) or []
    keys = [(entry, entry["id"]) for entry in entries if is_key(entry.get("id"))]
    if not keys:
        session.skip(one, f"{many} gives no id")
    for entry, key in keys[:FEW]:
        found = session.ask(one, path=place.internal(**{parameter: key}))
        if isinstance(found, dict):
            for name in ("id", "name", "number"):
                wanted, given = entry.get(name), found.get(name)
                if isinstance(wanted, str) and isinstance(given, str):
                    session.agree(one, f"body.{name}", wanted, given, source="in the list")
