"""Clients that break the rules of admin sync; see ``breaking``."""

from __future__ import annotations

import time

from alignment import Alignment, Json
from breaking import breaks
from reference import Integration


class _ByInternalId(Alignment):
    @property
    def admin(self) -> str:
        return (
            super().admin if self.found is None else f"/api/admin/organizations/{self.found['id']}"
        )


@breaks("ADM-1")
class ByInternalId(Integration):
    """Goes on by Findity's own id of the organization, once it knows it."""

    alignment_kind = _ByInternalId


class _Stamping(Alignment):
    def user(self, wanted: Json) -> Json:
        return super().user(wanted) | {"title": f"synced at {time.monotonic()}"}


@breaks("ADM-2")
class StampsUsers(Integration):
    """Writes into every user when it was there."""

    alignment_kind = _Stamping


class _Replacing(Alignment):
    def change(self, path: str, account_id: str, wanted: Json) -> None:
        self.findity.call("DELETE", f"{path}/{account_id}")
        self.findity.call("POST", path, self.account(wanted))


@breaks("ADM-3")
class ReplacesAccounts(Integration):
    """Deletes an account that has changed, and creates it anew."""

    alignment_kind = _Replacing


class _Blind(Alignment):
    def lookup(self, vat: str) -> Json:
        return {"result": "NOT_FOUND"}


@breaks("ADM-4")
class CreatesBlindly(Integration):
    """Does not look whether the organization is there."""

    alignment_kind = _Blind


class _Careless(Alignment):
    def in_use(self, organization: Json) -> set[str]:
        return set()


@breaks("ADM-5")
class DeletesWhatIsUsed(Integration):
    """Deletes every account that the ledger does not have."""

    alignment_kind = _Careless


class _OneByOne(Alignment):
    def write_users(self, users: list[Json]) -> None:
        for user in users:
            super().write_users([user])


@breaks("ADM-6")
class WritesUsersOneByOne(Integration):
    """Sends each user in a call of its own."""

    alignment_kind = _OneByOne


class _Chatty(Alignment):
    def user(self, wanted: Json) -> Json:
        return super().user(wanted) | {"department": "Sales"}


@breaks("ADM-7")
class InventsAField(Integration):
    """Sends a department with every user."""

    alignment_kind = _Chatty
