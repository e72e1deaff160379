"""How long it takes until something answers, and how much memory it then has.

Processes are started in turns, and the middle of each kind counts.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence

from .load import Effort, median
from .rows import Row, at_most
from .servers import BARE, MOCKFINDITY, PROGRAM, running

IMPORTED = """
import sys, time
import pytest, _pytest.config
began = time.perf_counter()
import mockfindity.pytest_plugin
print((time.perf_counter() - began) * 1000)
"""
SERVING = """
import statistics, time
from mockfindity.testing.running import serving
starts, stops = [], []
for _ in range(12):
    began = time.perf_counter()
    entered = serving()
    entered.__enter__()
    ready = time.perf_counter()
    entered.__exit__(None, None, None)
    starts.append((ready - began) * 1000)
    stops.append((time.perf_counter() - ready) * 1000)
print(statistics.median(starts[2:]), statistics.median(stops[2:]))
"""


def start(effort: Effort) -> Iterator[Row]:
    """``mockfindity serve`` to its first answer, and its memory then."""
    bare, ours, memory = [], [], []
    for _ in range(3 * effort.rounds):
        bare.append(first_answer(BARE, "/")[0])
        took, held = first_answer(MOCKFINDITY, "/_mockfindity/health")
        ours.append(took)
        memory.append(held)
    told = f"{median(ours):.0f} of {median(bare):.0f} ms"
    yield at_most("start to the first answer", _ratio(ours, bare), 2, "of bare", told)
    yield at_most("memory after it", median(memory), 55, "MB")


def first_answer(command: Sequence[str], path: str) -> tuple[float, float]:
    """Milliseconds from the start of a server to its first answer, and MB that it then holds."""
    began = time.perf_counter()
    with running(command) as served:
        urllib.request.urlopen(served.url + path, timeout=20).read()
        return (time.perf_counter() - began) * 1000, served.memory


def commands(effort: Effort) -> Iterator[Row]:
    """The command line's help, and the pytest plugin where pytest is there already."""
    plain, ours = [], []
    for _ in range(3 * effort.rounds):
        plain.append(took(lambda: said(sys.executable, "-c", "pass")))
        ours.append(took(lambda: said(PROGRAM, "--help")))
    told = f"{median(ours):.0f} of {median(plain):.0f} ms"
    ratio = _ratio(ours, plain)
    yield at_most("mockfindity --help", ratio, 5, "of python -c pass", told)
    imported = [float(said(sys.executable, "-c", IMPORTED)) for _ in range(effort.rounds)]
    yield at_most("import of the pytest plugin", median(imported), 10, "ms")


def fixture(effort: Effort) -> Iterator[Row]:
    """The server of a test session, started and stopped in one process again and again."""
    found = [said(sys.executable, "-c", SERVING).split() for _ in range(effort.rounds)]
    begun, ended = (median([float(one) for one in each]) for each in zip(*found, strict=True))
    yield at_most("pytest: start of the server", begun, 5, "ms")
    yield at_most("pytest: its stop", ended, 5, "ms")


def said(*command: str) -> str:
    """What a program prints."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


def took(act: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The ratio in the middle of those of each turn."""
    return median([one / other for one, other in zip(ours, theirs, strict=True)])
