"""The gate: no web page may drive a local server, and a token may be asked of every control call.

What a browser sends is sent here byte by byte: a client library would mend its headers.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from inspection import memories
from support import Findity

from mockfindity import create_app
from mockfindity.app import App
from mockfindity.gate import Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen

SETTINGS = "/_mockfindity/settings"
TOKEN = "s3cret-ä"
HOSTS = ("findity.example", "Other.Example:8443", "[2001:db8::7]", "2001:db8::8")
KEY = b"grant_type=client_credentials&client_id=mockfindity-client&client_secret=mockfindity-secret"
FORM = "application/x-www-form-urlencoded"


def sent(
    url: str, method: str, path: str, body: bytes = b"", **headers: str | None
) -> tuple[int, bytes]:
    """Status and body of an answer; ``Host`` and ``Origin`` are as they are given here."""
    where = urlsplit(url)
    named: dict[str, str | None] = {"host": where.netloc, "connection": "close"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in named.items() if value is not None]
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode() + body)
        got = b""
        while piece := connection.recv(65536):
            got += piece
    head, _, answer = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), answer


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The URL of a server with ``--control-token`` and ``--allowed-host``."""
    listener = listen(port=0)
    app = App(Sandboxes(address(listener)), Gate(TOKEN, HOSTS))
    with in_thread(app, listener):
        yield address(listener)


def changed(url: str, **headers: str | None) -> int:
    """The status with which a control call that changes something is answered."""
    return sent(url, "PUT", SETTINGS, b"{}", **headers)[0]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://evil.example:4655",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
        "null",
        "",
        "http://[",
        "file://",
        "127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}@evil.example",
    ],
)
def test_a_page_of_another_origin_changes_nothing(server: str, origin: str) -> None:
    origin = origin.replace("{port}", str(urlsplit(server).port))

    status, answer = sent(server, "PUT", SETTINGS, b"{}", origin=origin)

    assert (status, b'"FORBIDDEN"' in answer) == (403, True)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1.evil.example",
        "8.8.8.8:{port}",
        "[2001:db8::1]:{port}",
        "169.254.169.254",
        "localhost.evil.example",
        "evil.example#.localhost",
        "",
        None,
        "[::1",
    ],
)
def test_a_name_that_is_not_the_server_s_changes_nothing(server: str, host: str | None) -> None:
    """A page whose name leads to 127.0.0.1 is of its own origin; its ``Host`` gives it away."""
    host = host and host.replace("{port}", str(urlsplit(server).port))

    status = changed(server, host=host, origin=host and f"http://{host}")

    assert status in (400, 403)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:4655",
        "127.8.9.10:80",
        "localhost",
        "LOCALHOST:4655",
        "findity",
        "findity:4655",
        "shop.localhost:80",
        "192.168.1.7:4655",
        "10.0.0.1",
        "172.16.3.4",
        "[::1]",
        "[::1]:4655",
        "[fd00::1]:4655",
        "[::ffff:127.0.0.1]:80",
    ],
)
@pytest.mark.parametrize("page", [True, False], ids=["same origin", "no origin"])
def test_whoever_calls_a_local_name_may_change_things(server: str, host: str, page: bool) -> None:
    assert changed(server, host=host, origin=f"http://{host}" if page else None) == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_stays_allowed(server: str, method: str) -> None:
    status, _ = sent(server, method, SETTINGS, host="evil.example", origin="https://evil.example")

    assert status == 200


def test_a_page_elsewhere_is_not_told_what_it_looked_at(server: str) -> None:
    answer = httpx2.get(server + SETTINGS, headers={"origin": "https://evil.example"}, verify=False)

    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_preflight_is_refused(server: str) -> None:
    status, _ = sent(
        server,
        "OPTIONS",
        SETTINGS,
        origin="https://evil.example",
        access_control_request_method="PUT",
    )

    assert status == 405


def test_findity_s_own_paths_are_not_guarded(server: str) -> None:
    status, answer = sent(
        server,
        "POST",
        "/oauth/token",
        KEY,
        host="evil.example",
        origin="https://evil.example",
        content_type=FORM,
    )

    assert (status, b"access_token" in answer) == (200, True)


FETCHED: list[tuple[str, str, bytes, str]] = [
    ("POST", "/reset", b"", "text/plain;charset=UTF-8"),
    ("POST", "/faults", b'{"status":500}', "text/plain;charset=UTF-8"),
    ("POST", "/faults", b'{"status":500,"x":"=\r\n"}', "text/plain"),
    ("POST", "/clock/advance", b'{"seconds":60}', "text/plain;charset=UTF-8"),
    ("POST", "/tokens/revoke", b"", FORM),
    ("POST", "/clients", b'{"scope":"application"}', "multipart/form-data; boundary=x"),
    ("POST", "/webhooks/fire", b'{"exportId":"x"}', "text/plain;charset=UTF-8"),
    ("POST", "/partners", b'{"code":"evil","name":"Evil"}', FORM),
]
"""What a page sends to another origin without asking first: fetch, and a form's post."""


