"""Who may use the control API: a web page must not be able to drive a local server.

A browser sends ``Origin`` with what a page does to another site, and a page that points a name of
its own at 127.0.0.1 gives itself away by ``Host``. Both are looked at where something is changed;
with ``--control-token`` every call needs ``X-Mockfindity-Token``. What only reads may bring it as
a cookie, which is how a browser opens the dashboard; what changes something may not. All of this
is chosen.
"""

from __future__ import annotations

import hmac
import ipaddress
from urllib.parse import unquote, urlsplit

from .errors import Forbidden, Unauthorized
from .headers import Headers
from .targets import is_local

TOKEN = "x-mockfindity-token"
"""The header, and the cookie, in which the control token comes."""

OPEN = frozenset({"/_mockfindity/health", "/_mockfindity/livez", "/_mockfindity/readyz"})


class Gate:
    """The checks of one server. ``hosts`` are names that are known beside the local ones."""

    def __init__(self, token: str | None = None, hosts: tuple[str, ...] = ()) -> None:
        self.token = token
        self.hosts = frozenset(_allowed(host) for host in hosts)

    def check(self, method: str, path: str, headers: Headers) -> None:
        """Raise ``Forbidden`` or ``Unauthorized`` for a control call that must not be made.

        ``path`` is that of the request line, decoded, which no header can move."""
        reads = method in ("GET", "HEAD", "OPTIONS")
        if path.rstrip("/") not in OPEN:
            self._check_token(headers, cookie=reads)
        if not reads:
            self._check_origin(headers)

    def _check_token(self, headers: Headers, *, cookie: bool) -> None:
        if self.token is None:
            return
        if not hmac.compare_digest(_given(headers, cookie=cookie), self.token.encode()):
            raise Unauthorized(
                "the control API of this server asks for X-Mockfindity-Token: it is what "
                "--control-token was started with."
            )

    def _check_origin(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._knows(_name(f"//{host}")):
            raise Forbidden(
                f"Host {host!r} is not a name of this server: --allowed-host makes it one."
            )
        origin = headers.get("origin")
        if origin is not None and _site(origin) != host.lower():
            raise Forbidden(f"a page of {origin!r} must not change this server.")

    def _knows(self, name: str | None) -> bool:
        """Loopback, private addresses, names of a single label (as compose gives), allowed ones."""
        if not name or name in self.hosts:
            return bool(name)
        try:
            return is_local(ipaddress.ip_address(name))
        except ValueError:
            return "." not in name or name.endswith(".localhost")


def _given(headers: Headers, *, cookie: bool) -> bytes:
    """The token that a request brings, in its header or, where it may, in a cookie."""
    header = headers.get(TOKEN)
    if header is None and cookie:
        return unquote(_cookie(headers.get("cookie", ""))).encode()
    return (header or "").encode("latin-1")


def _cookie(text: str) -> str:
    """The value of our cookie among those that a header has."""
    pairs = (part.strip().partition("=") for part in text.split(";"))
    return next((value for name, _, value in pairs if name == TOKEN), "")


def _allowed(host: str) -> str:
    """A name or address as ``Host`` will show it: without a port, lower-case."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return _name(f"//{host}") or host.lower()


def _site(origin: str) -> str | None:
    """Host and port of an origin; ``None`` of one that is none, such as ``null``."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _name(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").lower() or None
    except ValueError:
        return None
