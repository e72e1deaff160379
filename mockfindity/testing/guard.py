"""Keep a test from the real Findity: whoever looks its hosts up is stopped, and told of.

CPython tells an audit hook of every name that its ``socket`` looks up or connects to, whichever
way it was called: that is where the guard stands, under the standard library, asyncio and the HTTP
clients that stand on them, and nothing is patched. It does not see what another process looks up,
what goes through a proxy, or what uvloop or a resolver written in C (pycurl, aiodns) does by
itself; of ``socket.connect`` with a name it is told when that was found, before anything is sent.
A hook cannot be taken away, so there is one at the most, from the first guard on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

DOMAIN = "findity.com"
SETTING = "the base URL of the code under test, as in its environment variable FINDITY_BASE_URL,"
HOST_IN = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
}
"""What the hook is told of, and which argument has the host, alone or in an address."""


class FindityReachedError(ConnectionError):
    """The code under test tried to reach Findity's real hosts."""


class Guard:
    """What was tried while it stood: ``reached`` has the hosts, in order; ``is_told`` says whether
    somebody has told of it.

    ``url`` gives what the message says should have been reached, if that is known.
    """

    def __init__(self, url: Callable[[], str | None]) -> None:
        self.reached: list[str] = []
        self.is_told = False
        self._url = url

    @property
    def message(self) -> str:
        """What happened, and which setting to change."""
        where = self._url() or "the URL of a mockfindity"
        hosts = ", ".join(dict.fromkeys(self.reached))
        return (
            f"the code under test tried to reach Findity itself, at {hosts}: point {SETTING} to "
            f"{where} (findity.env has every variable)."
        )

    def check(self, host: object) -> None:
        """Raise ``FindityReachedError`` for one of Findity's hosts, and remember it."""
        if isinstance(host, bytes | bytearray):
            host = host.decode("ascii", "replace")
        name = str(host or "").rstrip(".").lower()
        if name == DOMAIN or name.endswith(f".{DOMAIN}"):
            self.reached.append(name)
            raise FindityReachedError(self.message)


_standing: list[Guard] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _standing and event in HOST_IN:
        found = arguments[HOST_IN[event]]
        _standing[-1].check(found[0] if isinstance(found, tuple) and found else found)


@cache
def _listen() -> None:
    sys.addaudithook(_hear)


@contextmanager
def watching(url: Callable[[], str | None]) -> Iterator[Guard]:
    """Stop every look-up of Findity's hosts while the block runs; says nothing at its end."""
    _listen()
    guard = Guard(url)
    _standing.append(guard)
    try:
        yield guard
    finally:
        _standing.remove(guard)


@contextmanager
def guard(url: str | None = None) -> Iterator[Guard]:
    """Stop what the block does to reach Findity's real hosts, in any thread, and raise
    ``AssertionError`` at its end if anything tried, even where the code under test took the error
    for a lost connection. Guards may be nested: the innermost is told.

    ``url`` is what the message says should have been reached.
    """
    with watching(lambda: url) as standing:
        yield standing
    if standing.reached:
        raise AssertionError(standing.message)
