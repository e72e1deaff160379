"""What is set up in an organization: accounts, categories, payment types, fields, approvers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .line import camel, is_refusal, segment

if TYPE_CHECKING:
    from ..shapes.accounts import AccountOut
    from ..shapes.categories import CategoryOut, PaymentTypeOut
    from ..shapes.recipients import OwnRecipientOut
    from ..shapes.salary_codes import SalaryCodeOut
    from .findity import Findity

__tracebackhide__ = is_refusal


class Administration:
    """The set-up of one organization, as an integration and an administrator see to it.

    What is named is made where it is not there yet, and changed where it is.
    """

    findity: Findity
    id: str
    external_id: str

    @property
    def _admin(self) -> str:
        return f"/api/admin/organizations/externalid/{segment(self.external_id)}"

    @property
    def _control(self) -> str:
        return f"/organizations/{self.id}"

    @property
    def _accounts(self) -> str:
        return f"/api/v1/admin/organizations/{self.id}/accounts"

    def accounts(self, numbers: Mapping[str, str] | None = None) -> dict[str, AccountOut]:
        """Make or rename accounts, given as ``{"5810": "Tickets"}``; gives all, by number."""
        known: dict[str, AccountOut] = {
            one["number"]: one for one in self.findity.api("GET", self._accounts)["data"]
        }
        for number, name in (numbers or {}).items():
            body: dict[str, Any] = {"name": name, "number": number}
            if number not in known:
                known[number] = self.findity.api("POST", self._accounts, body)
            elif known[number]["name"] != name:
                path = f"{self._accounts}/{known[number]['id']}"
                body["id"] = known[number]["id"]
                known[number] = self.findity.api("PUT", path, body)
        return known

    def renumber(self, old: str, new: str) -> AccountOut:
        """Give an account another number; it keeps its id, and so what is mapped to it."""
        account = self.accounts()[old]
        body = {"id": account["id"], "name": account["name"], "number": new}
        changed: AccountOut = self.findity.api("PUT", f"{self._accounts}/{account['id']}", body)
        return changed

    def delete_account(self, number: str) -> None:
        """Take an account away, whatever is mapped to it."""
        self.findity.api("DELETE", f"{self._accounts}/{self.accounts()[number]['id']}")

    def categories(self) -> dict[str, CategoryOut]:
        """The categories, by name."""
        return {one["name"]: one for one in self._list("categories")}

    def category(self, name: str, **changes: Any) -> CategoryOut:
        """A category, changed as ``account="5810"`` (a number) or ``salary_code_id="…"``."""
        if "account" in changes:
            changes["accounting_number"] = {"number": changes.pop("account")}
        made: CategoryOut = self._set("categories", "name", name, changes)
        return made

    def payment_type(self, name: str, **changes: Any) -> PaymentTypeOut:
        """A payment type, changed as ``account="2820"`` (a number) or ``is_default=True``."""
        if "account" in changes:
            account = self.accounts()[changes.pop("account")]
            changes["accounting_number_id"] = account["id"]
        made: PaymentTypeOut = self._set("payment-types", "name", name, changes)
        return made

    def salary_code(self, number: str, text: str) -> SalaryCodeOut:
        """A salary code, as payroll calls it."""
        made: SalaryCodeOut = self._set("salary-codes", "number", number, {"text": text})
        return made

    def add_recipient(self, name: str, **fields: Any) -> OwnRecipientOut:
        """One more API recipient, which comes after the others; fields as in ``recipient``."""
        body = recipient_body({"recipient_name": name} | fields)
        made: OwnRecipientOut = self.findity.control("POST", f"{self._control}/recipients", body)
        return made

    def dimension(self, external_id: str, values: Mapping[str, str], **fields: Any) -> None:
        """A dimension field and values of it, given as ``{"CC-1": "Sales"}``."""
        called = external_id.replace("-", " ").capitalize()
        field = {"externalSourceId": external_id, "description": called}
        field |= {camel(key): value for key, value in fields.items()}
        self.findity.api("PUT", f"{self._admin}/customdimensions/", [field])
        body = [
            {"id": key, "value": value, "sortOrder": place}
            for place, (key, value) in enumerate(values.items(), 1)
        ]
        path = f"{self._admin}/customdimensions/{segment(external_id)}/list/"
        self.findity.api("PUT", f"{path}?clearBeforeUpdate=false", {"values": body})

    def approvers(self, dimension: str, users: Mapping[str, Sequence[str]]) -> None:
        """Who approves what is tagged with a value, one after the other: ``{"CC-1": ["BO"]}``."""
        values = [
            {
                "id": value,
                "approvers": [
                    {"externalSourceId": user, "sortOrder": place}
                    for place, user in enumerate(named)
                ],
            }
            for value, named in users.items()
        ]
        path = f"{self._admin}/customdimensions/{segment(dimension)}/list/approvers/"
        self.findity.api("PUT", path, {"values": values})

    def _list(self, noun: str) -> list[Any]:
        return list(self.findity.control("GET", f"{self._control}/{noun}")["data"])

    def _set(self, noun: str, key: str, name: str, changes: Mapping[str, Any]) -> Any:
        body = {camel(field): value for field, value in changes.items()}
        path = f"{self._control}/{noun}"
        for one in self._list(noun):
            if one[key] == name:
                return self.findity.control("PUT", f"{path}/{one['id']}", body)
        return self.findity.control("POST", path, {key: name} | body)


def recipient_body(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a recipient as the control API takes them; ``format`` is short for
    ``verification_lists_type``."""
    body = {camel(name): value for name, value in fields.items()}
    if "format" in body:
        body["verificationListsType"] = body.pop("format")
    return body
