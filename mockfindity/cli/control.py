"""A mockfindity somewhere else, for the commands that talk to one that runs."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from functools import wraps
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .options import Problem, sandbox_option, token_option, url_option

if TYPE_CHECKING:
    from httpx2 import Response

Command = Callable[..., None]

ALL = 10**9
"""As many as there are."""


class Control:
    """The control API of one sandbox. ``token`` is what it asks for, if the server was started
    with one."""

    def __init__(self, url: str, sandbox: str = "default", token: str | None = None) -> None:
        import httpx2

        self.url, self.name = url, sandbox
        self.sandbox = f"/_mockfindity/sandboxes/{quote(sandbox, safe='')}"
        self.token = token
        self._headers = {} if token is None else {"x-mockfindity-token": token.encode()}
        # Loading certificates takes longer than most commands; without TLS there are none to check.
        secure = url.startswith("https:") and httpx2.create_ssl_context()
        self._http = httpx2.Client(timeout=30, trust_env=False, verify=secure)

    def __enter__(self) -> Control:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def __call__(
        self, method: str, path: str, json: Any = None, query: Mapping[str, Any] | None = None
    ) -> Any:
        """What the sandbox answers; a ``None`` of the query is left out. Raises ``Problem``."""
        given = {name: value for name, value in (query or {}).items() if value is not None}
        try:
            return self.send(method, self.sandbox + path, json=json, params=given or None)
        except Refused as refused:
            if refused.code != "SANDBOX_NOT_FOUND":
                raise
            made_by = f"`mockfindity sandbox create {shlex.quote(self.name)}` makes it"
            text = f"there is no sandbox {self.name!r}; {made_by}."
            raise Refused(refused.data | {"description": text}, 404) from None

    def all(self, path: str, query: Mapping[str, Any] | None = None) -> list[Any]:
        """Everything of one of the sandbox's lists."""
        found: list[Any] = self("GET", path, query={**(query or {}), "max": ALL})["data"]
        return found

    def send(self, method: str, path: str, **more: Any) -> Any:
        """The JSON that the server answers.

        Raises ``Problem`` with the server's description and code where it refuses, and where
        nothing answers or something else does.
        """
        answer = self.request(method, path, **more)
        return None if answer.status_code == 204 else answer.json()

    def request(self, method: str, path: str, **more: Any) -> Response:
        """The server's answer as it came, once it is sure that it is one and no refusal."""
        import httpx2

        if path.startswith("/_mockfindity"):
            more["headers"] = self._headers | more.get("headers", {})
        try:
            answer = self._http.request(method, self.url + path, **more)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Silent(
                f"no mockfindity answers at {self.url} ({str(error) or type(error).__name__}); "
                "start one with `mockfindity serve`, or say where it is with --url."
            ) from None
        if answer.status_code == 204:
            return answer
        try:
            data = answer.json()
        except ValueError:
            raise Problem(
                f"what answers at {self.url} is no mockfindity: {method} {path} gave "
                f"{answer.status_code} without JSON."
            ) from None
        if not answer.is_success:
            raise Refused(data, answer.status_code)
        return answer


class Silent(Problem):
    """Nothing answers, or not in HTTP."""


class Refused(Problem):
    """The server said no; ``code`` is its machine-readable reason, ``data`` all it said."""

    def __init__(self, data: Any, status: int) -> None:
        self.data = data if isinstance(data, dict) else {}
        self.code = str(self.data.get("code") or self.data.get("error") or status)
        text = self.data.get("description") or self.data.get("error_description") or data
        super().__init__(f"{text} ({self.code})")


def with_control(function: Command) -> Command:
    """Options that say which sandbox of which server; the command is given its ``Control``."""
    return url_option(sandbox_option(token_option(_given_control(function))))


def with_server(function: Command) -> Command:
    """Options that say which server; for commands that are about no sandbox."""
    return url_option(token_option(_given_control(function)))


def _given_control(function: Command) -> Command:
    @wraps(function)
    def command(url: str, control_token: str | None, sandbox: str = "default", **more: Any) -> None:
        with Control(url, sandbox, control_token) as control:
            function(control, **more)

    return command
