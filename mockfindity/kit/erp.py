"""The company's ERP: what it wants to be in Findity, and whether the client saw to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..testing.line import FindityError
from .ledger import Ledger
from .violation import violated

if TYPE_CHECKING:
    from ..testing.findity import Findity
    from ..testing.organization import Organization
    from .client import Client
    from .configuration import Configuration
    from .seen import Seen

NO_RECORDS = ("keys", "tokens")
"""Tables that belong to signing in."""


class Erp:
    """What a company has for the area `admin-sync`."""

    findity: Findity
    configuration: Configuration
    seen: Seen
    organization: Organization
    client: Client | None
    _wanted: Ledger | None = None

    def ledger(self) -> Ledger:
        """The ledger that wants what Findity has."""
        return Ledger.of(self.findity, self.organization.external_id)

    def wants(self, ledger: Ledger) -> None:
        """The ERP wants this to be in Findity from now on. A service reads it when it starts."""
        self._wanted = ledger
        if self.client is not None:
            ledger.write(self.client.connection.ledger, self.configuration.ledger_shape)
            if self.client.is_service:
                self.client.stop()

    def is_behind(self) -> bool:
        """Whether Findity is not what the ERP wants yet: a service may still be about it."""
        if self._wanted is None:
            return False
        try:
            return bool(self._wanted.lacking(self.ledger(), self.configuration.syncs))
        except FindityError:
            return True

    def leaves_findity(self) -> None:
        """The organization is deleted, with all that belongs to it."""
        path = f"/api/admin/organizations/externalid/{self.organization.external_id}/"
        self.findity.api("DELETE", path)

    def belongs_to_another(self, vat: str) -> Organization:
        """Another client application makes an organization with this registration number."""
        key = self.findity.control("POST", "/clients", {"clientApplicationId": "77000001"})
        made = {"name": self.findity.name, "baseUrl": self.findity.url}
        made |= {"tokenUrl": self.findity.token_url} | key
        other = type(self.findity)(self.findity.line, made)  # type: ignore[arg-type]
        return other.organization("ELSEWHERE", name="Kit AB", vat=vat)

    def records(self) -> dict[str, dict[str, Any]]:
        """All that the sandbox keeps, by table and id, without when it was last written."""
        tables = self.findity.control("GET", "/state")["tables"]
        return {
            name: {row["id"]: {k: v for k, v in row.items() if k != "lastUpdated"} for row in rows}
            for name, rows in tables.items()
            if name not in NO_RECORDS
        }

    # ---- what is expected of the client --------------------------------------------------------

    def expect_aligned(self, ledger: Ledger) -> None:
        """Raise ``Violation`` where Findity is not what the ledger wants, as far as the client
        declares to keep it in line."""
        lacking = ledger.lacking(self.ledger(), self.configuration.syncs)
        if lacking:
            more = f"; and {len(lacking) - 3} things more" if len(lacking) > 3 else ""
            raise violated(
                f"Findity is not what the ledger wants: {'; '.join(lacking[:3])}{more}",
                self.seen.writes() or self.seen.all(),
            )
