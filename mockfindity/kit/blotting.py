"""What must not stand in a report: the secret and the tokens of the sandbox that a rule had.

The journal blots them out by itself; what a client prints it may print in the clear.
"""

from __future__ import annotations

import base64
import re
from typing import Any

REDACTED = "[redacted]"
_RANDOM = r"[A-Za-z0-9_-]{16,}"


class Blotter:
    """Blots out what leads into one sandbox; every key and token of it begins with its name."""

    def __init__(self, name: str, client_id: str, client_secret: str) -> None:
        self._client_id = client_id
        self._key = re.compile(rf"(?<![\w.-]){re.escape(name)}\.{_RANDOM}")
        basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._literal = (client_secret, basic)

    def text(self, text: str) -> str:
        """A text without secrets; the client's id is none."""
        for secret in self._literal:
            text = text.replace(secret, REDACTED)
        return self._key.sub(self._blotted, text)

    def _blotted(self, found: re.Match[str]) -> str:
        return found[0] if found[0] == self._client_id else REDACTED

    def data(self, data: Any) -> Any:
        """Lists and tables with all their texts blotted."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, dict):
            return {key: self.data(value) for key, value in data.items()}
        return [self.data(value) for value in data] if isinstance(data, list) else data