@pytest.mark.parametrize(("method", "path", "body", "kind"), FETCHED)
@pytest.mark.parametrize("site", ["cross-site", "rebound"])
def test_what_a_browser_page_sends_is_refused_and_changes_nothing(
    findity: Findity,
    sandboxes: Sandboxes,
    method: str,
    path: str,
    body: bytes,
    kind: str,
    site: str,
) -> None:
    port = urlsplit(findity.url).port
    rebound = {"host": f"evil.example:{port}", "origin": f"http://evil.example:{port}"}
    page = rebound if site == "rebound" else {"origin": "https://evil.example"}
    before = memories([sandboxes[findity.name]])

    status, answer = sent(
        findity.url,
        method,
        f"/_mockfindity/sandboxes/{findity.name}{path}",
        body,
        content_type=kind,
        sec_fetch_mode="no-cors",
        **page,
    )

    assert (status, b'"FORBIDDEN"' in answer) == (403, True)
    assert memories([sandboxes[findity.name]]) == before


def test_a_page_makes_no_sandbox(server: str, sandboxes: Sandboxes) -> None:
    before = len(sandboxes)

    status, _ = sent(
        server, "POST", "/_mockfindity/sandboxes", b"{}", origin="null", content_type="text/plain"
    )

    assert (status, len(sandboxes)) == (403, before)


@pytest.mark.parametrize("given", [None, "", "wrong", TOKEN.upper(), TOKEN + " x"])
@pytest.mark.parametrize(
    "path", [SETTINGS, "/_mockfindity/requests", "/_mockfindity/sandboxes/nobody/clock"]
)
def test_without_the_control_token_nothing_is_told(
    guarded: str, given: str | None, path: str
) -> None:
    status, answer = sent(guarded, "GET", path, x_mockfindity_token=given)

    assert (status, b'"UNAUTHORIZED"' in answer) == (401, True)
    assert b"X-Mockfindity-Token" in answer


def test_with_the_control_token_everything_is(guarded: str) -> None:
    assert sent(guarded, "GET", SETTINGS, x_mockfindity_token=TOKEN)[0] == 200
    assert changed(guarded, x_mockfindity_token=TOKEN) == 200


def test_the_control_token_does_not_let_pages_in(guarded: str) -> None:
    assert changed(guarded, x_mockfindity_token=TOKEN, origin="https://evil.example") == 403


@pytest.mark.parametrize("path", ["health", "livez", "readyz", "health/"])
def test_whether_the_server_is_well_needs_no_token(guarded: str, path: str) -> None:
    assert sent(guarded, "GET", f"/_mockfindity/{path}")[0] == 200


@pytest.mark.parametrize("host", ["x/_mockfindity/health?", "x/_mockfindity/livez#", "health"])
def test_a_host_header_does_not_stand_in_for_a_path(guarded: str, host: str) -> None:
    assert sent(guarded, "GET", SETTINGS, host=host)[0] in (400, 401)


@pytest.mark.parametrize(
    "path", ["/%5fmockfindity/settings", "/_mockfindity/settings/", "/_mockfindity/s%65ttings"]
)
def test_a_path_written_otherwise_needs_the_token_too(guarded: str, path: str) -> None:
    assert sent(guarded, "GET", path)[0] == 401


def test_findity_s_own_paths_need_no_control_token(guarded: str) -> None:
    assert sent(guarded, "POST", "/oauth/token", KEY, content_type=FORM)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "findity.example",
        "findity.example:4655",
        "FINDITY.example",
        "other.example:8443",
        "other.example",
        "[2001:db8::7]:80",
        "[2001:db8::8]",
    ],
)
def test_an_allowed_host_is_a_name_of_the_server(guarded: str, host: str) -> None:
    status = changed(guarded, host=host, origin=f"https://{host}", x_mockfindity_token=TOKEN)

    assert status == 200


@pytest.mark.parametrize("host", ["a.findity.example", "findity.example.evil", "[2001:db8::9]"])
def test_what_is_like_an_allowed_host_is_not(guarded: str, host: str) -> None:
    assert changed(guarded, host=host, x_mockfindity_token=TOKEN) == 403


def asked(headers: dict[str, str], **options: Any) -> int:
    """The status of a change, in process."""

    async def answered() -> int:
        transport = httpx2.ASGITransport(create_app(**options))
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://findity.example", verify=False
        ) as client:
            return (await client.put(SETTINGS, json={}, headers=headers)).status_code

    return asyncio.run(answered())


def test_create_app_takes_both_as_well() -> None:
    options = {"control_token": "t", "allowed_hosts": ["findity.example"]}

    assert [
        asked({"x-mockfindity-token": "t"}, **options),
        asked({}, **options),
        asked({"x-mockfindity-token": "t"}, control_token="t"),
        asked({}),
    ] == [200, 401, 403, 403]
