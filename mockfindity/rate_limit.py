"""The rate limit of a sandbox: so many requests in so many seconds, by the wall clock."""

from __future__ import annotations

import math
import time

from .errors import RateLimited
from .settings import RateLimit


class Window:
    """A fixed window that begins with the first request after the last one ended."""

    def __init__(self) -> None:
        self._begun, self._count = -math.inf, 0

    def take(self, limit: RateLimit) -> None:
        """Count a request. Raises ``RateLimited`` with ``Retry-After`` when there were enough."""
        now = time.monotonic()
        if now - self._begun >= limit.per_seconds:
            self._begun, self._count = now, 0
        self._count += 1
        if self._count > limit.requests:
            left = self._begun + limit.per_seconds - now
            raise RateLimited(
                f"more than {limit.requests} requests in {limit.per_seconds:g} s: wait as "
                "Retry-After says.",
                max(1, math.ceil(left)),
            )
