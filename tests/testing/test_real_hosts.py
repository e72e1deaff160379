"""The guard: whoever tries to reach Findity's real hosts is stopped, and the test learns of it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
import urllib.request
from collections.abc import Callable

import httpx2
import pytest
import requests

import mockfindity
from mockfindity import Findity
from mockfindity.testing import FindityReachedError

HOST = "api.findity.com"
URL = f"https://{HOST}/oauth/token"


def with_async_httpx2() -> None:
    async def get() -> None:
        async with httpx2.AsyncClient(verify=False) as client:
            await client.get(URL)

    asyncio.run(get())


def with_asyncio() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(HOST, 443), 10))


WAYS: dict[str, Callable[[], object]] = {
    "urllib": lambda: urllib.request.urlopen(URL, timeout=10),
    "requests": lambda: requests.get(URL, timeout=10),
    "httpx2": lambda: httpx2.get(URL, verify=False),
    "httpx2, async": with_async_httpx2,
    "asyncio": with_asyncio,
    "create_connection": lambda: socket.create_connection((HOST, 443), 10),
    "gethostbyname": lambda: socket.gethostbyname(HOST),
    "gethostbyname_ex": lambda: socket.gethostbyname_ex(HOST),
}


def said(act: Callable[[], object], url: str | None = None) -> str:
    """What the guard says at the end of a block whose code swallows every error."""
    swallowed = contextlib.suppress(OSError, httpx2.HTTPError)
    with pytest.raises(AssertionError) as raised, mockfindity.guard(url), swallowed:
        act()
    return str(raised.value)


def look_up(host: str | bytes | None = HOST) -> None:
    socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_there(way: str) -> None:
    assert said(WAYS[way]).startswith(
        "the code under test tried to reach Findity itself, at api.findity.com: point the base URL "
        "of the code under test, as in its environment variable FINDITY_BASE_URL, to "
    )


@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto"])
def test_a_raw_socket_is_stopped_once_the_name_is_found(event: str) -> None:
    assert HOST in said(lambda: sys.audit(event, None, (HOST, 443)))


def test_the_message_names_where_to_go_instead() -> None:
    assert "to http://127.0.0.1:4655 (" in said(look_up, "http://127.0.0.1:4655")
    assert "to the URL of a mockfindity (" in said(look_up)


def test_who_tries_is_told_at_once() -> None:
    def try_it() -> None:
        with pytest.raises(FindityReachedError, match="FINDITY_BASE_URL"):
            look_up()

    assert HOST in said(try_it)


@pytest.mark.parametrize(
    "host", ["findity.com", "FINDITY.com", "findity.com.", "a.b.findity.com", b"api.findity.com"]
)
def test_these_are_findity_s(host: str | bytes) -> None:
    assert "findity.com: point" in said(lambda: look_up(host))


@pytest.mark.parametrize(
    "host", ["notfindity.com.invalid", "findity.com.invalid", "localhost", None]
)
def test_these_are_not(host: str | None) -> None:
    with mockfindity.guard() as guard, contextlib.suppress(socket.gaierror):
        look_up(host)

    assert guard.reached == []


def test_the_emulator_is_reached_under_the_guard(mockfindity: Findity) -> None:
    from mockfindity import guard

    with guard(mockfindity.url) as standing:
        assert mockfindity.report().submit().status == "READY_TO_SEND"

    assert standing.reached == []


def test_other_threads_are_stopped_too() -> None:
    def try_it() -> None:
        with pytest.raises(FindityReachedError):
            look_up()

    def start() -> None:
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()

    assert HOST in said(start)


def test_every_host_is_named_once() -> None:
    def try_them() -> None:
        for host in (HOST, "app.findity.com", HOST):
            with pytest.raises(FindityReachedError):
                look_up(host)

    assert "at api.findity.com, app.findity.com: " in said(try_them)


def test_of_two_guards_the_inner_one_is_told() -> None:
    with mockfindity.guard() as outer:
        assert HOST in said(look_up)

    assert outer.reached == []


def test_an_error_of_the_block_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), mockfindity.guard():
        raise ZeroDivisionError


def test_after_the_block_the_guard_stands_no_more() -> None:
    with mockfindity.guard() as guard:
        pass

    sys.audit("socket.getaddrinfo", HOST, 443, 0, 0, 0)
    assert guard.reached == []


def test_the_public_name_is_the_guard_whatever_was_imported_before(mockfindity: Findity) -> None:
    import mockfindity as package

    assert callable(package.guard)
    assert callable(package.running)
