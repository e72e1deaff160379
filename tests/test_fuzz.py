"""Requests of any shape: none of them may break the server.

Each test sends 10,000 requests, to a sandbox with an organization, reports and an export in it that
is made anew every 500. They are built from the table of routes: right and wrong methods, paths with
real and made-up ids, mutilated paths, queries, headers and bodies that are valid, nearly valid,
JSON of any kind, or no JSON at all.
"""

from __future__ import annotations

import http.client
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from support import Findity

from mockfindity.route import Route
from mockfindity.routes import loaded
from mockfindity.server import serving

REQUESTS = 10_000
METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get")
ENDLESS = {"waitForDeliveries", "waitForRequests", "followEvents"}
CONTROL = [r for r in loaded() if r.family.auth == "control" and r.id not in ENDLESS]
FINDITY = [r for r in loaded() if r.family.is_findity]
SWEEPING = {"deleteOrganization", "deleteOrganizationByInternalId", "deleteSandbox", "resetSandbox"}
"""Operations after which there is little left to try: they come seldom."""

TEXTS = (
    *("", "a", "ACME", "ANNA", "default", "lookup", "EXPENSE", "SUCCESS", "FAILED", "Travel"),
    *("2026-03-02", "2026-02-30", "SEK", "RECEIPT", "MILEAGE", "application/json", "null"),
    *("å\u0000ß", "\u202e", "😀", "../..", "%", "x" * 300, "http://127.0.0.1:9/", "0" * 32),
)
NUMBERS = (0, 1, -1, 100, 1.5, -0.005, 1e-9, 1e15, 2**63, 10**40, True, False, None)


class Shapes:
    """Requests for some routes, one after the other, from a seed."""

    def __init__(self, seed: int, routes: list[Route], url: str) -> None:
        self.any, self.routes, self.url = random.Random(seed), routes, url
        self.findity, self.ids = furnished(url)
        self.texts = (*TEXTS, *self.ids.values())

    def _move(self) -> None:
        """Go on in a new sandbox."""
        self.findity.close()
        self.findity, self.ids = furnished(self.url)
        self.texts = (*TEXTS, *self.ids.values())

    def text(self) -> str:
        return self.any.choice(self.texts)

    def value(self, depth: int = 0) -> Any:
        kind = self.any.random()
        if depth > 3 or kind < 0.5:
            return self.text()
        if kind < 0.75:
            return self.any.choice(NUMBERS)
        if kind < 0.88:
            return [self.value(depth + 1) for _ in range(self.any.randrange(3))]
        return {self.text(): self.value(depth + 1) for _ in range(self.any.randrange(3))}

    def model(self, model: Any) -> dict[str, Any]:
        """Some fields of a request model, some with values of the right kind."""
        body: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            if field.is_required() or self.any.random() < 0.5:
                inner = _model_in(field.annotation)
                words = _words_in(field.annotation)
                wire_name = field.alias or name
                if wire_name in self.ids and self.any.random() < 0.7:
                    body[wire_name] = self.ids[wire_name]
                elif words and self.any.random() < 0.9:
                    body[wire_name] = self.any.choice(words)
                elif inner is not None and self.any.random() < 0.9:
                    made = self.model(inner)
                    many = "list" in str(field.annotation)
                    body[field.alias or name] = [made] if many else made
                else:
                    body[field.alias or name] = self.value()
        return body

    def body(self, route: Route) -> bytes | None:
        kind = self.any.random()
        if kind < 0.2:
            return None
        if kind < 0.3:
            return self.any.randbytes(self.any.randrange(60))
        if kind < 0.4:
            return json.dumps(self.value()).encode()
        if kind < 0.45:
            return b"[" * 500
        if route.body is None:
            return b"grant_type=client_credentials&client_id=" + quote(self.text()).encode()
        made = self.model(route.body.model)
        data = json.dumps([made] if route.body.many else made).encode()
        return data if kind < 0.95 else data[: self.any.randrange(len(data) + 1)]

    def path(self, route: Route) -> str:
        segments = self.any.choice(route.paths).split("/")
        filled = [
            self._parameter(segment[1:-1]) if segment.startswith("{") else segment
            for segment in segments
        ]
        if self.any.random() < 0.1:
            filled[self.any.randrange(1, len(filled))] = quote(self.text(), safe="/%")
        path = "/".join(filled) + self.any.choice(("", "/") * 9 + ("//",))
        if self.any.random() < 0.4:
            names = [param.name for param in route.query] or ["x"]
            path += f"?{self.any.choice(names)}={quote(self.text())}"
        return path if path.startswith("/") else f"/{path}"

    def _parameter(self, name: str) -> str:
        right = self.ids.get(name)
        made_up = right is None or self.any.random() < 0.1
        return quote(self.text() if made_up else str(right), safe="")

    def headers(self) -> dict[str, str]:
        headers = {"authorization": self.findity.api.headers["authorization"]}
        chance = self.any.random()
        if chance < 0.1:
            headers["authorization"] = self.any.choice(("Bearer x", "Basic !", "Basic YTpi", ""))
        elif chance < 0.3:
            headers["content-type"] = self.any.choice(
                ("text/plain", "application/x-www-form-urlencoded", "x", "text/html; charset=å")
            )
        elif chance < 0.4:
            headers["content-disposition"] = self.any.choice(
                ("attachment; filename*=x''%ff", 'a; filename="ä"', "filename", "a; filename*0*=1")
            )
        return headers

    def __iter__(self) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
        number = 0
        while number < REQUESTS:
            route = self.any.choice(self.routes)
            if route.id in SWEEPING and self.any.random() < 0.9:
                continue
            method = route.method if self.any.random() < 0.85 else self.any.choice(METHODS)
            number += 1
            if number % 500 == 0:
                self._move()
            yield method, self.path(route), self.body(route), self.headers()


