"""Who is calling: the sandbox and the API key behind a request's token."""

from __future__ import annotations

from .domain.keys import ApiKey
from .errors import Unauthorized
from .sandbox import Sandbox, Sandboxes


def bearer(header: str | None) -> str | None:
    """The token of an ``Authorization: Bearer`` header, if it is one."""
    scheme, _, token = (header or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def sandbox_of(sandboxes: Sandboxes, header: str | None) -> Sandbox:
    """The sandbox a token belongs to, ended ones included; ``default`` for what is nobody's."""
    token = bearer(header)
    return (sandboxes.owner_of(token) if token else None) or sandboxes.default


def authenticate(sandbox: Sandbox, header: str | None) -> ApiKey:
    """The key whose token the request carries.

    Raises ``Unauthorized`` for a missing, unknown, expired or revoked token; the statuses are
    documented in every guide, the code is chosen.
    """
    text = bearer(header)
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
