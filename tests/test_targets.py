"""Where webhooks may go."""

from __future__ import annotations

import asyncio

import pytest

from mockfindity.errors import BadRequest
from mockfindity.targets import refuse_public, resolves_privately

LOCAL = [
    "http://127.0.0.1:9000/hook",
    "http://127.8.8.8/",
    "http://[::1]:9000/hook",
    "http://0.0.0.0:9000/",
    "https://10.1.2.3/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://[fd00::1]/",
    "http://[::ffff:127.0.0.1]/",
]
PUBLIC = [
    "http://8.8.8.8/",
    "http://203.0.113.5/hook",
    "http://172.32.0.1/",
    "http://169.254.169.254/latest",
    "http://[2001:db8::1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://me:secret@8.8.8.8/",
    "http://127.0.0.1\\@8.8.8.8/",
]
WRONG = [
    "",
    "hook",
    "/hook",
    "//127.0.0.1/hook",
    "http:127.0.0.1",
    "http://",
    "http:///hook",
    "http://me@/hook",
    "ftp://127.0.0.1/hook",
    "file:///etc/passwd",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:65536/",
    "http://127.0.0.1:port/",
    "http://one two/",
    "http://%38.8.8.8/",
    "http://127.0.0.1/\nhook",
]


@pytest.mark.parametrize("url", [*LOCAL, "http://findity-client:9000/", "https://example.com/"])
def test_local_addresses_and_names_are_taken(url: str) -> None:
    refuse_public(url, allow_public=False)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_is_refused(url: str) -> None:
    with pytest.raises(BadRequest, match="neither loopback nor private"):
        refuse_public(url, allow_public=False)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_is_taken_where_they_are_allowed(url: str) -> None:
    refuse_public(url, allow_public=True)


@pytest.mark.parametrize("url", WRONG)
@pytest.mark.parametrize("allow_public", [False, True])
def test_what_is_no_absolute_http_url_is_refused(url: str, allow_public: bool) -> None:
    with pytest.raises(BadRequest, match="webhookUrl"):
        refuse_public(url, allow_public)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "10.0.0.1", "2130706433"])
def test_a_local_host_resolves_privately(host: str) -> None:
    assert asyncio.run(resolves_privately(host, 9000)) is True


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:db8::1", "134744072"])
def test_a_public_address_does_not_resolve_privately(host: str) -> None:
    assert asyncio.run(resolves_privately(host, 80)) is False


def test_a_name_that_cannot_be_one_is_an_os_error() -> None:
    with pytest.raises(OSError, match="no host name"):
        asyncio.run(resolves_privately("a" * 70 + ".example", 80))
