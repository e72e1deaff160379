"""Damaged state documents, and a sweep over everything that a server answers about a state."""

from __future__ import annotations

import copy
import http.client
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from support import TAXI, Findity

from mockfindity.route import Route
from mockfindity.routes import loaded

Document = dict[str, Any]
OneOf = Callable[[Any], Any]
"""Gives one of several: how hypothesis draws."""

WORDS = (
    *("", "x", "NaN", "1e999", "2026-02-30", "9999-12-31T23:59:59Z", "0001-01-01", "\r\nX: y", "å"),
    *("TRANSFER", "READY_TO_SEND", "WITHDRAWN", "SENT", "FAILED", "APPROVAL", "SUCCESS", "NORMAL"),
)
DEEP: Any = []
for _ in range(100):
    DEEP = [DEEP]
OTHERS: tuple[Any, ...] = (None, 0, -1, 1.5, 1e300, 10**40, True, [], {}, [None], {"id": []}, DEEP)


class Damage:
    """One thing after the other that is done to a document, as hypothesis draws it."""

    def __init__(self, document: Document, one: OneOf) -> None:
        self.document, self.one = document, one
        self.head = dict(document)
        self.tables: dict[str, list[Document]] = document["tables"]
        self.full = sorted(name for name, records in self.tables.items() if records)
        self.names = sorted({value for r in self.every() for value in texts(r) if len(value) < 80})

    def every(self) -> Iterator[Document]:
        return (record for records in self.tables.values() for record in records)

    def do(self) -> None:
        self.one(
            (self.drop, self.double, self.change, self.change, self.change, self.swap, self.top)
        )()

    def records(self) -> list[Document]:
        """A table, the small ones as likely as the large."""
        return self.tables[self.one(self.full)]

    def drop(self) -> None:
        records = self.records()
        if records:
            records.remove(self.one(records))

    def double(self) -> None:
        records = self.records()
        if records:
            records.append(copy.deepcopy(self.one(records)))

    def change(self) -> None:
        """Write something else into a field, or take it away, or add one that is unknown."""
        if records := self.records():
            self._alter(self.one(records))

    def _alter(self, inside: Any) -> None:
        keys = sorted(inside) if isinstance(inside, dict) else range(len(inside))
        if not keys:
            return
        key = self.one(keys)
        if isinstance(inside[key], dict | list) and inside[key] and self.one((True, False)):
            self._alter(inside[key])
        elif self.one((True, True, True, False)):
            inside[key] = self.value()
        elif isinstance(inside, dict):
            inside[self.one((f"{key}x", key))] = inside.pop(key)

    def value(self) -> Any:
        return copy.deepcopy(self.one(self.one((WORDS, self.names, OTHERS))))

    def swap(self) -> None:
        """Give two records each other's value of a field: both are of the right type."""
        if records := self.records():
            first, second = self.one(records), self.one(records)
            key = self.one(sorted(first))
            if key in second:
                first[key], second[key] = second[key], first[key]

    def top(self) -> None:
        """Change what is not in a table, or the tables themselves."""
        head, name = self.head, self.one(self.full)
        changes: tuple[Document, ...] = (
            {"tables": self.tables | {"unknown": []}},
            {"tables": {k: v for k, v in self.tables.items() if k != name}},
            {"tables": self.tables | {name: self.value()}},
            {self.one(sorted(head)): self.value()},
            {"ids": head["ids"] - self.one((1, 50, 400))},
            {"clock": {"frozen": self.one((1e300, -1.0, 0, 253402300800.0)), "offset": 0}},
            {"clock": {"frozen": None, "offset": self.one((1e300, -1e12, 2.5e11))}},
            {"settings": head["settings"] | {"tokenLifetime": self.value()}},
        )
        self.document.update(self.one(changes))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


ENDLESS = {"waitForDeliveries", "waitForRequests", "followEvents"}
NAMED_BY = {
    "externalId": ("organizations", "externalSourceId"),
    "userId": ("users", "id"),
    "userExternalId": ("users", "externalSourceId"),
    "definitionExternalId": ("dimensions", "id"),
    "accountId": ("accounts", "id"),
    "categoryId": ("categories", "id"),
    "exportId": ("exports", "id"),
    "reportId": ("reports", "id"),
    "paymentTypeId": ("payment_types", "id"),
    "recipientId": ("recipients", "id"),
    "salaryCodeId": ("salary_codes", "id"),
    "resourceId": ("vouchers", "basisId"),
    "snapshot": ("partners", "code"),
    "clientId": ("keys", "id"),
}


