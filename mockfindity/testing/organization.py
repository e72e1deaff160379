"""One organization of a sandbox: its users, its reports, and where those are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .administration import Administration, recipient_body
from .export import Export
from .line import camel, is_refusal
from .report import Report

if TYPE_CHECKING:
    from ..shapes.exports import ExportOut
    from ..shapes.recipients import OwnRecipientOut
    from ..shapes.users import UserOut
    from .findity import Findity

__tracebackhide__ = is_refusal

Expense = Mapping[str, Any]
"""What the control API takes for an expense: ``{"category": "Travel", "amount": 125.0, …}``."""

API_PLUGIN = "ce-integration-api"


class Organization(Administration):
    """An organization: ``id`` is Findity's, ``external_id`` the client's own."""

    def __init__(self, findity: Findity, organization_id: str, external_id: str) -> None:
        self.findity, self.id, self.external_id = findity, organization_id, external_id

    def __repr__(self) -> str:
        return f"<Organization {self.external_id} ({self.id})>"

    def users(self, *users: str | dict[str, Any]) -> list[UserOut]:
        """Make users; see ``Findity.users``."""
        if users:
            body = [_user(user) for user in users]
            self.findity.api("PUT", f"{self._admin}/users/?sendInvitationMail=false", body)
        found: list[UserOut] = self.findity.api("GET", f"{self._admin}/users/")
        return found

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Change what the administrator sets up, as ``approval_active=True``, and give it."""
        body = {camel(name): value for name, value in changes.items()}
        method = "PUT" if changes else "GET"
        return dict(self.findity.control(method, f"{self._control}/settings", body or None))

    def recipient(self, **changes: Any) -> OwnRecipientOut:
        """The API recipient, changed as ``webhook_url="http://…"``; ``format`` is short for
        ``verification_lists_type``. One is made where there is none."""
        body = recipient_body(changes)
        path = f"{self._control}/recipients"
        every: list[OwnRecipientOut] = self.findity.control("GET", path)["data"]
        found = [one for one in every if one["integrationPluginName"] == API_PLUGIN]
        if not found:
            made: OwnRecipientOut = self.findity.control("POST", path, body)
            return made
        first = min(found, key=lambda one: one["sortOrder"])
        if not body:
            return first
        changed: OwnRecipientOut = self.findity.control("PUT", f"{path}/{first['id']}", body)
        return changed

    def report(
        self, owner: str | None = None, expenses: Sequence[Expense] = (), *, name: str = "Expenses"
    ) -> Report:
        """Write a report, as the employee ``owner`` does.

        ``owner`` is an external id; the first user, if none is named, and ``ANNA`` if there is
        none. Without expenses it has one: a taxi ride of 125.00, tax 7.08.
        """
        if owner is None:
            owner = self._someone()
        body = {
            "owner": owner,
            "name": name,
            "expenses": [dict(one) for one in expenses] or [self._taxi()],
        }
        return Report(self.findity, self.findity.control("POST", f"{self._control}/reports", body))

    def _someone(self) -> str:
        users = self.users() or self.users("ANNA")
        return str(users[0]["externalSourceId"])

    def _taxi(self) -> dict[str, Any]:
        """One expense, in the category that the template has for it, or else the first."""
        names = [
            c["name"] for c in self.findity.control("GET", f"{self._control}/categories")["data"]
        ]
        return {
            "category": "Travel" if "Travel" in names else names[0],
            "description": "Taxi",
            "date": str(self.findity.clock.now)[:10],
            "amount": 125.00,
            "taxAmount": 7.08,
        }

    def bulk_send(
        self, *, format: str | None = None, reports: Sequence[Report] | None = None
    ) -> Export:
        """Send the reports that are ready, or those named, as the administrator does.

        ``format`` is one of the eight, as ``"EXPENSE"``: it is what the API recipient writes from
        now on.
        """
        if format is not None:
            self.recipient(format=format)
        body = {} if reports is None else {"reportIds": [report.id for report in reports]}
        sent = self.findity.control("POST", f"{self._control}/bulk-send", body)
        return Export(self.findity, self.id, sent["exportId"], sent["webhook"])

    def exports(self, status: str = "ALL") -> list[Export]:
        """The exports of a status; all of them, if none is named."""
        path = f"/api/v1/connect/organizations/{self.id}/exports"
        found: list[ExportOut] = self.findity.api("GET", f"{path}?status={status}&max=1000000")[
            "data"
        ]
        return [Export(self.findity, self.id, one["id"]) for one in found]


def _user(user: str | dict[str, Any]) -> dict[str, Any]:
    """A user as the admin guide has it; from a word, one whose names follow from it."""
    if isinstance(user, dict):
        return user
    return {
        "externalSourceId": user,
        "person": {
            "externalSourceId": f"P-{user}",
            "firstName": user.title(),
            "lastName": "Ek",
            "email": f"{user.lower()}@example.com",
        },
    }
