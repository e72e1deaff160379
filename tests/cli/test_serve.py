from __future__ import annotations

import json
import re
import signal
import socket
from typing import Any

import httpx2
import pytest


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_serve_says_where_it_is_and_stops_when_told(mockfindity: Any, stop: int) -> None:
    with mockfindity.running("serve", "--port", "0") as process:
        ready = process.stdout.readline()
        url = re.fullmatch(r"Ready\. (http://127\.0\.0\.1:\d+)\n", ready)
        assert url is not None, ready + process.stderr.read()
        assert httpx2.get(f"{url[1]}/_mockfindity/readyz").json() == {"status": "ok"}
        process.send_signal(stop)
        rest, errors = process.communicate(timeout=5)

    assert (process.returncode, rest, errors) == (0, "", "")


def test_serve_stops_quietly_while_somebody_waits_for_an_answer(mockfindity: Any) -> None:
    with mockfindity.running("serve", "--port", "0") as process:
        url = process.stdout.readline().removeprefix("Ready. ").strip()
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as waiting:
            path = "/_mockfindity/webhooks/wait?timeout=60"
            waiting.sendall(f"GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n".encode())
            httpx2.get(f"{url}/_mockfindity/readyz")
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=5)

    assert (process.returncode, errors) == (0, "")


def test_a_line_a_request_is_logged_if_wanted_without_its_query(mockfindity: Any) -> None:
    with mockfindity.running("serve", "--port", "0", "--log-requests") as process:
        url = process.stdout.readline().removeprefix("Ready. ").strip()
        httpx2.get(f"{url}/_mockfindity/health?secret=1")
        httpx2.get(f"{url}/nothing%1b[31m")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=5)

    assert re.fullmatch(
        r"GET /_mockfindity/health 200 \d+\.\d ms\nGET /nothing%1[bB]\S* 404 \d+\.\d ms\n", errors
    )


def test_urls_in_answers_begin_with_the_base_url(mockfindity: Any) -> None:
    there = ("--base-url", "http://findity.test:1234/")
    with mockfindity.running("serve", "--port", "0", *there) as process:
        url = process.stdout.readline().removeprefix("Ready. ").strip()
        sandbox = json.loads(httpx2.get(f"{url}/_mockfindity/sandboxes/default").text)

    assert sandbox["tokenUrl"] == "http://findity.test:1234/oauth/token"


def test_a_port_that_is_taken_is_said_in_one_line(mockfindity: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = mockfindity("serve", code=1, PORT=str(port))

    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: port {port} of 127.0.0.1 is taken. `--port 0` takes ")
    assert done.stderr.count("\n") == 1


def test_an_address_of_another_machine_is_said_in_one_line(mockfindity: Any) -> None:
    done = mockfindity("serve", "--host", "203.0.113.7", code=1)

    assert done.stderr.startswith("Error: cannot listen at 203.0.113.7, port 4655: ")
    assert done.stderr.count("\n") == 1
