"""A violation: what the client did, told with its requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..shapes.requests import RequestOut


class Violation(AssertionError):
    """A rule was broken: ``what`` the client did, and the ids of the ``requests`` that show it."""

    def __init__(self, what: str, requests: Iterable[RequestOut] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.requests = [request["id"] for request in requests]


def violated(what: str, requests: Iterable[RequestOut] = ()) -> Violation:
    """What a rule raises: ``raise violated("it asked for a token 12 times", tokens)``."""
    return Violation(what, requests)
