"""Users: an employment in an organization, and the person it belongs to."""

from __future__ import annotations

from typing import Any

from .record import Record

PENDING = "PENDING_ACTIVATION"
DELETED = "DELETED"


class User(Record, frozen=True, kw_only=True, rename="camel"):
    """A user of one organization, with its person.

    A deleted user is no longer listed or found, but stays: the vouchers of reports that are
    under way still name their owner.
    """

    organization_id: str
    person_id: str
    first_name: str
    last_name: str
    date_created: str
    last_updated: str
    external_source_id: str | None = None
    person_external_source_id: str | None = None
    email: str | None = None
    employee_id: str | None = None
    organizational_unit_external_source_id: str | None = None
    title: str | None = None
    admin: bool = False
    address: dict[str, Any] = {}
    status: str = PENDING

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_deleted(self) -> bool:
        return self.status == DELETED


class Invitation(Record, frozen=True, kw_only=True, rename="camel"):
    """A mail that Findity would have sent. mockfindity never mails; it keeps the invitation."""

    organization_id: str
    user_id: str
    email: str | None
    date_created: str
