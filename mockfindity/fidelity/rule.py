"""What a line of the fidelity tables is made of, and where things are known from."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Provenance

_SITE = "https://developer.findity.com"

CHOSEN = "chosen"
ACCOUNTS = "charts-of-accounts guide"
ADMIN = "admin guide"
CONNECT = "connect guide"
ORGANIZATIONS = "organizations guide"
VOUCHERS = "voucher-structure guide"
AUTHENTICATION = "authentication page"
CONVENTIONS = "conventions reference"
DIMENSIONS = "dimensions page"
KEYS = "API keys reference"
PROCESS = "process export reference"
REPORTS = "expense reports page"
RFC_7009 = "RFC 7009"
USERS = "users reference"
USERS_PAGE = "users page"
USERS_UPDATE = "users update reference"
WEBHOOK = "webhook reference"

SOURCES: dict[str, str] = {
    ACCOUNTS: f"{_SITE}/docs/admin-api-charts-of-accounts",
    ADMIN: f"{_SITE}/docs/admin-api",
    CONNECT: f"{_SITE}/docs/getting-started-with-connect-api",
    ORGANIZATIONS: f"{_SITE}/docs/admin-api-organizations",
    VOUCHERS: f"{_SITE}/docs/voucher-structure",
    AUTHENTICATION: f"{_SITE}/docs/accessing",
    CONVENTIONS: f"{_SITE}/reference/conventions",
    DIMENSIONS: f"{_SITE}/docs/dimensions-new",
    KEYS: f"{_SITE}/reference/overview-3",
    PROCESS: f"{_SITE}/reference/put_organizations-organizationid-exports-exportid-updatestatus",
    REPORTS: f"{_SITE}/docs/expense-reports",
    RFC_7009: "https://www.rfc-editor.org/rfc/rfc7009",
    USERS: f"{_SITE}/reference/2809770e-a869-4973-a99b-96e4a08bce06",
    USERS_PAGE: f"{_SITE}/docs/users-new",
    USERS_UPDATE: f"{_SITE}/reference/870c6890-0ea4-4df3-b4eb-74f03c0acc6f",
    WEBHOOK: f"{_SITE}/reference/integration-webhook",
}
"""Every source that is not ``chosen``, and where it can be read."""

AREAS = (
    *("wire", "errors", "oauth", "organizations", "users", "dimensions", "accounts", "categories"),
    *("reports", "vouchers", "exports", "webhooks", "resources"),
)
"""What rules are grouped by, in the order in which they are told."""


class Rule(NamedTuple):
    """One thing the emulator does that a client could trip over.

    ``id`` begins with its area. ``tests`` prove it, each as ``tests/….py::test_name``.
    ``operations`` are the ids of those it is about, with ``*`` for any letters; ``settings`` are
    the switches of a sandbox that make it otherwise.
    """

    id: str
    what: str
    provenance: Provenance
    source: str
    tests: tuple[str, ...]
    operations: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        return self.id.partition(".")[0]


class Gap(NamedTuple):
    """Something of Findity's that is not here, and what happens instead.

    ``calls`` are requests that a client may make for it, and the status each is answered with.
    """

    what: str
    instead: str
    calls: tuple[tuple[str, str, int], ...] = ()
