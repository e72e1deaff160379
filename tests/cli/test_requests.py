from __future__ import annotations

import json
import re
import signal
from typing import Any

import pytest
from support import Findity

from mockfindity.cli.output import printable

LIST = "/api/admin/organizations/"


@pytest.fixture
def asked(findity: Findity) -> Findity:
    """A sandbox that was asked for its organizations, and for one that is not there."""
    findity.control("DELETE", "/requests")
    findity.api.get(LIST)
    findity.api.get(f"{LIST}externalid/NOBODY/")
    return findity


def test_requests_are_listed_oldest_first(shell: Any, asked: Findity) -> None:
    heading, *lines = shell("requests").stdout.splitlines()

    assert heading.split() == ["id", "time", "method", "status", "ms", "path", "fault"]
    assert [re.split(r" {2,}", line.strip())[2:4] for line in lines] == [
        ["GET", "200"],
        ["GET", "404"],
    ]
    assert lines[1].endswith(f"{LIST}externalid/NOBODY/")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 2),
        (("--status", "404"), 1),
        (("--status", "4xx"), 1),
        (("--client", "nobody"), 0),
        (("--search", "nobody"), 1),
        (("--method", "put"), 0),
        (("--operation", "listOrganizations"), 1),
        (("--path", "*/externalid/*"), 1),
        (("--since", "2001-01-01"), 2),
    ],
)
def test_filters(shell: Any, asked: Findity, options: tuple[str, ...], count: int) -> None:
    assert len(shell.json("requests", *options)) == count
    assert shell("requests", "count", *options).stdout == f"{count}\n"


def test_the_last_so_many(shell: Any, asked: Findity) -> None:
    assert [e["status"] for e in shell.json("requests", "--last", "1")] == [404]
    assert [e["status"] for e in shell.json("requests", "--last", "9")] == [200, 404]
    assert shell.json("requests", "--last", "0") == []


def test_waiting_ends_when_there_are_enough(shell: Any, asked: Findity) -> None:
    assert len(shell.json("requests", "wait", "--count", "2", "--timeout", "0")) == 2


def test_waiting_gives_up_and_shows_what_there_is(shell: Any, asked: Findity) -> None:
    wanted = ("--status", "404", "--count", "2", "--timeout", "0.2")

    done = shell("requests", "wait", *wanted, "--json", code=1)

    assert len(json.loads(done.stdout)) == 1
    assert done.stderr == "Error: 1 of 2 such requests came within 0.2 s.\n"


def test_requests_are_forgotten(shell: Any, asked: Findity) -> None:
    shell("requests", "clear")

    assert shell.json("requests", "count") == {"count": 0}


def test_requests_are_followed(mockfindity: Any, asked: Findity) -> None:
    there = ("--url", asked.url, "--sandbox", asked.name)
    with mockfindity.running("requests", "--follow", "--last", "1", "--json", *there) as process:
        first = json.loads(process.stdout.readline())
        asked.api.get("/api/admin/nothing")
        second = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=5)

    assert (first["status"], second["path"]) == (404, "/api/admin/nothing")
    assert (process.returncode, rest, errors) == (0, "", "")


def test_followed_requests_are_lines_for_a_person(mockfindity: Any, asked: Findity) -> None:
    there = ("--url", asked.url, "--sandbox", asked.name)
    with mockfindity.running("requests", "--follow", "--status", "200", *there) as process:
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=5)

    assert re.fullmatch(rf" +\d+  \S{{20}}  GET     200    +\d+\.\d  {LIST}\n", line)


def test_a_terminal_obeys_nothing_that_a_client_sent(shell: Any, findity: Findity) -> None:
    findity.api.get("/api/%1b%5b31m%0ared")

    assert "/api/\\x1b[31m\\nred" in shell("requests").stdout
    assert printable("Åsa \u202e\x07") == "Åsa \\u202e\\x07"
