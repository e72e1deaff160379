"""What operations take and give that is no JSON of a model: forms, files, pictures, a stream.

By operationId. Everything else of a document is made from the table of routes and the models.
"""

from __future__ import annotations

from typing import Any

from .schemas import Schema, ref

FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"
_BINARY: Schema = {"type": "string", "format": "binary"}
_PICTURES = ("png", "jpeg", "gif", "webp")

_CLIENT: dict[str, Schema] = {
    "client_id": {
        "type": "string",
        "description": "The API key's id; left out where the client signs in by HTTP Basic.",
        "examples": ["mockfindity-client"],
    },
    "client_secret": {
        "type": "string",
        "description": "Its secret; left out with HTTP Basic, and not needed to refresh.",
        "examples": ["mockfindity-secret"],
    },
}

FORMS: dict[str, Schema] = {
    "TokenRequest": {
        "type": "object",
        "description": "A request for tokens. Source: RFC 6749, sections 4.4.2 and 6.",
        "properties": {
            "grant_type": {
                "type": "string",
                "enum": ["client_credentials", "refresh_token"],
                "description": "What is shown for the tokens: the key's secret, or a token.",
            },
            **_CLIENT,
            "refresh_token": {
                "type": "string",
                "description": "For the grant `refresh_token`; each is good once.",
            },
        },
        "required": ["grant_type"],
    },
    "RevocationRequest": {
        "type": "object",
        "description": "A token that is to end. Source: RFC 7009, section 2.1.",
        "properties": {
            "token": {
                "type": "string",
                "minLength": 1,
                "description": "An access or a refresh token.",
            },
            "token_type_hint": {
                "type": "string",
                "description": "`access_token` or `refresh_token`; not needed.",
            },
            **_CLIENT,
        },
        "required": ["token"],
    },
}

_CREDENTIALS = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}

BODIES: dict[str, dict[str, Any]] = {
    "issueToken": {
        "required": True,
        "description": "A form. With HTTP Basic, `client_id` and `client_secret` are left out.",
        "content": {
            FORM: {
                "schema": ref("TokenRequest"),
                "examples": {
                    "clientCredentials": {
                        "summary": "With the key of the sandbox `default`",
                        "value": {"grant_type": "client_credentials", **_CREDENTIALS},
                    },
                    "refreshToken": {
                        "summary": "With a refresh token",
                        "value": {
                            "grant_type": "refresh_token",
                            "client_id": "mockfindity-client",
                            "refresh_token": "default.Zk3vR0q9",
                        },
                    },
                },
            }
        },
    },
    "revokeToken": {
        "required": True,
        "description": "A form. With HTTP Basic, `client_id` and `client_secret` are left out.",
        "content": {
            FORM: {
                "schema": ref("RevocationRequest"),
                "examples": {
                    "accessToken": {
                        "summary": "An access token",
                        "value": {"token": "default.Zk3vR0q9", **_CREDENTIALS},
                    }
                },
            }
        },
    },
    "putExportContent": {
        "required": False,
        "description": "The file, up to 25 MiB, in whatever `Content-Type` it has; no body is an "
        "empty file.",
        "content": {BYTES: {"schema": _BINARY}},
    },
    "putState": {
        "required": True,
        "description": "A state document as GET gives it, up to 256 MiB.",
        "content": {"application/json": {"schema": ref("State")}},
    },
    "playScenario": {
        "required": False,
        "description": "The scenario's parameters, as the list of scenarios has them.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "seed": {
                            "type": "integer",
                            "minimum": 0,
                            "default": 0,
                            "description": "Another seed gives other ids, names and amounts.",
                        }
                    },
                    "additionalProperties": {},
                },
                "examples": {"seed": {"summary": "Another seed", "value": {"seed": 7}}},
            }
        },
    },
}
"""Bodies that no model checks."""

FILES: dict[str, dict[str, Schema]] = {
    "getResource": {"application/pdf": {"schema": _BINARY}, "image/png": {"schema": _BINARY}},
    "getExportContent": {BYTES: {"schema": _BINARY}},
    "getVoucherPdf": {"application/pdf": {"schema": _BINARY}},
    "getVoucherReceipt": {f"image/{kind}": {"schema": _BINARY} for kind in _PICTURES},
    "followEvents": {"text/event-stream": {"schema": {"type": "string"}}},
}
"""Answers that are no JSON, or not only."""

SAID: dict[str, str] = {
    "getExportContent": "The file, in the `Content-Type` that it was attached with.",
    "getResource": "The basis of the voucher, or a picture.",
    "getVoucherPdf": "The basis of the voucher.",
    "getVoucherReceipt": "The picture.",
    "followEvents": "Events, as they happen: `request`, `webhook`, `state`.",
    "playScenario": "What the scenario made, and the figures of its story.",
}
"""What an answer is, where its schema does not say it."""
