"""Which hosts may be asked: never one of Findity's production.

A brand has a host of its own under ``findity.com``, so everything there is taken for production
that does not say otherwise: stage is ``stage-api`` and ``stage-expense``.
"""

from __future__ import annotations

import httpx2

FINDITY = "findity.com"
STAGE = "stage-"


class Production(Exception):
    """A URL leads to Findity's production."""


def check(url: str) -> None:
    """Raise ``Production`` where a URL leads to Findity's production."""
    if is_production(url):
        raise Production(
            f"{host_of(url)} is Findity's production, which is never asked: take its stage "
            "environment, stage-api.findity.com and stage-expense.findity.com."
        )


def is_production(url: str) -> bool:
    host = host_of(url)
    return f".{host}".endswith(f".{FINDITY}") and not host.startswith(STAGE)


def host_of(url: str) -> str:
    """The host as it is connected to. Raises ``httpx2.InvalidURL`` where a URL is none."""
    return httpx2.URL(url).raw_host.decode("ascii", "replace").lower().rstrip(".")


def same_origin(url: str, other: str) -> bool:
    """Whether two URLs lead to the same server, so that what one may be told the other may."""
    return _origin(url) == _origin(other)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = httpx2.URL(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, host_of(url), port
