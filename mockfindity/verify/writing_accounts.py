"""The life of an account, and accounts that must be refused."""

from __future__ import annotations

from typing import Any

from .place import Place, elements, is_key
from .reach import NOTHING
from .session import Session
from .traces import Traces


def live(session: Session, place: Place, traces: Traces) -> None:
    """Created, read, listed, changed, deleted, and gone."""
    sent = {"name": traces.name, "number": traces.name}
    made = session.ask("createAccount", path=place.internal(), body=sent)
    key = made.get("id") if isinstance(made, dict) else None
    if key is None or not is_key(key):
        _sweep(session, place, traces)
        session.skip_all("no account could be made", "updateAccount", "deleteAccount")
        return
    path = place.internal(accountId=key)
    _remember(session, traces, path, key)
    _is(session, "createAccount", made, sent)
    _is(session, "getAccount", session.ask("getAccount", path=path), sent)
    _listed(session, place, key, 1)
    changed = {"id": key, "name": f"{traces.name} changed", "number": f"{traces.name}-2"}
    _is(session, "updateAccount", session.ask("updateAccount", path=path, body=changed), changed)
    _is(session, "getAccount", session.ask("getAccount", path=path), changed)
    wrong = {**changed, "id": NOTHING}
    session.refused("updateAccount", "InvalidId", path=path, body=wrong)
    unknown = {**changed, "accountName": traces.name}
    session.refused("updateAccount", "NoKnownProperties", path=path, body=unknown)
    _is(session, "getAccount", session.ask("getAccount", path=path), changed)
    session.ask("deleteAccount", path=path)
    asked = session.refused("getAccount", "AccountNotFound", path=path)
    if asked.answer.status == 404:
        traces.gone(_called(key, traces))
    _listed(session, place, key, 0)


def refuse(session: Session, place: Place, traces: Traces) -> None:
    """What no account may be made of, and that none is."""
    before = _ids(session, place)
    name = f"{traces.name}-refused"
    unknown = (
        {"name": name, "number": name, "type": "EXPENSE"},
        {"accountName": name, "accountNumber": name},
    )
    for sent in unknown:
        session.refused("createAccount", "NoKnownProperties", path=place.internal(), body=sent)
    wrong: tuple[dict[str, Any], ...] = ({"name": name}, {"name": name, "number": 1})
    for body in wrong:
        session.refused(
            "createAccount", "BadRequest", status="inferred", path=place.internal(), body=body
        )
    after = _ids(session, place)
    if before is not None and after is not None:
        more = len(after - before)
        session.agree("listAccounts", "body.data", 0, more, source="accounts made though refused")
    _sweep(session, place, traces)


def _called(key: str, traces: Traces) -> str:
    return f"account {traces.name} ({key})"


def _remember(session: Session, traces: Traces, path: dict[str, str], key: str) -> None:
    def is_gone() -> bool:
        session.send("deleteAccount", path=path)
        return session.send("getAccount", path=path).answer.status == 404

    traces.made(_called(key, traces), is_gone)


def _sweep(session: Session, place: Place, traces: Traces) -> None:
    """Remember accounts of the run's name that were made though the answer did not say so."""
    data = session.send("listAccounts", path=place.internal()).data
    for account in elements(data, "data"):
        key = account.get("id")
        if traces.name in f"{account.get('name')} {account.get('number')}" and is_key(key):
            _remember(session, traces, place.internal(accountId=str(key)), str(key))


def _is(session: Session, operation: str, found: Any, wanted: dict[str, str]) -> None:
    if isinstance(found, dict):
        for name, value in wanted.items():
            if name in found:
                session.agree(operation, f"body.{name}", value, found[name], source="as sent")


def _listed(session: Session, place: Place, key: str, times: int) -> None:
    data = session.ask("listAccounts", path=place.internal())
    if data is not None:
        found = sum(account.get("id") == key for account in elements(data, "data"))
        session.agree("listAccounts", "body.data", times, found, source="times this account")


def _ids(session: Session, place: Place) -> set[Any] | None:
    data = session.ask("listAccounts", path=place.internal())
    return None if data is None else {str(a.get("id")) for a in elements(data, "data")}
