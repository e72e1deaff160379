"""One connection to a server, with as little as can be between what is measured and the socket."""

from __future__ import annotations

import http.client
import json
import time
from typing import NamedTuple
from urllib.parse import urlsplit

BUFFER = 256 * 1024


class Download(NamedTuple):
    """A body, the milliseconds until its first byte came, and until its last."""

    body: bytes
    first: float
    whole: float

    @property
    def rate(self) -> float:
        """MB a second."""
        return len(self.body) / 1e6 / (self.whole / 1000)


class Connection:
    """A connection that is kept. ``token`` goes with every request."""

    def __init__(self, url: str, token: str = "") -> None:
        place = urlsplit(url)
        self._http = http.client.HTTPConnection(str(place.hostname), place.port, timeout=120)
        self._headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: object = None) -> bytes:
        """The body of an answer. Raises ``ConnectionError`` unless it is a success."""
        data = None if body is None else json.dumps(body)
        self._http.request(method, path, data, self._headers)
        return self._checked(path).read()

    def download(self, path: str) -> Download:
        """A large body, as it comes. Raises ``ConnectionError`` unless it is a success."""
        pieces = []
        began = time.monotonic()
        self._http.request("GET", path, headers=self._headers)
        answer = self._checked(path)
        pieces.append(answer.read1(1))
        first = time.monotonic()
        while piece := answer.read1(BUFFER):
            pieces.append(piece)
        whole = time.monotonic()
        answer.read()  # which lets the connection go on
        return Download(b"".join(pieces), (first - began) * 1000, (whole - began) * 1000)

    def _checked(self, path: str) -> http.client.HTTPResponse:
        answer = self._http.getresponse()
        if answer.status >= 300:
            raise ConnectionError(f"{path}: {answer.status} {answer.read().decode()}")
        return answer

    def close(self) -> None:
        self._http.close()
