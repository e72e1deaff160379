"""A good request for every route of Findity's APIs that takes a token.

Ids stand in braces: ``{organizationId}`` and so on, as in the routes themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from mockfindity.route import Route
from mockfindity.routes import loaded

COMPANY = {
    "externalSourceId": "{externalId}",
    "className": "com.findity.consumer.Company",
    "settings": {"templateOrganizationId": "tmpl-se-001"},
}
CLAES = {"externalSourceId": "CLAES", "firstName": "Claes", "lastName": "Ek"}
BODIES: dict[str, Any] = {
    "upsertOrganization": COMPANY,
    "upsertOrganizationByInternalId": {"phone": "08-123 456"},
    "putUsers": [CLAES],
    "putDimensions": [{"description": "Crew"}],
    "putDimensionValues": {"values": [{"id": "CC-001", "value": "Sales"}]},
    "putApprovers": {"values": [{"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}]},
    "createAccount": {"name": "Travel expenses", "number": "9999"},
    "updateAccount": {"id": "{accountId}", "name": "Travel expenses", "number": "9999"},
    "updateCategory": {"accountNumber": "5810"},
    "updateExportStatus": {"voucherUpdates": [{"id": "{voucherId}", "status": "SUCCESS"}]},
    "putExportContent": {"book": []},
}
QUERIES = {"lookupOrganization": "?vat=556123-4567"}


class Request(NamedTuple):
    """A request for a route; ``names_organization`` where its path does."""

    route: Route
    method: str
    path: str
    body: Any

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names_organization(self) -> bool:
        return "{externalId}" in self.path or "{organizationId}" in self.path

    @property
    def creates_organization(self) -> bool:
        return self.route.id == "upsertOrganization"


def requests() -> Iterator[Request]:
    """A request for every path of every route that takes a token."""
    for route in loaded():
        if route.family.auth in ("bearer", "open"):
            body = BODIES.get(route.id, BODIES.get(route.id.removesuffix("ByInternalId")))
            for path in route.paths:
                yield Request(route, route.method, path + QUERIES.get(route.id, ""), body)


REQUESTS = list(requests())
