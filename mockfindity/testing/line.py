"""The line to a mockfindity: one HTTP client, and refusals as exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx2

ASIDE = {"x-mockfindity-aside": "yes"}
"""Sent with calls of Findity's API: leave them out of the journal, the faults and the rate limit,
which are for the client under test."""


class FindityError(Exception):
    """The server refused: ``status``, Findity's ``code``, and what it said in ``description``."""

    __module__ = "mockfindity"  # where it is imported from, so that a traceback says so too

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(f"{description} ({status} {code})")
        self.status, self.code, self.description = status, code, description

    def __reduce__(self) -> tuple[type[FindityError], tuple[int, str, str]]:
        return type(self), (self.status, self.code, self.description)


def is_refusal(excinfo: Any) -> bool:
    """Whether pytest tells of a ``FindityError``: for ``__tracebackhide__``, so that the last line
    it shows is the one that asked, and not one of ours."""
    return excinfo is not None and isinstance(excinfo.value, FindityError)


__tracebackhide__ = is_refusal


class Line:
    """HTTP to one server; ``control_token`` is what its control API asks for, if anything, and
    ``guarded`` the headers that say it.

    May be used by several threads, and by many sandboxes.
    """

    def __init__(self, url: str, control_token: str | None = None) -> None:
        self.url = url.rstrip("/")
        # As bytes: whoever chose the token may have used any letters.
        token = None if control_token is None else control_token.encode()
        self.guarded = {} if token is None else {b"x-mockfindity-token": token}
        # Loading certificates takes longer than most tests; without TLS there are none to check.
        secure = self.url.startswith("https:") and httpx2.create_ssl_context()
        self._http = httpx2.Client(base_url=self.url, timeout=70, trust_env=False, verify=secure)

    def close(self) -> None:
        self._http.close()

    def send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """The answer to a request. Raises ``FindityError`` unless it is a success."""
        answer = self._http.request(method, path, **more)
        if not answer.is_success:
            raise _refusal(answer)
        return answer

    def control(
        self,
        method: str,
        path: str,
        json: Any = None,
        query: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Any:
        """What the control API answers at ``path``, below ``/_mockfindity``."""
        answer = self.send(
            method,
            f"/_mockfindity{path}",
            json=json,
            params={name: value for name, value in (query or {}).items() if value is not None},
            headers=self.guarded,
            **more,
        )
        return answer.json() if answer.content else None


def _refusal(answer: httpx2.Response) -> FindityError:
    try:
        body = answer.json()
        code = body.get("code") or body["error"]
        description = body.get("description") or body.get("error_description") or ""
    except (ValueError, KeyError, AttributeError):
        code, description = "", answer.text[:500]
    return FindityError(answer.status_code, str(code), str(description))


def segment(text: str) -> str:
    """A text as one segment of a path."""
    return quote(text, safe="")


def camel(name: str) -> str:
    """A field's name on the wire: ``webhook_url`` is ``webhookUrl``."""
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
