"""The ledger: what the ERP wants to be in Findity, and how it is written for a client.

Its JSON shape is published in ``contracts/ledger.schema.json``. A client that reads another one
gets it through a template; see ``template``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import template

if TYPE_CHECKING:
    from ..testing.findity import Findity

ADDRESS = ("street1", "postalCode", "city", "countryCode")


@dataclass
class Ledger:
    """What the ERP wants. ``accounts`` are names by number, the whole chart; ``users`` what is
    known of the employees by external id; ``values`` those of each dimension field, texts by id,
    and ``fields`` what the fields are called.

        ledger = company.ledger()  # as Findity has it
        ledger.accounts["5899"] = "Conference fees"
        company.wants(ledger)
    """

    organization: dict[str, Any]
    accounts: dict[str, str]
    users: dict[str, dict[str, Any]]
    fields: dict[str, str]
    values: dict[str, dict[str, str]]

    @classmethod
    def of(cls, findity: Findity, external_id: str) -> Ledger:
        """The ledger that wants what Findity has: an organization that is there, made from the
        Swedish template."""
        path = f"/api/admin/organizations/externalid/{external_id}"
        found = findity.api("GET", f"{path}/")
        accounts = findity.api("GET", f"/api/v1/admin/organizations/{found['id']}/accounts")
        fields = findity.api("GET", f"{path}/customdimensions/")["dimensions"]
        fields = [field for field in fields if field["externalSourceId"]]
        ids = [field["externalSourceId"] for field in fields]
        lists = [findity.api("GET", f"{path}/customdimensions/{one}/list/") for one in ids]
        return cls(
            organization={
                "externalSourceId": external_id,
                "name": found["name"],
                "vat": found["vat"],
                "partnerCode": found["partnerCode"],
                "templateOrganizationId": "tmpl-se-001",
                "address": {key: found["address"][key] for key in ADDRESS},
            },
            accounts={one["number"]: one["name"] for one in accounts["data"]},
            users={
                user["externalSourceId"]: _employee(user)
                for user in findity.api("GET", f"{path}/users/")
            },
            fields={field["externalSourceId"]: field["description"] for field in fields},
            values={
                one: {value["id"]: value["value"] for value in given["values"]}
                for one, given in zip(ids, lists, strict=True)
            },
        )

    def hires(self, name: str) -> None:
        """There is one more employee: ``"BO"``, whose names and mail address follow from it."""
        self.users[name] = {
            "firstName": name.title(),
            "lastName": "Ek",
            "email": f"{name.lower()}@example.com",
            "employeeId": str(1001 + len(self.users)),
        }

    def as_data(self) -> dict[str, Any]:
        """The ledger as it is published."""
        return {
            "organization": self.organization,
            "accounts": [{"number": n, "name": name} for n, name in self.accounts.items()],
            "users": [{"externalSourceId": key} | user for key, user in self.users.items()],
            "dimensions": [
                {
                    "externalSourceId": key,
                    "description": self.fields[key],
                    "values": [{"id": one, "value": text} for one, text in values.items()],
                }
                for key, values in self.values.items()
            ],
        }

    def write(self, target: Path, shape: Path | None) -> None:
        """Write it where the client looks for it, through a template if there is one.

        Raises ``template.TemplateError`` for one that cannot be filled.
        """
        data = self.as_data()
        if shape is None:
            target.write_text(json.dumps(data, indent=2, ensure_ascii=False), "utf-8")
        elif shape.is_dir():
            target.mkdir(exist_ok=True)
            for one in sorted(path for path in shape.iterdir() if path.is_file()):
                (target / one.name).write_text(template.filled(one, data), "utf-8")
        else:
            target.write_text(template.filled(shape, data), "utf-8")

    def lacking(self, found: Ledger, parts: tuple[str, ...]) -> list[str]:
        """What of this is not so in ``found``, of the parts that a client keeps in line."""
        lacking = {
            "organization": self._organization(found),
            "accounts": _differences("account", self.accounts, found.accounts),
            "users": _differences("user", self.users, found.users),
            "dimensions": self._values(found),
        }
        return [text for part, texts in lacking.items() if part in parts for text in texts]

    def _organization(self, found: Ledger) -> list[str]:
        keys = ("name", "vat", "address")
        return _differences(
            "the organization's",
            {key: self.organization[key] for key in keys},
            {key: found.organization[key] for key in keys},
        )

    def _values(self, found: Ledger) -> list[str]:
        return _differences("dimension field", self.fields, found.fields) + [
            text
            for field, values in self.values.items()
            for text in _differences(f"{field} value", values, found.values.get(field, {}))
        ]


def file_name(shape: Path | None) -> str:
    """What the client's ledger is called; a folder, where the template is one."""
    return "ledger.json" if shape is None else f"ledger{shape.suffix}"


def _employee(user: dict[str, Any]) -> dict[str, Any]:
    person = user["person"]
    return {
        "firstName": person["firstName"],
        "lastName": person["lastName"],
        "email": person["email"],
        "employeeId": user["employeeId"],
    }


def _differences(what: str, wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    lacking = [f"{what} {key} is not there" for key in wanted if key not in found]
    return lacking + [
        f"{what} {key} is {found[key]!r} and should be {value!r}"
        for key, value in wanted.items()
        if key in found and found[key] != value
    ]
