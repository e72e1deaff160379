"""What the scenario ``big`` costs: seconds, and the most memory of the server and of the script.

    python tests/benchmarks/big.py [EXPENSES]

The server runs in a process of its own, as it would for a client. Time must grow with the number
of expenses and no faster, and the script's memory not at all; if either does, this ends with 1.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import Any

import mockfindity
from mockfindity.scenario_files import find

SHARES = (10, 1)
MOST_OF_SCRIPT = 150
"""MB that the script may take, however many expenses there are."""
SLOWER = 2.0
"""How much more time an expense may cost when there are ten times as many."""


def quiet(done: int, total: int, what: str) -> None:
    """Say nothing: what is told is told in the end."""


def played(expenses: int) -> tuple[float, int, dict[str, Any]]:
    """Play it on a fresh server; the seconds it took, the server's most memory, what it made."""
    command = [sys.executable, "-m", "mockfindity", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = next(line.split()[1] for line in server.stdout if line.startswith("Ready."))
        start = time.perf_counter()
        try:
            with mockfindity.running(url=url) as findity:
                made = find("big").play(findity, quiet, {"expenses": expenses})
            seconds = time.perf_counter() - start
        finally:
            server.terminate()
    return seconds, most(resource.RUSAGE_CHILDREN), made


def most(who: int) -> int:
    """The most memory so far, in MB."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> int:
    expenses = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    say(f"{'expenses':>9} {'seconds':>8} {'ms each':>8} {'package':>9} {'server':>8} {'script':>8}")
    each = []
    for share in SHARES:
        count = expenses // share
        seconds, server, made = played(count)
        each.append(1000 * seconds / count)
        script, size = most(resource.RUSAGE_SELF), made["packageBytes"] // 1_000_000
        say(f"{count:9,} {seconds:8.1f} {each[-1]:8.3f} {size:6} MB {server:5} MB {script:5} MB")
    good = most(resource.RUSAGE_SELF) <= MOST_OF_SCRIPT and each[-1] <= SLOWER * each[0]
    return 0 if good else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
