"""What a Findity of its own costs a test, beside other servers and mocks that tests are given.

    make bench-fixture

In one run of pytest the tests of four kinds follow one another in a random order: with a fixture
that does nothing, with ``mockfindity``, with pytest-httpserver's ``httpserver``, and with moto's
``mock_aws``. What is told are medians of set-up and tear-down together, and what is above nothing.
Then a suite that uses none of this is started again and again, with the plugin and without it.

Ends with 1 where ``mockfindity`` costs 0.2 ms more than ``httpserver``, or more than ``mock_aws``,
or where a suite that does not use it starts later than the noise explains.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS, STARTS = 400, 25
MORE = 0.2
"""Milliseconds that the fixture may cost more than ``httpserver``."""

SUITE = f"""
import pytest
from moto import mock_aws

KINDS = ("nothing", "mockfindity", "httpserver", "aws")

@pytest.fixture
def nothing():
    yield

@pytest.fixture
def aws():
    with mock_aws():
        yield

def test_the_sandbox_is_really_there(mockfindity):
    assert mockfindity.report().submit().status == "READY_TO_SEND"

for kind in KINDS:
    exec(f\"\"\"
@pytest.mark.parametrize("number", range({ROUNDS}))
def test_{{kind}}(number, {{kind}}):
    pass
\"\"\")
"""

CONFTEST = """
import collections, json, os, random

TOOK = collections.defaultdict(dict)

def pytest_collection_modifyitems(items):
    first, *others = items
    random.Random(0).shuffle(others)
    items[:] = [first, *others]

def pytest_runtest_logreport(report):
    kind = report.nodeid.partition("::test_")[2].partition("[")[0]
    if report.when != "call":
        seen = TOOK[kind]
        seen[report.nodeid] = seen.get(report.nodeid, 0.0) + report.duration * 1000

def pytest_sessionfinish(session):
    with open("took.json", "w") as file:
        json.dump({kind: list(seen.values()) for kind, seen in TOOK.items()}, file)
"""

UNUSED = """
def test_it():
    pass
"""


def pytest(folder: Path, *args: str) -> None:
    """Run the suite of a folder; raises ``CalledProcessError`` where it fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *args]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def worked() -> float:
    """Milliseconds of the processor that everything started here has taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def per_test() -> dict[str, float]:
    """Milliseconds of each kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_fixtures.py").write_text(SUITE)
        (folder / "conftest.py").write_text(CONFTEST)
        pytest(folder)
        took: dict[str, list[float]] = json.loads((folder / "took.json").read_text())
    return {kind: statistics.median(times) for kind, times in took.items() if len(times) > 1}


def starts() -> dict[str, list[float]]:
    """Milliseconds of the processor that a run takes whose one test uses nothing, with the plugin
    and without, in turn; what else the machine does meanwhile does not count."""
    took: dict[str, list[float]] = {"with": [], "without": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_nothing.py").write_text(UNUSED)
        for number in range(2 * STARTS):
            kind = ("with", "without")[number % 2]
            before = worked()
            pytest(folder, *([] if kind == "with" else ["-p", "no:mockfindity"]))
            took[kind].append(worked() - before)
    return took


def main() -> int:
    took = per_test()
    ours, nothing = took["mockfindity"], took["nothing"]
    lines = [f"{'fixture':16}{'a test':>12}{'above nothing':>18}{'mockfindity is':>18}"]
    for kind, each in took.items():
        ratio = f"{ours / each:.2f} x" if kind != "mockfindity" else ""
        lines.append(f"{kind:16}{each:9.3f} ms{each - nothing:15.3f} ms{ratio:>18}")
    begun = starts()
    with_it, without = statistics.median(begun["with"]), statistics.median(begun["without"])
    noise = statistics.quantiles(begun["without"], n=4)
    spread = noise[2] - noise[0]
    lines += ["", f"a suite that uses none of it, {STARTS} starts each"]
    lines += [f"with the plugin {with_it:9.0f} ms", f"without it      {without:9.0f} ms"]
    lines += [f"noise           {spread:9.0f} ms (between the quartiles)", ""]
    verdicts = {
        f"within {MORE} ms of httpserver": ours - took["httpserver"] <= MORE,
        "below mock_aws": ours < took["aws"],
        "no slower start beyond noise": with_it - without <= spread,
    }
    lines += [f"{'yes' if holds else 'NO ':5}{what}" for what, holds in verdicts.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
