"""Load: wrk on the last core, one thread, what it asks written to a file."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .servers import CLIENT_CORE, HERE

CONNECTIONS = 16


class Effort(NamedTuple):
    """How long is measured: whole seconds of a round, and how many rounds."""

    seconds: int
    rounds: int


class Asked(NamedTuple):
    """One request: ``%d`` in its body becomes a number that counts up."""

    method: str
    path: str
    token: str = "-"
    body: str = ""


class Measured(NamedTuple):
    """Requests a second, the 99th percentile and the longest in milliseconds, how many there were
    and how many of them failed."""

    rate: float
    p99: float
    longest: float
    failed: int
    asked: int


class LoadError(Exception):
    """wrk did not do its work, or was not answered as it should be."""


def load(
    url: str,
    asked: Sequence[Asked],
    seconds: int,
    *,
    connections: int = CONNECTIONS,
    rest: int = 0,
) -> Measured:
    """What a server does when it is asked these, again and again. ``rest`` is how many
    milliseconds a connection waits after an answer. Raises ``LoadError``."""
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        file.writelines("\t".join(one) + "\n" for one in asked)
        file.flush()
        command = [
            *("taskset", "-c", str(CLIENT_CORE), "wrk", "-t1", f"-c{connections}"),
            *(f"-d{seconds}s", "-s", str(HERE / "load.lua"), "--timeout", "20s", url),
        ]
        environment = os.environ | {"REQUESTS": file.name, "DELAY": str(rest)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    measured = _measured(done)
    if measured.failed:
        raise LoadError(
            f"{measured.failed} of {measured.asked} requests to {url}{asked[0].path} failed"
        )
    return measured


def _measured(done: subprocess.CompletedProcess[str]) -> Measured:
    line = next((line for line in done.stdout.splitlines() if line.startswith("MEASURED")), None)
    if line is None:
        raise LoadError(f"wrk ended with {done.returncode}: {done.stdout}{done.stderr}")
    rate, p99, longest, failed, asked = line.split()[1:]
    return Measured(float(rate), float(p99), float(longest), int(failed), int(asked))


def in_turns(
    one: Callable[[], Measured], other: Callable[[], Measured], rounds: int
) -> tuple[float, str]:
    """How many times the rate of ``other`` that of ``one`` is, and the words about it.

    Both are measured in turns, so that whatever else the machine does meets both, and the round in
    the middle counts.
    """
    pairs = [(one().rate, other().rate) for _ in range(rounds)]
    first, second = (median(rates) for rates in zip(*pairs, strict=True))
    told = f"{first:,.0f} of {second:,.0f} a second"
    return median([ours / theirs for ours, theirs in pairs]), told


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return statistics.median(values)


def p99(values: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(values)[-(-99 * len(values) // 100) - 1]
