"""A mockfindity somewhere else, for the commands that talk to one that runs."""

from __future__ import annotations

from types import TracebackType
from typing import Any
from urllib.parse import quote

from .options import Problem


class Control:
    """The control API of one sandbox, and with ``api`` Findity's own by the sandbox's key."""

    def __init__(self, url: str, sandbox: str = "default") -> None:
        import httpx2

        self.url = url
        self.sandbox = f"/_mockfindity/sandboxes/{quote(sandbox, safe='')}"
        self._http = httpx2.Client(timeout=30, trust_env=False)

    def __enter__(self) -> Control:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def __call__(self, method: str, path: str, json: Any = None) -> Any:
        """What the sandbox answers. Raises ``Problem``."""
        return self.send(method, self.sandbox + path, json=json)

    def api(self, path: str) -> Any:
        """What Findity's own API answers a GET with a token of the sandbox's key."""
        key = self("GET", "")
        form = {"client_id": key["clientId"], "client_secret": key["clientSecret"]}
        form["grant_type"] = "client_credentials"
        token = self.send("POST", "/oauth/token", data=form)["access_token"]
        return self.send("GET", path, headers={"authorization": f"Bearer {token}"})

    def send(self, method: str, path: str, **more: Any) -> Any:
        """The JSON that the server answers.

        Raises ``Problem`` with the server's description and code where it refuses, and where
        nothing answers or something else does.
        """
        import httpx2

        try:
            answer = self._http.request(method, self.url + path, **more)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Problem(
                f"no mockfindity answers at {self.url} ({str(error) or type(error).__name__}); "
                "start one with `mockfindity serve`, or say where it is with --url."
            ) from None
        if answer.status_code == 204:
            return None
        try:
            data = answer.json()
        except ValueError:
            raise Problem(
                f"what answers at {self.url} is no mockfindity: {method} {path} gave "
                f"{answer.status_code} without JSON."
            ) from None
        if not answer.is_success:
            raise _refused(data, answer.status_code)
        return data


class Refused(Problem):
    """The server said no; ``code`` is its machine-readable reason."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def _refused(data: Any, status: int) -> Refused:
    fields = data if isinstance(data, dict) else {}
    code = str(fields.get("code") or fields.get("error") or status)
    text = fields.get("description") or fields.get("error_description") or data
    return Refused(f"{text} ({code})", code)
