"""Chapter 5, only where it is allowed: things made and taken away, and writes that are refused.

Everything that is made has the name of the run. No export is acknowledged or changed: what is sent
about one names no voucher of it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from . import writing_accounts
from .place import Place, elements
from .reach import NOTHING
from .session import Session
from .traces import Traces

CLASS = "com.findity.consumer.Company"
SUCCESS = {"status": "SUCCESS", "voucherNumber": "1"}


def write(session: Session, place: Place, exports: list[dict[str, Any]], traces: Traces) -> None:
    """Lives of an account, a user and a value of a dimension; refused writes."""
    session.tell("Making, changing and deleting an account")
    writing_accounts.live(session, place, traces)
    session.tell("Sending what must be refused")
    writing_accounts.refuse(session, place, traces)
    _organization(session, traces)
    _exports(session, place, exports)
    session.tell("Making and deleting a user")
    _user(session, place, traces)
    session.tell("Making and deleting a value of a dimension")
    _value(session, place, traces)


def _organization(session: Session, traces: Traces) -> None:
    """Sent to where no organization is, and without what it takes to make one."""
    other = f"{traces.name}-other"
    body = {"externalSourceId": other, "className": CLASS}
    path = {"externalId": traces.name}
    asked = session.refused(
        "upsertOrganization", "InvalidId", status="chosen", code="chosen", path=path, body=body
    )
    if asked.answer.is_success:
        for name in (traces.name, other):
            traces.made(f"organization {name}", partial(_removed, session, name))


def _removed(session: Session, external_id: str) -> bool:
    """Whether no organization has this name of the run's any more."""
    path = {"externalId": external_id}
    session.send("deleteOrganization", path=path)
    return session.send("getOrganization", path=path).answer.status == 404


def _exports(session: Session, place: Place, exports: list[dict[str, Any]]) -> None:
    update = "updateExportStatus"
    one = {"voucherUpdates": [{"id": NOTHING, **SUCCESS}]}
    nowhere = place.internal(exportId=NOTHING)
    session.refused(update, "ExportNotFound", status="inferred", path=nowhere, body=one)
    if not exports:
        session.skip(update, "no export is waiting")
        return
    path = place.internal(exportId=exports[0]["id"])
    before = _look(session, path)
    session.refused(update, "VoucherNotFound", status="chosen", path=path, body=one)
    empty: dict[str, Any] = {"voucherUpdates": []}
    session.refused(update, "BadRequest", status="chosen", path=path, body=empty)
    after = _look(session, path)
    session.agree("getExport", "body", before, after, source="as before the refused updates")


def _look(session: Session, path: dict[str, str]) -> Any:
    """What an update would change of an export: its status and what is in it."""
    data = session.send("getExport", path=path).data
    names = ("id", "status", "lastUpdated", "numberOfVouchers")
    return [data.get(name) for name in names] if isinstance(data, dict) else None


def _user(session: Session, place: Place, traces: Traces) -> None:
    name, what = traces.name, f"user {traces.name}"
    person = {"firstName": "Mockfindity", "lastName": "Verify", "externalSourceId": f"{name}-p"}
    body = [{"externalSourceId": name, "person": person}]
    one, quiet = place.external(userExternalId=name), {"sendInvitationMail": "false"}

    def is_gone() -> bool:
        session.send("deleteUser", path=one)
        return session.send("getUser", path=one).answer.status == 404

    traces.made(what, is_gone)
    if session.ask("putUsers", path=place.external(), query=quiet, body=body) is None:
        return
    found = session.ask("getUser", path=one)
    if isinstance(found, dict):
        session.agree("getUser", "body.externalSourceId", name, found.get("externalSourceId"))
    _in_list(session, place, name, 1)
    session.ask("deleteUser", path=one)
    asked = session.refused("getUser", "UserNotFound", status="inferred", path=one)
    if asked.answer.status == 404:
        traces.gone(what)
    _in_list(session, place, name, 0)


def _in_list(session: Session, place: Place, name: str, times: int) -> None:
    data = session.ask("listUsers", path=place.external())
    found = [u for u in elements(data, "userList") if u.get("externalSourceId") == name]
    if data is not None:
        session.agree("listUsers", "body", times, len(found), source=f"users {name}")


def _value(session: Session, place: Place, traces: Traces) -> None:
    fields = elements(session.send("listDimensions", path=place.external()).data, "dimensions")
    keys = [field.get("externalSourceId") or field.get("id") for field in fields]
    key = next((key for key in keys if isinstance(key, str)), None)
    if key is None:
        session.skip("putDimensionValues", "there is no dimension field")
        return
    name, what = traces.name, f"value {traces.name} of the dimension {key}"
    path, keep = place.external(definitionExternalId=key), {"clearBeforeUpdate": "false"}
    gone = {"values": [{"id": name, "value": name, "delete": True}]}

    def is_gone() -> bool:
        session.send("putDimensionValues", path=path, query=keep, body=gone)
        return _count(session.send("listDimensionValues", path=path).data, name) == 0

    traces.made(what, is_gone)
    body = {"values": [{"id": name, "value": name}]}
    made = session.ask("putDimensionValues", path=path, query=keep, body=body)
    if made is None:
        return
    session.agree("putDimensionValues", "body.values", 1, _count(made, name), source=name)
    listed = session.ask("listDimensionValues", path=path)
    session.agree("listDimensionValues", "body.values", 1, _count(listed, name), source=name)
    session.ask("putDimensionValues", path=path, query=keep, body=gone)
    listed = session.ask("listDimensionValues", path=path)
    session.agree("listDimensionValues", "body.values", 0, _count(listed, name), source=name)
    if listed is not None and _count(listed, name) == 0:
        traces.gone(what)


def _count(data: Any, name: str) -> int:
    return sum(value.get("id") == name for value in elements(data, "values"))
