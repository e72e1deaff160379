"""The other server over HTTP: patient with a rate limit, never led elsewhere, never without end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import httpx2

from . import hosts

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer that are read."""
TRIES = 5
"""How often a request that meets a rate limit is sent."""
LONGEST_WAIT = 30.0
"""Seconds to wait for a rate limit at the most, each time."""
LOST_IN_A_ROW = 3
"""So many requests without an answer, and there is no point in asking on."""
TOO_MANY = 429
NOT_JSON = object()


class Unreachable(Exception):
    """Nothing answers, or nothing any more."""


class Answer(NamedTuple):
    """An answer as it came; ``trouble`` says why there is none."""

    status: int = 0
    headers: Mapping[str, str] = {}
    content: bytes = b""
    trouble: str | None = None

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_success(self) -> bool:
        return self.status // 100 == 2

    def json(self) -> Any:
        """The body as JSON, or ``NOT_JSON``."""
        try:
            data = json.loads(self.content, parse_constant=_no_number)
            if b"\\ud" in self.content.lower():  # half of a pair is no text that can be sent on
                json.dumps(data, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            return NOT_JSON
        return data


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class Client:
    """Sends requests; follows no redirect, and asks no production host whatever it is told."""

    def __init__(self, timeout: float, *, secure: bool) -> None:
        self.timeout = timeout
        self._lost = 0
        # Certificates and proxies are for servers on the net; loading them takes a while.
        self._http = httpx2.Client(
            timeout=timeout, verify=secure, trust_env=secure, follow_redirects=False
        )

    def close(self) -> None:
        self._http.close()

    def send(self, method: str, url: str, **more: Any) -> Answer:
        """The answer, once the rate limit lets it through.

        Raises ``Production``, and ``Unreachable`` where one request after the other is lost.
        """
        hosts.check(url)
        answer = self._once(method, url, more)
        for turn in range(1, TRIES):
            if answer.status != TOO_MANY:
                break
            time.sleep(_pause(answer, turn))
            answer = self._once(method, url, more)
        if answer.status == TOO_MANY:
            answer = answer._replace(trouble=f"429, also after {TRIES} tries")
        self._lost = 0 if answer.trouble is None else self._lost + 1
        if self._lost >= LOST_IN_A_ROW:
            raise Unreachable(f"{hosts.host_of(url)} does not answer any more: {answer.trouble}.")
        return answer

    def _once(self, method: str, url: str, more: Mapping[str, Any]) -> Answer:
        until = time.monotonic() + self.timeout
        try:
            with self._http.stream(method, url, **more) as response:
                content = _read(response, lambda: time.monotonic() > until)
                return Answer(response.status_code, response.headers, content)
        except (httpx2.HTTPError, httpx2.InvalidURL, _Unread) as error:
            return Answer(trouble=_why(error, self.timeout))


class _Unread(Exception):
    """An answer that is not read to its end."""


def _read(response: httpx2.Response, is_over: Callable[[], bool]) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > LARGEST:
            raise _Unread(f"an answer larger than {LARGEST // 2**20} MiB")
        if is_over():
            raise _Unread("")
    return bytes(content)


def _why(error: Exception, timeout: float) -> str:
    if isinstance(error, httpx2.TimeoutException) or not str(error):
        return f"no whole answer within {timeout:g} s"
    return str(error).rstrip(".")


def _pause(answer: Answer, turn: int) -> float:
    """As long as the server says, or else twice as long each time."""
    given = answer.headers.get("retry-after", "")
    seconds = float(given) if given.isascii() and given.isdigit() else 2.0 ** (turn - 1)
    return min(seconds, LONGEST_WAIT)
