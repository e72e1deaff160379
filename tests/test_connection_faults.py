"""Connections that end badly: what curl, a socket and httpx see, over both of uvicorn's protocols.

ASGI hides the socket; in process, where there is none, these faults raise.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from faulting import BODY, LIST, NEW, fault, organizations
from support import Findity
from uvicorn.protocols.http.h11_impl import H11Protocol

import mockfindity
from mockfindity.app import App
from mockfindity.protocol import http_protocol
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import Server, address, listen

LOOKUP = "/api/admin/organizations/externalid/lookup?vat=1"
"""A request with a short answer: ``{"result":"NOT_FOUND"}``."""


@pytest.fixture(scope="module", params=["httptools", "h11"])
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a server: as it is, or with h11 and asyncio's own event loop."""
    listener, ready = listen(port=0), threading.Event()
    server = Server(App(Sandboxes(address(listener))), listener, ready.set)
    if request.param == "h11":
        server.config.http, server.config.loop = http_protocol(H11Protocol), "asyncio"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    assert ready.wait(10)
    yield address(listener)
    server.end()
    thread.join(10)
    listener.close()


@pytest.fixture
def client(engine: str) -> Iterator[Findity]:
    """A sandbox of such a server, with a signed-in client."""
    made = httpx2.post(f"{engine}/_mockfindity/sandboxes", json={}, verify=False)
    findity = Findity(engine, made.json())
    yield findity
    findity.close()


def curl(findity: Findity, path: str, *options: str) -> tuple[int, str]:
    """curl's exit code, and what it printed."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    token = f"authorization: {findity.api.headers['authorization']}"
    command = [program, "--silent", "--max-time", "20", "--header", token, *options]
    done = subprocess.run([*command, findity.url + path], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def received(findity: Findity, path: str) -> bytes:
    """All that a socket receives in answer to a request. Raises ``ConnectionResetError``."""
    url = urlsplit(findity.url)
    lines = (
        f"GET {path} HTTP/1.1",
        f"host: {url.netloc}",
        f"authorization: {findity.api.headers['authorization']}",
    )
    with socket.create_connection((url.hostname, url.port), timeout=10) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode())
        got = b""
        while piece := connection.recv(65536):
            got += piece
    return got


def hang_up(findity: Findity, connection: str, **rule: Any) -> None:
    fault(findity, connection=connection, **rule)


@pytest.mark.parametrize(("how", "code"), [("reset", 56), ("close", 52), ("truncate", 18)])
def test_curl_names_what_happened(client: Findity, how: str, code: int) -> None:
    hang_up(client, how)

    assert curl(client, LIST)[0] == code


def test_a_reset_is_seen_by_a_socket(client: Findity) -> None:
    hang_up(client, "reset")

    with pytest.raises(ConnectionResetError):
        received(client, LIST)


def test_a_closed_connection_sends_nothing(client: Findity) -> None:
    hang_up(client, "close")

    assert received(client, LIST) == b""


def test_a_truncated_answer_announces_more_than_comes(client: Findity) -> None:
    hang_up(client, "truncate")

    head, _, body = received(client, LOOKUP).partition(b"\r\n\r\n")

    assert b"content-length: 22" in head.lower()
    assert body == b'{"result":"'


def test_a_client_is_told_of_a_reset(client: Findity) -> None:
    hang_up(client, "reset")

    with pytest.raises(httpx2.ReadError):
        client.api.get(LIST)


@pytest.mark.parametrize("how", ["close", "truncate"])
def test_a_client_is_told_of_half_an_answer(client: Findity, how: str) -> None:
    hang_up(client, how)

    with pytest.raises(httpx2.RemoteProtocolError):
        client.api.get(LIST)


def test_an_answer_without_a_body_does_not_come_at_all(client: Findity) -> None:
    client.organization()
    account = client.api.get(client.accounts).json()["data"][0]["id"]
    hang_up(client, "truncate", operation="deleteAccount", phase="after")

    with pytest.raises(httpx2.RemoteProtocolError):
        client.api.delete(f"{client.accounts}/{account}")


def test_a_dripping_answer_arrives_whole_but_slowly(client: Findity) -> None:
    hang_up(client, "drip")
    started = time.perf_counter()

    code, printed = curl(client, LOOKUP)

    assert (code, printed) == (0, '{"result":"NOT_FOUND"}')
    assert time.perf_counter() - started > 1


def test_a_drip_is_slower_than_a_time_out_between_two_bytes(client: Findity) -> None:
    hang_up(client, "drip")

    with pytest.raises(httpx2.ReadTimeout):
        client.api.get(LOOKUP, timeout=0.05)


def test_a_dripping_change_is_made(client: Findity) -> None:
    hang_up(client, "drip", operation="revokeToken")

    form = {"client_id": client.client_id, "client_secret": client.client_secret, "token": "x"}
    answer = client.http.post("/oauth/revoke", data=form)

    assert answer.status_code == 200


@pytest.mark.parametrize("how", ["reset", "close", "truncate"])
@pytest.mark.parametrize(("phase", "left"), [("before", 0), ("after", 1)])
def test_the_phase_decides_whether_the_change_is_made(
    client: Findity, how: str, phase: str, left: int
) -> None:
    hang_up(client, how, phase=phase)

    with pytest.raises(httpx2.TransportError):
        client.api.post(NEW, json=BODY)

    assert organizations(client) == left


def test_a_spoiled_connection_may_carry_another_status(client: Findity) -> None:
    hang_up(client, "truncate", status=503)

    head = received(client, LIST).partition(b"\r\n")[0]

    assert head == b"HTTP/1.1 503 Service Unavailable"


def test_a_large_answer_is_reset_too(client: Findity) -> None:
    client.organization("LARGE", name="x" * 3_000_000)
    hang_up(client, "reset", phase="after")

    with pytest.raises(ConnectionResetError):
        received(client, LIST)


def test_the_next_connection_is_sound(client: Findity) -> None:
    hang_up(client, "reset", times=1)
    assert curl(client, LOOKUP)[0] == 56

    assert curl(client, LOOKUP) == (0, '{"result":"NOT_FOUND"}')


def test_the_token_endpoint_can_be_reset_too(client: Findity) -> None:
    hang_up(client, "reset", operation="issueToken")

    with pytest.raises(httpx2.ReadError):
        client.token()


async def in_process(how: str) -> httpx2.Response:
    """An answer without a server, under a fault."""
    transport = httpx2.ASGITransport(mockfindity.create_app())
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://localhost", verify=False
    ) as client:
        form = {"grant_type": "client_credentials", "client_id": "mockfindity-client"}
        key = form | {"client_secret": "mockfindity-secret"}
        token = (await client.post("/oauth/token", data=key)).json()["access_token"]
        await client.post("/_mockfindity/faults", json={"connection": how})
        return await client.get(LOOKUP, headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("reset", ConnectionResetError),
        ("close", ConnectionAbortedError),
        ("truncate", ConnectionAbortedError),
    ],
)
def test_in_process_an_ended_connection_raises(how: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"a fault rule lets this connection {how}"):
        asyncio.run(in_process(how))


def test_in_process_a_dripping_answer_arrives() -> None:
    assert asyncio.run(in_process("drip")).json() == {"result": "NOT_FOUND"}
