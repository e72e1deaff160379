"""The line of ``mockfindity scenario run --reset``."""

from __future__ import annotations

from typing import Any

import httpx2

from ..testing.line import Line, segment


class FreshLine(Line):
    """A line to a server on which a sandbox is put back to how it was made before anything is
    asked. Until then nothing is changed: a story that refuses what it was given, or misses what it
    needs, leaves the sandbox as it was."""

    def __init__(self, url: str, sandbox: str, control_token: str | None = None) -> None:
        super().__init__(url, control_token)
        self._path = f"/_mockfindity/sandboxes/{segment(sandbox)}/reset"
        self._is_due = True

    def send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """The answer to a request. Raises ``FindityError`` unless it is a success."""
        if self._is_due:
            super().send("POST", self._path, headers=self.guarded)
            self._is_due = False
        return super().send(method, path, **more)
