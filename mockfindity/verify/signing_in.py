"""Chapter 1: the token endpoint. What is tried with refresh tokens is tried with one to spare."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from .finding import shown
from .session import Asked, Session, said

WRONG = "mockfindity-verify-wrong"


class NotSignedIn(Exception):
    """The token endpoint gives no token for the key."""


def sign_in(session: Session, client_id: str, client_secret: str) -> None:
    """Let the session carry a token. Raises ``NotSignedIn``."""
    session.tell("Signing in")
    key = {"client_id": client_id, "client_secret": client_secret}
    session.secrets.add(client_secret)
    given = _token(session, {"grant_type": "client_credentials", **key})
    _refresh(session, client_id, given)
    again = _asked(session, {"grant_type": "client_credentials", **key})
    session.token = _keep(session, again.data)["access_token"]
    _wrong(session, {"grant_type": "client_credentials", **key, "client_secret": WRONG})
    _unknown_grant(session, {"grant_type": "password", **key})


def _asked(session: Session, form: dict[str, str]) -> Asked:
    return session.send("issueToken", token=None, url=session.bases.token, data=form)


def _token(session: Session, form: dict[str, str]) -> dict[str, Any]:
    """The first token, looked at closely."""
    asked = _asked(session, form)
    answer = asked.answer
    given = asked.data if answer.is_success else None
    if not _has_token(given):
        why = session.without_secrets(said(answer))
        raise NotSignedIn(f"{session.bases.token} gives no token: {why}.")
    _keep(session, given)
    if session.succeeded(asked):
        session.look(asked)
    return given


def _keep(session: Session, given: Any) -> dict[str, Any]:
    """A token answer whose secrets will not be printed. Raises ``NotSignedIn``."""
    if not _has_token(given):
        raise NotSignedIn(f"{session.bases.token} gave a token once and none the next time.")
    tokens = (given.get("access_token"), given.get("refresh_token"))
    session.secrets |= {token for token in tokens if isinstance(token, str) and token}
    return given


def _has_token(given: Any) -> TypeGuard[dict[str, Any]]:
    """Whether there is a token in it, of characters that a header can carry."""
    token = given.get("access_token") if isinstance(given, dict) else None
    return isinstance(token, str) and re.fullmatch("[!-~]+", token) is not None


def _refresh(session: Session, client_id: str, given: dict[str, Any]) -> None:
    """A refresh token gives a new pair, and is good once."""
    token = given.get("refresh_token")
    if not isinstance(token, str):
        session.skip("issueToken", "there is no refresh token to try")
        return
    form = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": token}
    asked = _asked(session, form)
    if session.succeeded(asked):
        session.look(asked)
        if isinstance(asked.data, dict) and "access_token" in asked.data:
            _keep(session, asked.data)
    spent = _asked(session, form)
    if spent.answer.is_success:
        where = "status, of a refresh token used twice"
        session.differs(spent, where, "400 invalid_grant", said(spent.answer))
    else:
        _rfc(session, spent, 400, "invalid_grant")


def _wrong(session: Session, form: dict[str, str]) -> None:
    asked = _asked(session, form)
    if asked.answer.is_success:
        where = "status, of a wrong secret"
        session.differs(asked, where, "401 invalid_client", said(asked.answer))
    else:
        _rfc(session, asked, 401, "invalid_client")


def _unknown_grant(session: Session, form: dict[str, str]) -> None:
    _rfc(session, _asked(session, form), 400, "unsupported_grant_type")


def _rfc(session: Session, asked: Asked, status: int, error: str) -> None:
    """The form of RFC 6749, section 5.2: documented nowhere, so chosen."""
    if asked.answer.status != status:
        session.differs(asked, "status", f"{status} {error}", said(asked.answer), "chosen")
        return
    data = asked.data
    if not isinstance(data, dict):
        session.differs(asked, "body", "an object", shown(data), "chosen")
        return
    if data.get("error") != error:
        session.differs(asked, "body.error", error, shown(data.get("error")), "chosen")
    if not isinstance(data.get("error_description"), str):
        found = shown(data.get("error_description"))
        session.differs(asked, "body.error_description", "string", found, "chosen")
