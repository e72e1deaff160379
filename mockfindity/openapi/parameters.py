"""The parameters of an operation: in its path, its query and its headers."""

from __future__ import annotations

import re
from typing import Any

from ..route import Route
from .schemas import Schema

PATH: dict[str, tuple[str, str]] = {
    "externalId": ("The organization's external id, given by the client.", "EXT-ORG-001"),
    "organizationId": ("Findity's id of the organization.", "70673d31e9704f768d70748c173ad7c1"),
    "userExternalId": ("The user's external id, given by the client.", "EMP-001"),
    "userId": ("Findity's id of the user.", "2c1b7f0e5d9a4b61a1f5b7a3a52c8e10"),
    "definitionExternalId": ("The dimension field's external id, or its id.", "cost-center"),
    "accountId": ("The account's id.", "5a0c4b7fe6f94c6f8a0e5d2b1c9f3e77"),
    "categoryId": ("The category's id.", "0b7c5f4b1a2d4e0f9c8b7a6d5e4f3c2b"),
    "exportId": ("The export's id.", "9f1c2d3e4b5a69788796a5b4c3d2e1f0"),
    "resourceId": ("The last part of a `basisUrl`, or of a picture's URL.", "3e4d5c6b7a8f4901"),
    "sandbox": ("The sandbox's name.", "default"),
    "snapshot": ("The snapshot's name.", "before the send"),
    "scenario": ("The scenario's name.", "all-formats"),
    "faultId": ("The fault rule's id.", "1"),
    "clientId": ("The API key's id.", "mockfindity-client"),
    "recipientId": ("The recipient's id.", "7d6c5b4a3f2e4d1c9b8a7f6e5d4c3b2a"),
    "paymentTypeId": ("The payment type's id.", "1a2b3c4d5e6f4a7b8c9d0e1f2a3b4c5d"),
    "salaryCodeId": ("The salary code's id.", "4f5e6d7c8b9a4f0e9d8c7b6a5f4e3d2c"),
    "reportId": ("The report's id.", "8a9b0c1d2e3f4a5b8c7d6e5f4a3b2c1d"),
    "voucherId": ("The voucher's id.", "70673d31e9704f768d70748c173ad7c1"),
    "receipt": ("The receipt's place in the voucher, from 0.", "0"),
    "deliveryId": ("The webhook delivery's id.", "1"),
    "requestId": ("The id of a request, or of its answer: `X-Request-Id`.", "1"),
}
"""What every parameter of a path means, and how one looks."""

VERSION = {
    "name": "X-Findity-ApiVersion",
    "in": "header",
    "description": (
        "The version of the API; `3` if not sent. The setting `requireApiVersion` refuses "
        "requests without it."
    ),
    "schema": {"type": "string", "examples": ["3"]},
}

HEADERS: dict[str, Schema] = {
    "putExportContent": {
        "name": "Content-Disposition",
        "in": "header",
        "description": 'May name the file, as in `attachment; filename="book.csv"`.',
        "schema": {"type": "string"},
    },
    "followEvents": {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "Go on after the event of this number.",
        "schema": {"type": "string"},
    },
}


def parameters_of(route: Route, path: str) -> list[dict[str, Any]]:
    """Every parameter of an operation at ``path``, in the order of the URL."""
    found = [_in_path(name, route) for name in re.findall(r"\{(\w+)\}", path)]
    found += [_in_query(param) for param in route.query]
    if route.family.name == "legacy admin":
        found.append(VERSION)
    if route.id in HEADERS:
        found.append(HEADERS[route.id])
    return found


def _in_path(name: str, route: Route) -> dict[str, Any]:
    description, example = PATH[name]
    if name == "organizationId" and not route.family.is_findity:
        description = "Findity's id of the organization, or its external id where one has it."
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "minLength": 1},
        "example": example,
    }


def _in_query(param: Any) -> dict[str, Any]:
    schema = dict(param.kind.schema)
    if param.default is not None:
        schema["default"] = param.default
    shown: dict[str, Any] = {
        "name": param.name,
        "in": "query",
        "description": param.description,
        "schema": schema,
    }
    if param.needed:
        shown["required"] = True
    return shown | ({"x-provenance": "chosen"} if param.chosen else {})
