"""Answers that are written at once say what uvicorn's own would."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import httpx2
from faulting import LIST, fault
from support import Findity

from mockfindity.answer import Answer


def said(findity: Findity, *lines: str) -> bytes:
    """All that the server says to a request, until it closes the connection."""
    address = urlsplit(findity.url)
    with socket.create_connection((address.hostname, address.port or 80), timeout=10) as client:
        request = "\r\n".join([*lines, f"Host: {address.netloc}", "Connection: close", "", ""])
        client.sendall(request.encode())
        return b"".join(iter(lambda: client.recv(65536), b""))


def test_headers_stand_between_the_status_and_the_body(findity: Findity) -> None:
    head, _, body = said(findity, "GET /_mockfindity/livez HTTP/1.1").partition(b"\r\n\r\n")

    status, *headers = head.decode().split("\r\n")
    assert status == "HTTP/1.1 200 OK"
    names = [header.partition(": ")[0] for header in headers]
    assert names == ["date", "content-length", "content-type", "x-request-id", "connection"]
    assert (headers[1], headers[-1]) == ("content-length: 15", "connection: close")
    assert body == b'{"status":"ok"}'


def test_head_gives_the_length_of_what_it_does_not_send(findity: Findity) -> None:
    head, _, body = said(findity, "HEAD /_mockfindity/livez HTTP/1.1").partition(b"\r\n\r\n")

    assert b"content-length: 15" in head
    assert body == b""


def test_http_1_0_is_closed_after_the_answer(findity: Findity) -> None:
    assert said(findity, "GET /_mockfindity/livez HTTP/1.0").endswith(b'{"status":"ok"}')


def test_requests_that_come_together_are_answered_in_turn(findity: Findity) -> None:
    address = urlsplit(findity.url)
    two = b"".join(
        b"GET /_mockfindity/%b HTTP/1.1\r\nHost: %b\r\n\r\n" % (path, address.netloc.encode())
        for path in (b"livez", b"nothing")
    )
    with socket.create_connection((address.hostname, address.port or 80), timeout=10) as client:
        client.sendall(two)
        answers = b""
        while b"NOT_FOUND" not in answers:
            answers += client.recv(65536)

    assert answers.index(b"200 OK") < answers.index(b"404 Not Found")


def test_a_rule_may_close_the_connection_by_a_header(findity: Findity) -> None:
    fault(findity, operation="listOrganizations", status=503, headers={"Connection": "close"})

    with httpx2.Client(verify=False) as client:
        client.headers["authorization"] = findity.api.headers["authorization"]
        answer = client.get(f"{findity.url}{LIST}")

    assert (answer.status_code, answer.headers["connection"]) == (503, "close")


def test_no_line_break_comes_into_a_header() -> None:
    answer = Answer(200, b"", None, [("x-name", "one\r\nx-other: two")])

    try:
        lines = answer.lines
    except ValueError as error:
        lines = str(error).encode()

    assert lines == b"a header has a line break in it"