def _model_in(annotation: Any) -> Any:
    """The request model that a field's type holds, if it holds one."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)


def _words_in(annotation: Any) -> tuple[Any, ...]:
    """The words a field's type allows, if it lists them."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((words for a in get_args(annotation) if (words := _words_in(a))), ())


def furnished(url: str) -> tuple[Findity, dict[str, str]]:
    """A new sandbox with something of everything in it, and what that goes by in paths."""
    findity = Findity(url, httpx2.post(f"{url}/_mockfindity/sandboxes", json={}).json())
    findity.organization("ACME")
    findity.users("ANNA", "BO")
    findity.changed("/settings", {"webhookMode": "collect"})
    base = f"/organizations/{findity.org}"
    recipient = findity.recipient(webhookUrl="http://127.0.0.1:9/")["id"]
    ready, sent = findity.ready(), findity.bulk_send()
    report, voucher = findity.ready(), findity.vouchers(sent["exportId"])[0]
    first = {
        name: findity.control("GET", f"{base}/{noun}").json()["data"][0]["id"]
        for name, noun in (
            ("categoryId", "categories"),
            ("paymentTypeId", "payment-types"),
            ("salaryCodeId", "salary-codes"),
        )
    }
    return findity, first | {
        "sandbox": findity.name,
        "clientId": findity.client_id,
        "organizationId": findity.org,
        "externalId": "ACME",
        "externalSourceId": "ACME",
        "userExternalId": "ANNA",
        "owner": "ANNA",
        "userId": voucher["ownerId"],
        "definitionExternalId": "project",
        "accountId": findity.api.get(findity.accounts).json()["data"][0]["id"],
        "exportId": sent["exportId"],
        "reportId": report,
        "id": voucher["id"],
        "recipientId": recipient,
        "deliveryId": sent["webhook"],
        "requestId": "1",
        "resourceId": voucher["basisUrl"].rpartition("/")[2],
        "category": "Travel",
        "date": "2026-03-02",
        "other": ready,
    }


@pytest.mark.parametrize("routes", [FINDITY, CONTROL], ids=["findity", "control"])
def test_no_request_breaks_the_server(
    routes: list[Route], caplog: pytest.LogCaptureFixture
) -> None:
    with serving() as url, caplog.at_level(logging.ERROR):
        broken, answered = _sent(Shapes(1, routes, url))

    assert (broken, caplog.records) == ([], [])
    assert min(answered[status] for status in (200, 400, 404, 405)) > 100


def _sent(shapes: Shapes) -> tuple[list[str], Counter[int]]:
    """What broke the server, and how often each status was answered."""
    broken: list[str] = []
    answered: Counter[int] = Counter()
    connection = http.client.HTTPConnection(urlsplit(shapes.url).netloc, timeout=20)
    for method, path, body, headers in shapes:
        raw = {name: value.encode("utf-8") for name, value in headers.items()}
        connection.request(method, path, body, raw)
        answer = connection.getresponse()
        answer.read()
        answered[answer.status] += 1
        if answer.status >= 500:
            broken.append(f"{answer.status} {method} {path} {body!r}")
    connection.close()
    shapes.findity.close()
    return broken, answered
