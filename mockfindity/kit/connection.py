"""What a client is given: where Findity is, its key, its organization, and files to work with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

VARIABLES = {
    "FINDITY_BASE_URL": "{base_url}",
    "FINDITY_TOKEN_URL": "{token_url}",
    "FINDITY_CLIENT_ID": "{client_id}",
    "FINDITY_CLIENT_SECRET": "{client_secret}",
    "FINDITY_ORGANIZATION_ID": "{organization_id}",
    "FINDITY_EXTERNAL_ORGANIZATION_ID": "{external_organization_id}",
    "FINDITY_LEDGER": "{ledger}",
    "FINDITY_BOOKINGS": "{bookings}",
}
"""The environment variables that a client gets, whatever other ones it wants."""


class Connection(NamedTuple):
    """All that a client is told. ``base_url`` is the server's, without a path.

    ``ledger`` is a JSON file with what the ERP wants to be in Findity (for `admin-sync`);
    ``bookings`` one that the client may write, a JSON object per line for every voucher row that
    it booked: ``{"exportId", "voucherId", "rowId", "account", "debit", "credit"}``, further fields
    as it likes. ``account`` is the number of the row's ``accountingNumber``, null where it has
    none; of ``debit`` and ``credit`` the row's ``amount`` stands in one, as a number, and the other
    is 0 or missing. The file is there from run to run within a rule, and not at the beginning.
    """

    base_url: str
    token_url: str
    client_id: str
    client_secret: str
    organization_id: str
    external_organization_id: str
    ledger: Path
    bookings: Path

    def environment(self, templates: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment variables, and those of ``templates``: ``{"API": "{base_url}/api"}``.

        A template may name every field, and what stands in the environment already. Raises
        ``ValueError`` for one that names anything else.
        """
        values = {name: str(value) for name, value in self._asdict().items()}
        made = {name: text.format(**values) for name, text in VARIABLES.items()}
        for name, text in (templates or {}).items():
            check_template(name, text)
            made[name] = text.format(**values)
        return made


def check_template(name: str, text: str) -> None:
    """Raise ``ValueError`` for a template that names what no connection has."""
    try:
        named = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise ValueError(f"env.{name}: {text!r} is no template: {error}") from None
    unknown = named - set(Connection._fields)
    if unknown:
        fields = ", ".join(Connection._fields)
        raise ValueError(f"env.{name}: there is no {{{unknown.pop()}}}; there are {fields}.")


def from_environment(environment: Mapping[str, str] = os.environ) -> Connection:
    """The connection that a client finds in its environment; raises ``KeyError`` for what lacks."""
    found = {text.strip("{}"): environment[name] for name, text in VARIABLES.items()}
    return Connection(
        found["base_url"],
        found["token_url"],
        found["client_id"],
        found["client_secret"],
        found["organization_id"],
        found["external_organization_id"],
        Path(found["ledger"]),
        Path(found["bookings"]),
    )
