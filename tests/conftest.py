"""What holds for every test: repeatable hypothesis runs, and no silent skips where none may be.

CI                      hypothesis tries the same examples every time
MOCKFINDITY_NO_SKIPS    a skipped test is a failed one, so that nothing goes untested unnoticed
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import httpcore2  # noqa: F401 (pytester forgets what is first imported while it is in use)
import httpx2
import pytest
from hypothesis import settings
from stage import Stage
from support import Findity, Receiver

from mockfindity.app import App
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["pytester"]

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# No deadline: tests share a machine with servers, and a slow example is not a wrong one.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of an ``xdist_group`` on one worker: xdist 3.8 writes the group where pytest
    9.2 does not look for a test's id any more."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        if groups and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = type(item.id).parse(f"{item.nodeid}@{'_'.join(groups)}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return without_skip((yield))


def without_skip(report: Report) -> Report:
    """The report, failed where it was skipped and nothing may be; an expected failure stays one."""
    may_skip = not os.environ.get("MOCKFINDITY_NO_SKIPS") or hasattr(report, "wasxfail")
    if report.skipped and not may_skip:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (nothing may skip while MOCKFINDITY_NO_SKIPS is set)"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test has to show, which its worker cannot."""
    for report in terminalreporter.stats.get("passed", []):
        for key, value in report.user_properties:
            if key == "shows":
                terminalreporter.write_line(f"\n{value}")


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Sandboxes]:
    """The sandboxes of a mockfindity on a real socket, to look into; one for the whole run."""
    listener = listen(port=0)
    sandboxes = Sandboxes(address(listener))
    with in_thread(App(sandboxes), listener):
        yield sandboxes


@pytest.fixture(scope="session")
def server(sandboxes: Sandboxes) -> str:
    """The URL of that mockfindity."""
    return sandboxes.base_url


@pytest.fixture
def make_findity(server: str) -> Iterator[Callable[..., Findity]]:
    """Makes sandboxes of the test's own on the server: ``make_findity(seed=7)``."""
    made: list[Findity] = []

    def make(**options: Any) -> Findity:
        answer = httpx2.post(f"{server}/_mockfindity/sandboxes", json=options, verify=False)
        findity = Findity(server, answer.json())
        made.append(findity)
        return findity

    yield make
    for findity in made:
        findity.close()


@pytest.fixture
def findity(make_findity: Callable[..., Findity]) -> Findity:
    """A fresh sandbox with a signed-in client."""
    return make_findity()


@pytest.fixture
def acme(findity: Findity) -> Findity:
    """A fresh sandbox in which the organization ACME (from the Swedish template) has Anna."""
    findity.organization("ACME")
    findity.users("ANNA")
    return findity


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook receiver on a real socket."""
    with Receiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def stage(server: str) -> Iterator[Stage]:
    """A sandbox in which everything stands that a refusal can be about; no test changes it."""
    made = httpx2.post(f"{server}/_mockfindity/sandboxes", json={}, verify=False)
    findity = Findity(server, made.json())
    yield Stage(findity)
    findity.close()


@pytest.fixture
def client(findity: Findity) -> Findity:
    """A client that has set up ACME as the guides say, with a report that is ready to send."""
    findity.api.headers["x-findity-apiversion"] = "3"
    findity.organization("ACME")
    findity.users("ANNA")
    findity.ready()
    return findity


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; modules that use it say ``pytestmark = pytest.mark.xdist_group("browser")``."""
    from browser import chromium

    with chromium() as browser:
        yield browser
