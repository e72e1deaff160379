"""Where a webhook may go: without ``--allow-public-webhooks``, to this machine and its network.

Public here is whatever is neither loopback nor private. That includes the addresses reserved for
documentation, and 169.254.0.0/16, where the clouds answer questions about their machines.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from .errors import BadRequest

LOCAL = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/32",
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::/128",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Loopback (the unspecified addresses lead there too), private (RFC 1918, RFC 4193), link-local."""


def is_local(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is loopback or private; one of IPv4 in IPv6's clothes is unwrapped."""
    plain = (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
    return any(plain in network for network in LOCAL if network.version == plain.version)


def refuse_public(url: str, allow_public: bool) -> None:
    """Raise ``BadRequest`` unless ``url`` is an absolute http(s) URL that may be a webhook's.

    A literal address must be local unless ``allow_public``. What a name leads to is only known
    when the webhook is sent; see ``resolves_privately``.
    """
    host = _host(url)
    if allow_public:
        return
    try:
        address = ip_address(host)
    except ValueError:
        return
    if not is_local(address):
        raise BadRequest(
            f"webhookUrl: {host} is neither loopback nor private; to allow it, start the server "
            "with --allow-public-webhooks."
        )


def _host(url: str) -> str:
    """The host of an absolute http(s) URL, read as the client that sends webhooks reads it."""
    import httpx2

    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise BadRequest(f"webhookUrl: {url!r} is not a URL: {error}.") from None
    port_fits = parsed.port is None or 0 < parsed.port < 2**16
    if parsed.scheme not in ("http", "https") or not port_fits or not _is_host(parsed.host):
        raise BadRequest(
            "webhookUrl: an absolute URL such as http://127.0.0.1:9000/findity was expected, "
            f"got {url!r}."
        )
    return parsed.host


def _is_host(host: str) -> bool:
    """Whether it could be a name or an address: not empty, and nothing escaped in it."""
    return bool(host.strip(".")) and not any(mark in host for mark in "%\\ ")


async def resolves_privately(host: str, port: int) -> bool:
    """Whether every address that ``host`` has is local.

    Raises ``OSError`` where the host cannot be found.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host!r} is no host name: {error}") from None
    addresses = [ip_address(str(address[0])) for *_, address in found]
    return bool(addresses) and all(is_local(address) for address in addresses)
