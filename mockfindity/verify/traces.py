"""What a run made on the other server, until it has taken it away again."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from .client import Unreachable

PREFIX = "mockfindity-verify-"


class Traces:
    """``name`` is the name of everything this run makes; ``left`` what it could not take away."""

    def __init__(self) -> None:
        self.name = f"{PREFIX}{secrets.token_hex(4)}"
        self.left: list[str] = []
        self._undo: dict[str, Callable[[], bool]] = {}

    def made(self, what: str, undo: Callable[[], bool]) -> None:
        """Remember something that was made; ``undo`` takes it away and says whether it is gone."""
        self._undo[what] = undo

    def gone(self, what: str) -> None:
        """Forget something that was taken away."""
        self._undo.pop(what, None)

    def clean_up(self) -> None:
        """Take away what is still there, the newest first, as far as that is possible."""
        for what, undo in reversed(list(self._undo.items())):
            try:
                is_gone = undo()
            except Unreachable:
                is_gone = False
            if not is_gone:
                self.left.append(what)
        self._undo.clear()
