"""Findity's production is never asked."""

from __future__ import annotations

from typing import Any

import pytest

from mockfindity.verify import hosts

KEY = ("--client-id", "id", "--client-secret", "hush-hush", "--organization", "ACME")
STAGE = "https://stage-api.findity.com"
ALARM = """\
import sys
def heard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        print("CONNECTS", arguments)
sys.addaudithook(heard)
"""


@pytest.mark.parametrize(
    "url",
    [
        "https://findity.com",
        "https://api.findity.com",
        "https://expense.findity.com/api",
        "https://hogia.findity.com",
        "https://EXPENSE.Findity.COM.",
        "https://api.stage-findity.findity.com",
        "https://user:secret@api.findity.com:443/",
        "https://stage.findity.com",
        "http://api.findity。com",
    ],
)
def test_production(url: str) -> None:
    assert hosts.is_production(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://stage-api.findity.com",
        "https://stage-expense.findity.com/api/oauth/token",
        "http://127.0.0.1:4655",
        "https://findity.com.example.org",
        "https://notfindity.com",
    ],
)
def test_no_production(url: str) -> None:
    assert not hosts.is_production(url)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--base-url", "https://api.findity.com"),
        ("--base-url", STAGE, "--token-url", "https://expense.findity.com/api/oauth/token"),
        ("--base-url", STAGE, "--legacy-base-url", "https://expense.findity.com"),
    ],
)
def test_production_is_refused_without_a_connection(shell: Any, arguments: tuple[str]) -> None:
    done = shell(*arguments, *KEY, hook=ALARM)

    assert done.returncode == 1
    assert "is Findity's production, which is never asked" in done.stderr
    assert done.stdout == ""


def test_the_alarm_goes_off_where_there_is_a_connection(shell: Any) -> None:
    done = shell("--base-url", "http://127.0.0.1:9", *KEY, hook=ALARM)

    assert "CONNECTS" in done.stdout


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("http://a.test/x?y", "http://a.test", True),
        ("http://a.test:80", "http://a.test", True),
        ("https://a.test", "http://a.test", False),
        ("http://a.test:81", "http://a.test", False),
        ("http://a.test@b.test", "http://a.test", False),
    ],
)
def test_a_token_is_only_shown_where_it_belongs(url: str, other: str, same: bool) -> None:
    assert hosts.same_origin(url, other) is same
