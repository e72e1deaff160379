"""Who is calling: the sandbox and the API key behind a request's token."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from urllib.parse import parse_qsl, unquote_plus

from .domain.keys import ApiKey
from .errors import Unauthorized
from .sandbox import Sandbox
from .sandboxes import Sandboxes


@lru_cache(maxsize=1024)
def bearer(header: bytes | None) -> str | None:
    """The token of an ``Authorization: Bearer`` header, if it is one. A client has few of them, and
    sends each again and again."""
    if header is None:
        return None
    scheme, _, token = header.decode("latin-1").partition(" ")
    return (token.strip() or None) if scheme.lower() == "bearer" else None


def token_sandbox(sandboxes: Sandboxes, token: str | None) -> Sandbox:
    """The sandbox a token belongs to, ended ones included; ``default`` for what is nobody's."""
    return (sandboxes.owner_of(token) if token else None) or sandboxes.default


def client_sandbox(sandboxes: Sandboxes, header: str | None, body: bytes) -> Sandbox:
    """The sandbox of a token request: that of its ``client_id``, in the form or by HTTP Basic."""
    form = dict(parse_qsl(body.decode("utf-8", "replace")))
    client_id = form.get("client_id") or basic(header).get("client_id")
    return (sandboxes.owner_of(client_id) if client_id else None) or sandboxes.default


def basic(header: str | None) -> dict[str, str]:
    """Client id and secret of an ``Authorization: Basic`` header; nothing of one that is broken."""
    scheme, _, value = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    if not colon:
        return {}
    return {"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}


def authenticate(sandbox: Sandbox, text: str | None) -> ApiKey:
    """The key whose token, as ``bearer`` reads it, a request carries.

    Raises ``Unauthorized`` for a missing, unknown, expired or revoked token; the statuses are
    documented in every guide, the code is chosen.
    """
    if text is None:
        raise Unauthorized(
            "send 'Authorization: Bearer ACCESS_TOKEN'; POST /oauth/token gives one."
        )
    token = sandbox.state.tokens.get(text)
    if token is None or token.kind != "access":
        raise Unauthorized("the access token is not known: ask POST /oauth/token for a new one.")
    if not token.is_good(sandbox.clock.now()):
        how = token.ended or "expired"
        raise Unauthorized(f"the access token is {how}: refresh it or ask for a new one.")
    key = sandbox.state.keys.get(token.key_id)
    if key is None:
        raise Unauthorized("the API key of this access token is gone.")
    return key
