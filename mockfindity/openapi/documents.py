"""A whole document: which routes are in it, and what it says about all of them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from .. import __version__
from ..route import Route
from ..routes import loaded
from . import refusals
from .media import FORMS
from .operations import canonical, operation_of, tags_of
from .schemas import Schema, Schemas, answers_of
from .webhooks import PAYLOADS, webhooks

DEFAULT_URL = "http://127.0.0.1:4655"

PROVENANCE = """\
Every operation and every error says how far it is known to be Findity's (`x-provenance`):
`documented` stands in a guide of Findity's, `observed` was seen at the real service, `inferred`
follows from what is documented, `chosen` is mockfindity's decision where the guides are silent.
`x-source` names the guide, `x-also-at` the other paths that answer alike."""

SIGN_IN = """\
Calls carry the access token of an API key, which the token endpoint gives. The sandbox `default`
has the key `mockfindity-client` with the secret `mockfindity-secret`."""


class Part(NamedTuple):
    """One document: its title, what it says of itself, and the families of its routes."""

    title: str
    description: str
    families: tuple[str, ...]


PARTS: dict[str, Part] = {
    "oauth": Part(
        "Findity OAuth (mockfindity)",
        "Tokens for API keys, by the client credentials and refresh token grants of OAuth 2.0.",
        ("oauth",),
    ),
    "admin": Part(
        "Findity Admin API (mockfindity)",
        "What a customer is set up with: organizations, users, dimensions and their approvers, the "
        f"chart of accounts, categories.\n\n{SIGN_IN}",
        ("legacy admin", "admin"),
    ),
    "connect": Part(
        "Findity Connect API (mockfindity)",
        "What was approved, on its way to bookkeeping or payroll: exports, their voucher packages, "
        "what became of each voucher, files to attach, and the webhook that announces an export."
        f"\n\n{SIGN_IN}",
        ("connect", "resources"),
    ),
    "control": Part(
        "mockfindity control API",
        "What Findity does by hand, and what a test needs: the humans' steps, the bulk send, "
        "sandboxes, snapshots, the clock, the journal of requests, faults, webhooks. None of it is "
        "Findity's; all of it is chosen.\n\nEvery path names its sandbox; without "
        "`/sandboxes/{sandbox}` it acts on the sandbox `default`.",
        ("control",),
    ),
}

DOCUMENTS = tuple(PARTS)

ALIKE = {
    "AddressIn": "Address",
    "CategoryIn": "Category",
    "DimensionIn": "Dimension",
    "ExpenseIn": "Expense",
    "FaultIn": "FaultRule",
    "NewCategory": "Category",
    "NewPaymentType": "PaymentType",
    "NewSalaryCode": "SalaryCode",
    "OrganizationIn": "Organization",
    "PartnerIn": "Partner",
    "PersonIn": "UserPerson",
    "ReceiptIn": "Receipt",
    "RecipientIn": "OwnRecipient",
    "ReportIn": "Report",
    "UserIn": "User",
    "ValueIn": "DimensionValue",
    "VoucherUpdate": "VoucherResult",
}
"""Bodies whose fields are those of an answer: what is said of one holds for the other."""

SECURITY_SCHEMES: dict[str, Schema] = {
    "oauth2": {
        "type": "oauth2",
        "description": "An access token of the token endpoint.",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
    },
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An access token, however it was come by.",
    },
    "client": {
        "type": "http",
        "scheme": "basic",
        "description": "The API key's id and secret, instead of in the form.",
    },
    "controlToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Mockfindity-Token",
        "description": "What the server was started with as `--control-token`, if it was.",
    },
}
_SCHEMES_OF = {"oauth": ("client",), "control": ("controlToken",)}

HEADERS: dict[str, Schema] = {
    "X-Request-Id": {
        "description": "The request's id, a UUID; an error has it as `requestId` too.",
        "schema": {"type": "string", "format": "uuid"},
    },
    "WWW-Authenticate": {
        "description": "How to sign in: `Bearer`, or `Basic` at the token endpoint.",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds until the next request may be made.",
        "schema": {"type": "integer", "minimum": 0},
    },
}


def document(name: str, url: str = DEFAULT_URL) -> dict[str, Any]:
    """The document ``name``, one of ``DOCUMENTS``, of a server at ``url``.

    Raises ``KeyError`` for another name.
    """
    part = PARTS[name]
    routes = [route for route in loaded() if route.family.name in part.families]
    schemas = _schemas(name, routes)
    hooks = webhooks(schemas) if name == "connect" else {}
    known = frozenset(route.id for route in routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        found = paths.setdefault(canonical(route), {})
        found[route.method.lower()] = operation_of(route, schemas, known)
    whole = {
        "openapi": "3.1.0",
        "info": _info(part),
        "servers": [{"url": url, "description": "A mockfindity"}],
        "tags": tags_of(routes),
        "paths": paths,
        "webhooks": hooks,
        "components": _components(name, routes, schemas),
    }
    return {key: value for key, value in whole.items() if value}


def written(name: str, url: str = DEFAULT_URL) -> str:
    """The document as it is checked in: indented JSON that ends with a line feed."""
    return json.dumps(document(name, url), indent=2, ensure_ascii=False) + "\n"


def _info(part: Part) -> dict[str, Any]:
    summary, _, more = part.description.partition("\n\n")
    return {
        "title": part.title,
        "version": __version__,
        "summary": summary,
        "description": f"{more}\n\n{PROVENANCE}".strip(),
        "contact": {"name": "mockfindity contributors"},
        "license": {"name": "MIT", "url": "https://opensource.org/license/mit"},
    }


def _schemas(name: str, routes: list[Route]) -> Schemas:
    """The schemas of the bodies and answers of ``routes``.

    What a PUT leaves out stays as it is, so its models have no defaults.
    """
    bodies = [route.body for route in routes if route.body is not None]
    answers = [kind for route in routes for kind in answers_of(route.operation)]
    answers += PAYLOADS if name == "connect" else []
    schemas = Schemas(bodies, answers, strict=name == "control")
    put = [route.body for route in routes if route.body is not None and route.method == "PUT"]
    schemas.strip_defaults(body.model for body in put)
    schemas.describe(ALIKE)
    return schemas


def _components(name: str, routes: list[Route], schemas: Schemas) -> dict[str, Any]:
    kinds = [kind for route in routes for kind in refusals.refusals_of(route)]
    drawn = sorted(dict.fromkeys(kinds), key=lambda kind: (kind.status, kind.__name__))
    forms = FORMS if name == "oauth" else {}
    schemes = _SCHEMES_OF.get(name, ("oauth2", "bearer"))
    return {
        "schemas": schemas.components
        | forms
        | {kind.__name__: refusals.schema(kind) for kind in drawn},
        "examples": {kind.__name__: refusals.example(kind) for kind in drawn},
        "headers": {
            key: header
            for key, header in HEADERS.items()
            if key != "Retry-After" or name != "control"
        },
        "securitySchemes": {scheme: SECURITY_SCHEMES[scheme] for scheme in schemes},
    }