class Sweep:
    """Requests to everything that a state holds; ``broken`` is what was answered with a 5xx."""

    def __init__(self, findity: Findity) -> None:
        self.findity = findity
        self.connection = http.client.HTTPConnection(urlsplit(findity.url).netloc, timeout=20)
        self.broken: list[str] = []

    def send(self, method: str, path: str, body: Any = None) -> int:
        headers = {"authorization": self.findity.api.headers["authorization"]}
        raw = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, raw, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 500:
            self.broken.append(f"{answer.status} {method} {path} {text[:200]!r}")
        return answer.status

    def control(self, method: str, path: str, body: Any = None) -> int:
        return self.send(method, f"/_mockfindity/sandboxes/{self.findity.name}{path}", body)

    def over(self, tables: dict[str, list[Document]]) -> list[str]:
        """Read everything, do what an administrator and an integration do, and read it again."""
        self._read(tables)
        self._work(tables)
        self._read(tables)
        for organization in tables["organizations"]:
            self.send("DELETE", f"/api/admin/organizations/{quoted(organization['id'])}")
            self.control("GET", "/state")
        for report in tables["reports"]:
            self.control("GET", f"/reports/{quoted(report['id'])}")
        self.connection.close()
        return self.broken

    def _read(self, tables: dict[str, list[Document]]) -> None:
        for route in loaded():
            if route.method == "GET" and route.id not in ENDLESS:
                for path in self._paths(route, tables):
                    self.send("GET", path)

    def _paths(self, route: Route, tables: dict[str, list[Document]]) -> Iterator[str]:
        path = route.paths[-1].replace("{sandbox}", self.findity.name)
        organizations = tables["organizations"] if "{org" in path or "{ext" in path else [{"id": 0}]
        for organization in organizations:
            own = path.replace("{organizationId}", quoted(organization["id"]))
            own = own.replace("{externalId}", quoted(organization.get("externalSourceId")))
            names = [part[1:-1] for part in own.split("/") if part.startswith("{")]
            if not names:
                yield own
                continue
            table, field = NAMED_BY.get(names[0], ("partners", "id"))
            records = [
                r for r in tables[table] if organization["id"] in (0, r.get("organizationId"))
            ]
            for record in records[:4]:
                yield own.replace(f"{{{names[0]}}}", quoted(record.get(field)))

    def _work(self, tables: dict[str, list[Document]]) -> None:
        for value in tables["values"][:1]:
            self._write(tables, {"dimension": value["dimensionId"], "value": value["valueId"]})
        for report in tables["reports"]:
            for step in ("submit", "approve"):
                self.control("POST", f"/reports/{quoted(report['id'])}/{step}")
        for organization in tables["organizations"]:
            where = f"/organizations/{quoted(organization['id'])}"
            self.control("POST", f"{where}/bulk-send")
            for export in tables["exports"]:
                self._acknowledge(where, export)
            self.control("POST", f"{where}/bulk-send")

    def _write(self, tables: dict[str, list[Document]], use: Document) -> None:
        """A report that is tagged, for each user."""
        for user in tables["users"]:
            where = f"/organizations/{quoted(user['organizationId'])}/reports"
            expense = TAXI | {"dimensionValues": [use]}
            body = {"owner": user.get("externalSourceId"), "name": "X", "expenses": [expense]}
            self.control("POST", where, body)

    def _acknowledge(self, where: str, export: Document) -> None:
        path = f"/api/v1/connect{where}/exports/{quoted(export['id'])}"
        for status in ("FAILED", "SUCCESS"):
            updates = [{"id": voucher, "status": status} for voucher in export["voucherIds"]]
            if self.send("PUT", f"{path}/updatestatus", {"voucherUpdates": updates}) >= 400:
                for update in updates:
                    self.send("PUT", f"{path}/updatestatus", {"voucherUpdates": [update]})


def quoted(text: Any) -> str:
    return quote(str(text), safe="") or "-"
