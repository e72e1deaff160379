"""The environment variables that lead a client to a sandbox: their names, and how a shell reads
them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any


def variables(
    base_url: str, key: Mapping[str, Any], organization: Mapping[str, Any] | None
) -> dict[str, str]:
    """What a client needs to know of a sandbox at ``base_url``.

    ``key`` has ``clientId`` and ``clientSecret``, ``organization`` ``id`` and
    ``externalSourceId``, as the control API gives them.
    """
    named = {
        "FINDITY_BASE_URL": base_url,
        "FINDITY_TOKEN_URL": f"{base_url}/oauth/token",
        "FINDITY_CLIENT_ID": str(key["clientId"]),
        "FINDITY_CLIENT_SECRET": str(key["clientSecret"]),
    }
    if organization is not None:
        named["FINDITY_ORGANIZATION_ID"] = organization["id"]
        named["FINDITY_EXTERNAL_ORGANIZATION_ID"] = organization["externalSourceId"]
    return named


def exported(named: Mapping[str, str]) -> list[str]:
    """The lines that a POSIX shell reads."""
    return [f"export {name}={shlex.quote(value)}" for name, value in named.items()]
