"""OAuth 2.0: tokens for API keys. Source: the authentication page (facts); errors as RFC 6749.

The sandbox is found by the ``client_id``, so these operations find it themselves.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ..auth import basic
from ..call import Call
from ..domain.keys import ApiKey, ended, pair
from ..errors import InvalidClient, OAuthError
from ..sandbox import Sandbox, random_text

if TYPE_CHECKING:
    from ..shapes.oauth import RevokedOut, TokenOut

TOKEN_LENGTH = 120


def issue_token(call: Call) -> TokenOut:
    """Give an access token for an API key, or a new one for a refresh token.

    Form fields: ``grant_type`` (``client_credentials`` or ``refresh_token``), ``client_id``,
    ``client_secret``, ``refresh_token``; the client may authenticate by HTTP Basic instead.
    """
    form = _form(call)
    grant = form.get("grant_type")
    if not grant:
        raise OAuthError("invalid_request", "grant_type is missing: send client_credentials.")
    if grant == "client_credentials":
        sandbox, key = _client(call, form, secret_needed=True)
        return _issued(sandbox, key, family=random_text(sandbox.name))
    if grant == "refresh_token":
        return _refresh(call, form)
    raise OAuthError(
        "unsupported_grant_type",
        f"grant_type {grant!r}: client_credentials and refresh_token are served.",
    )


def revoke_token(call: Call) -> RevokedOut:
    """End a token (RFC 7009); a refresh token takes its access tokens with it.

    Answers 200 for a token that is not known, as the RFC wants.
    """
    form = _form(call)
    sandbox, key = _client(call, form, secret_needed=True)
    text = form.get("token")
    if not text:
        raise OAuthError("invalid_request", "token is missing.")
    token = sandbox.state.tokens.get(text)
    if token is not None and token.key_id == key.id:
        family = sandbox.state.tokens.many("family", token.family)
        sandbox.state.put(*ended(family if token.kind == "refresh" else [token], "revoked"))
    return {}


def _form(call: Call) -> dict[str, str]:
    """The form-encoded body, with the client of an HTTP Basic header laid under it."""
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise OAuthError(
            "invalid_request",
            f"Content-Type application/x-www-form-urlencoded was expected, got {kind!r}.",
        )
    pairs = parse_qsl(call.raw.decode("utf-8", "replace"), keep_blank_values=True)
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise OAuthError("invalid_request", "a parameter must not be sent twice.")
    header = call.headers.get("authorization", "")
    client = basic(header)
    if header.lower().startswith("basic") and not client:
        raise InvalidClient("the Basic authorization header cannot be read.")
    return client | dict(pairs)


def _client(call: Call, form: dict[str, str], *, secret_needed: bool) -> tuple[Sandbox, ApiKey]:
    """The key of a request. Raises ``InvalidClient`` for a wrong id or secret."""
    client_id, secret = form.get("client_id"), form.get("client_secret")
    if not client_id:
        raise OAuthError("invalid_request", "client_id is missing.")
    sandbox = call.sandboxes.owner_of(client_id)
    key = sandbox.state.keys.get(client_id) if sandbox else None
    if sandbox is None or key is None:
        raise InvalidClient(f"there is no API key {client_id!r}.")
    if secret_needed and not secret:
        raise InvalidClient("client_secret is missing.")
    if secret and not hmac.compare_digest(secret.encode(), key.secret.encode()):
        raise InvalidClient(f"the client_secret is not that of {client_id!r}.")
    call.sandbox, call.key = sandbox, key
    return sandbox, key


def _refresh(call: Call, form: dict[str, str]) -> TokenOut:
    """Spend a refresh token for a new pair; a spent one ends all that came of it (RFC 9700)."""
    text = form.get("refresh_token")
    if not text:
        raise OAuthError("invalid_request", "refresh_token is missing.")
    sandbox, key = _client(call, form, secret_needed=False)
    token = sandbox.state.tokens.get(text)
    if token is None or token.kind != "refresh" or token.key_id != key.id:
        raise OAuthError("invalid_grant", "the refresh token is not known.")
    if not token.is_good(sandbox.clock.now()):
        if token.ended == "spent":
            sandbox.state.put(*ended(sandbox.state.tokens.many("family", token.family), "revoked"))
        raise OAuthError(
            "invalid_grant",
            f"the refresh token is {token.ended or 'expired'}: each is good once; "
            "ask for a new one with client_credentials.",
        )
    sandbox.state.put(*ended([token], "spent"))
    return _issued(sandbox, key, token.family)


def _issued(sandbox: Sandbox, key: ApiKey, family: str) -> TokenOut:
    texts = (random_text(sandbox.name, TOKEN_LENGTH), random_text(sandbox.name, TOKEN_LENGTH))
    lifetime = sandbox.settings.token_lifetime
    access, refresh = tokens = pair(key, texts, family, sandbox.clock.now(), lifetime)
    sandbox.state.put(*tokens)
    return {
        "access_token": access.id,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "refresh_token": refresh.id,
    }
