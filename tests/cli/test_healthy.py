"""The health check of a container: it asks where the server of this environment listens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from mockfindity.cli.healthy import server_among


@pytest.fixture
def port(server: str) -> str:
    return str(urlsplit(server).port)


@pytest.mark.parametrize("variable", ["PORT", "MOCKFINDITY_PORT"])
def test_it_asks_at_the_port_of_the_environment(
    mockfindity: Any, server: str, port: str, variable: str
) -> None:
    done = mockfindity("healthy", **{variable: port})

    assert done.stdout == f"Ready. {server}\n"


@pytest.mark.parametrize(
    ("host", "asked"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("127.0.0.2", "127.0.0.2")]
)
def test_it_asks_this_machine_where_the_server_listens_at_every_address(
    mockfindity: Any, host: str, asked: str
) -> None:
    done = mockfindity("healthy", code=1, MOCKFINDITY_HOST=host, PORT="1")

    assert done.stderr == f"Error: no mockfindity is ready at http://{asked}:1.\n"


def test_it_knows_the_file_of_options(
    mockfindity: Any, server: str, port: str, tmp_path: Any
) -> None:
    (tmp_path / "mockfindity.toml").write_text(f"port = {port}\n")

    assert mockfindity("healthy").stdout == f"Ready. {server}\n"


def test_a_free_port_is_known_to_the_server_only(mockfindity: Any) -> None:
    done = mockfindity("healthy", code=1, PORT="0")

    assert done.stderr == "Error: --port 0 took a free port, and only the server knows which.\n"


@pytest.mark.parametrize(
    ("process", "command"),
    [
        ("python3 /opt/mockfindity/bin/mockfindity serve --port 5000", "serve --port 5000"),
        ("/sbin/docker-init -- mockfindity demo", "demo"),
        ("python3 -m mockfindity serve", "serve"),
        ("mockfindity wait", ""),
        ("/sbin/init splash", ""),
        ("mockfindity", ""),
    ],
)
def test_a_server_is_known_by_how_its_process_was_started(process: str, command: str) -> None:
    assert server_among(process.split()) == command.split()
