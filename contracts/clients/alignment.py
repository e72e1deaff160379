"""Keeps what Findity knows of an organization in line with our ledger. Goes with ``reference.py``.

What to keep when you change it: look the organization up before you create it; write only what
differs, so that a second run writes nothing; take away only what is ours to take away. The ledger's
shape is ``ledger.schema.json``.
"""

from __future__ import annotations

from typing import Any, Protocol
from urllib.parse import quote

Json = dict[str, Any]


class Api(Protocol):
    """What is asked of Findity's API."""

    def get(self, path: str) -> Any:
        """The JSON at ``path``."""

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a call."""


class Alignment:
    """One run: what it could not do stands in ``problems``, the organization in ``found``."""

    def __init__(self, findity: Api, ledger: Json) -> None:
        self.findity, self.ledger = findity, ledger
        self.problems: list[str] = []
        self.found: Json | None = None

    def run(self) -> None:
        """Bring the organization, its fields and their values, users and accounts in line."""
        self.found = self.organization(self.ledger["organization"])
        if self.found is None:
            return
        self.fields(self.ledger["dimensions"])
        for field in self.ledger["dimensions"]:
            self.values(field)
        self.users(self.ledger["users"])
        self.accounts(self.found, self.ledger["accounts"])

    @property
    def admin(self) -> str:
        external_id = quote(self.ledger["organization"]["externalSourceId"], safe="")
        return f"/api/admin/organizations/externalid/{external_id}"

    # ---- the organization ---------------------------------------------------------------------

    def organization(self, wanted: Json) -> Json | None:
        """The organization, created or changed where it must be; ``None`` if it is not ours."""
        held = self.lookup(wanted["vat"])
        is_ours = held.get("externalSourceId") == wanted["externalSourceId"]
        if held["result"] != "NOT_FOUND" and not is_ours:
            self.problems.append(f"{wanted['vat']} is in Findity already: {held['result']}")
            return None
        found = self.findity.get(f"{self.admin}/") if is_ours else {}
        body = {key: wanted[key] for key in ("externalSourceId", "name", "vat")}
        body["address"] = {key: value for key, value in wanted["address"].items() if value}
        if not differs(body, found):
            return dict(found)
        if not is_ours:
            body["className"] = "com.findity.consumer.Company"
            body["partnerCode"] = wanted["partnerCode"]
            body["settings"] = {"templateOrganizationId": wanted["templateOrganizationId"]}
        self.findity.call("POST", f"{self.admin}/", body)
        return dict(self.findity.get(f"{self.admin}/"))

    def lookup(self, vat: str) -> Json:
        """Who has this registration number."""
        path = "/api/admin/organizations/externalid/lookup/"
        return dict(self.findity.get(f"{path}?vat={quote(vat, safe='')}"))

    # ---- dimension fields and their values ----------------------------------------------------

    def fields(self, wanted: list[Json]) -> None:
        there = self.findity.get(f"{self.admin}/customdimensions/")["dimensions"]
        known = {field["externalSourceId"]: field for field in there}
        bodies = [{k: f[k] for k in ("externalSourceId", "description")} for f in wanted]
        changed = [b for b in bodies if differs(b, known.get(b["externalSourceId"], {}))]
        if changed:
            self.findity.call("PUT", f"{self.admin}/customdimensions/", changed)

    def values(self, field: Json) -> None:
        """Add and change values. What we do not know is not ours, and stays."""
        path = f"{self.admin}/customdimensions/{quote(field['externalSourceId'], safe='')}/list/"
        there = {value["id"]: value for value in self.findity.get(path)["values"]}
        changed = [value for value in field["values"] if differs(value, there.get(value["id"], {}))]
        if changed:
            self.write_values(path, changed)

    def write_values(self, path: str, values: list[Json]) -> None:
        self.findity.call("PUT", f"{path}?clearBeforeUpdate=false", {"values": values})

    # ---- users --------------------------------------------------------------------------------

    def users(self, wanted: list[Json]) -> None:
        there = self.findity.get(f"{self.admin}/users/")
        known = {user["externalSourceId"]: user for user in there}
        bodies = [self.user(one) for one in wanted]
        changed = [b for b in bodies if differs(b, known.get(b["externalSourceId"], {}))]
        if changed:
            self.write_users(changed)

    def user(self, wanted: Json) -> Json:
        """An employee of the ledger's, as the API takes one."""
        return {
            "externalSourceId": wanted["externalSourceId"],
            "employeeId": wanted["employeeId"],
            "person": {key: wanted[key] for key in ("firstName", "lastName", "email")},
        }

    def write_users(self, users: list[Json]) -> None:
        """All in one call: they are all written, or none."""
        self.findity.call("PUT", f"{self.admin}/users/?sendInvitationMail=false", users)

    # ---- the chart of accounts ----------------------------------------------------------------

    def accounts(self, organization: Json, wanted: list[Json]) -> None:
        path = f"/api/v1/admin/organizations/{organization['id']}/accounts"
        there = {account["number"]: account for account in self.findity.get(path)["data"]}
        for account in wanted:
            found = there.pop(account["number"], None)
            if found is None:
                self.findity.call("POST", path, self.account(account))
            elif found["name"] != account["name"]:
                self.change(path, found["id"], account)
        used = self.in_use(organization)
        for account in there.values():
            if account["id"] in used:
                self.problems.append(f"account {account['number']} is in use, and stays")
            else:
                self.findity.call("DELETE", f"{path}/{account['id']}")

    def account(self, wanted: Json) -> Json:
        """An account of the ledger's, as the API takes one: nothing but these two."""
        return {"number": wanted["number"], "name": wanted["name"]}

    def change(self, path: str, account_id: str, wanted: Json) -> None:
        self.findity.call("PUT", f"{path}/{account_id}", {"id": account_id} | self.account(wanted))

    def in_use(self, organization: Json) -> set[str]:
        """The ids of the accounts that categories, payment types and tax are booked on."""
        service = organization["services"][0]
        named = [*service["categories"], *service["paymentTypes"]]
        return {one["accountingNumberId"] for one in named} | {service["taxAccountingNumberId"]}


def differs(wanted: Json, found: Json) -> bool:
    """Whether something that is wanted is not found so; what else is there does not matter."""
    return any(
        differs(value, found.get(key) or {}) if isinstance(value, dict) else found.get(key) != value
        for key, value in wanted.items()
    )
