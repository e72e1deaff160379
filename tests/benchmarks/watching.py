"""What others notice while a server does something large."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from .company import Company
from .load import p99
from .servers import HERE, ready


class Watch:
    """The answers that somebody else got: when each was due, and the milliseconds it took."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []
        self._spans: dict[str, list[tuple[float, float]]] = defaultdict(list)

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Remember when what happens in the block began and ended."""
        began = time.monotonic()
        yield
        self._spans[name].append((began, time.monotonic()))

    def p99s(self, name: str) -> list[float]:
        """The 99th percentile of what the others waited, for each span of that name."""
        return [p99(self._within(*span)) for span in self._spans[name]]

    def _within(self, began: float, ended: float) -> list[float]:
        return [took for due, took in self.seen if began <= due <= ended] or [0.0]


@contextmanager
def watching(company: Company) -> Iterator[Watch]:
    """Let somebody ask for an account of this company again and again, while the block runs. What
    was seen can be read after it."""
    watch = Watch()
    command = [sys.executable, str(HERE / "witness.py"), company.findity.url, company.first()]
    with subprocess.Popen([*command, company.token], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready(process.stdout)
        try:
            yield watch
        finally:
            process.terminate()
        watch.seen = [(due, took) for due, took in json.loads(process.stdout.read())]
