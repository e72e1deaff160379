"""The journal of a sandbox: what the client asked, and what it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .line import is_refusal

if TYPE_CHECKING:
    from ..shapes.requests import RequestOut
    from .findity import Findity

__tracebackhide__ = is_refusal

EVERY = 10**9


class Requests:
    """Requests of the code under test to Findity's API, oldest first.

    A filter names what is wanted: ``operation="updateExportStatus"``, ``method="PUT"``,
    ``path="/api/admin/*"``, ``status=400`` (or ``"4xx"``), ``search="a text"``,
    ``since=…``.
    """

    def __init__(self, findity: Findity) -> None:
        self._findity = findity

    def all(self, **filters: str | int) -> list[RequestOut]:
        """The requests that a filter takes."""
        return list(self._findity.control("GET", "/requests", **filters, max=EVERY)["data"])

    def last(self, most: int, **filters: str | int) -> list[RequestOut]:
        """The last ``most`` requests that a filter takes."""
        before = max(0, self.count(**filters) - most)
        query = {**filters, "max": most, "offset": before}
        return list(self._findity.control("GET", "/requests", **query)["data"])

    def count(self, **filters: str | int) -> int:
        """How many requests a filter takes."""
        return int(self._findity.control("GET", "/requests/count", **filters)["count"])

    def wait(self, count: int = 1, *, timeout: int = 10, **filters: str | int) -> list[RequestOut]:
        """Wait until a filter takes ``count`` requests, and give those.

        Raises ``FindityError`` ``WAIT_TIMEOUT`` after ``timeout`` seconds, 60 at the most.
        """
        query = {**filters, "count": count, "timeout": timeout}
        return list(self._findity.control("GET", "/requests/wait", **query)["data"])

    def clear(self) -> None:
        """Forget every request; counts begin anew."""
        self._findity.control("DELETE", "/requests")
