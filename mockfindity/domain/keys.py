"""API keys and the tokens they are given.

A *family* is all that one sign-in led to: each use of a refresh token spends it and adds a new
pair. Using a spent one again means somebody else has it, so the whole family ends (RFC 9700).
Keys and tokens are never made from the sandbox's seed: they must be unique over the whole server.
"""

from __future__ import annotations

from typing import Literal

from .organizations import Organization
from .record import Record, replace

Scope = Literal["organization", "partner", "application"]

REFRESH_LIFETIME = 30 * 86_400
"""Seconds a refresh token lives; chosen."""


class ApiKey(Record, frozen=True, kw_only=True, rename="camel"):
    """A client id (``id``) with its secret, and how far it reaches."""

    secret: str
    scope: Scope
    client_application_id: str
    organization_id: str | None = None
    partner_code: str | None = None
    date_created: str

    def reaches(self, organization: Organization) -> bool:
        """Whether an organization of the key's own client application lies in its scope."""
        if self.scope == "organization":
            return organization.id == self.organization_id
        if self.scope == "partner":
            return organization.partner_code == self.partner_code
        return True


class Token(Record, frozen=True, kw_only=True, rename="camel"):
    """An access or refresh token; its ``id`` is the token itself. Times are seconds since 1970."""

    kind: Literal["access", "refresh"]
    key_id: str
    family: str
    expires: float
    ended: Literal["spent", "revoked", "expired"] | None = None

    def is_good(self, now: float) -> bool:
        return self.ended is None and now < self.expires


def pair(
    key: ApiKey, texts: tuple[str, str], family: str, now: float, lifetime: int
) -> list[Token]:
    """A new access token, good for ``lifetime`` seconds, and its refresh token."""
    access, refresh = texts
    return [
        Token(id=access, kind="access", key_id=key.id, family=family, expires=now + lifetime),
        Token(
            id=refresh,
            kind="refresh",
            key_id=key.id,
            family=family,
            expires=now + REFRESH_LIFETIME,
        ),
    ]


def ended(tokens: list[Token], how: Literal["spent", "revoked", "expired"]) -> list[Token]:
    """The tokens, those that were still going ended."""
    return [replace(token, ended=how) for token in tokens if token.ended is None]
