"""The pytest plugin: a Findity in a test, in two lines.

    def test_it_books_what_was_sent(mockfindity):
        mockfindity.report().submit()
        export = mockfindity.bulk_send()
        my_integration.run(mockfindity.url, mockfindity.client_id, mockfindity.client_secret)
        assert export.status == "SENT"

Nothing is imported and no server runs until a test asks for a fixture: a suite that uses none of
them starts as it would without the plugin. pytest 8 or later is needed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .testing.findity import Findity
    from .testing.guard import Guard
    from .testing.running import RemoteServer, ServerSettings

MARKERS = (
    "mockfindity(scenario=None, seed=None, settings=None): what the fixture `mockfindity` is to be",
    "mockfindity_guard: fail when the code under test tries to reach Findity's real hosts",
    "mockfindity_rule(rule): a rule of the contract kit",
)
_BEGAN = pytest.StashKey[float]()
TOLD = 20
"""Requests that are told of a test that failed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make ``--mockfindity-contracts`` known."""
    parser.getgroup("mockfindity").addoption(
        "--mockfindity-contracts",
        action="store_true",
        help="also judge a Findity client: by the rules that `mockfindity check` has",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known; take in the rules of the contract kit, if they are asked for."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if config.getoption("mockfindity_contracts"):
        config.pluginmanager.import_plugin("mockfindity.kit.own_run")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give a test that is marked with ``mockfindity_guard`` the fixture of that name, first, so
    that it stands while the others are set up."""
    if isinstance(item, pytest.Function) and item.get_closest_marker("mockfindity_guard"):
        others = [name for name in item.fixturenames if name != "mockfindity_guard"]
        item.fixturenames = ["mockfindity_guard", *others]


@pytest.fixture(scope="session")
def mockfindity_settings() -> ServerSettings:
    """How the server is started; override it to say otherwise.

    What ``mockfindity.running`` takes: ``host``, ``port``, ``seed``, ``data_dir``,
    ``strict_documented``, …; or ``url`` (and ``control_token``) of a server that runs already,
    such as in a container.
    """
    return {}


@pytest.fixture(scope="session")
def mockfindity_server(mockfindity_settings: ServerSettings) -> Iterator[RemoteServer]:
    """One server for the whole session (for each worker, under xdist): ``url``, and ``sandbox()``
    for more sandboxes than one."""
    from .store import StoreError
    from .testing.line import FindityError
    from .testing.running import serving

    server = serving(**mockfindity_settings)
    with _told_in_a_line("mockfindity_settings", TypeError, OSError, FindityError, StoreError):
        made = server.__enter__()
    try:
        yield made
    finally:
        server.__exit__(None, None, None)


@pytest.fixture
def mockfindity(
    request: pytest.FixtureRequest, mockfindity_server: RemoteServer
) -> Iterator[Findity]:
    """A Findity of the test's own: a fresh sandbox, with the key that leads to it."""
    marker = request.node.get_closest_marker("mockfindity")
    findity = _marked(mockfindity_server, marker) if marker else mockfindity_server.sandbox()
    yield findity
    mockfindity_server.drop(findity)


def _marked(server: RemoteServer, marker: pytest.Mark) -> Findity:
    """The sandbox that a marker asks for."""
    from .testing.line import FindityError

    with _told_in_a_line("@pytest.mark.mockfindity", TypeError, FindityError):
        scenario, seed, settings = _wanted(*marker.args, **marker.kwargs)
        findity = server.prepared(scenario, seed) if scenario else server.sandbox(seed=seed)
        if settings:
            findity.settings(**settings)
    return findity


def _wanted(
    scenario: str | None = None,
    seed: int | None = None,
    settings: dict[str, Any] | None = None,
    *more: object,
    **other: object,
) -> tuple[str | None, int | None, dict[str, Any] | None]:
    if more or other:
        unknown = next(iter(other), None) or more[0]
        raise TypeError(f"it takes scenario, seed and settings, not {unknown!r}")
    return scenario, seed, settings


@contextmanager
def _told_in_a_line(what: str, *errors: type[Exception]) -> Iterator[None]:
    """Fail with one line for an error that is in the set-up of the tests, not in any code."""
    try:
        yield
    except errors as error:
        raise pytest.fail.Exception(f"{what}: {error}", pytrace=False) from None


@pytest.fixture
def mockfindity_guard(request: pytest.FixtureRequest) -> Iterator[Guard]:
    """Fail the test when the code under test tries to reach Findity's real hosts."""
    from .testing.guard import watching

    def url() -> str | None:
        return getattr(request.node.funcargs.get("mockfindity"), "url", None)

    with watching(url) as guard:
        yield guard
    if guard.reached and not guard.is_told:
        pytest.fail(guard.message, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test whose code swallowed what its guard said."""
    item.stash[_BEGAN] = time.monotonic()
    yield
    guard: Any = getattr(item, "funcargs", {}).get("mockfindity_guard")
    if guard is not None and guard.reached:
        guard.is_told = True
        pytest.fail(guard.message, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a test that failed what its Findity was asked, and whom its guard stopped."""
    report = yield
    if report.failed and call.when == "call":
        made = getattr(item, "funcargs", {})
        findity: Any = made.get("mockfindity")
        guard: Any = made.get("mockfindity_guard")
        if hasattr(findity, "requests"):
            report.sections.append(
                ("mockfindity: the last requests", _told(findity, item.stash[_BEGAN]))
            )
        if guard is not None and guard.reached and not guard.is_told:
            guard.is_told = True
            report.sections.append(("mockfindity: the guard", guard.message))
    return report


def _told(findity: Findity, since: float) -> str:
    try:
        found = findity.requests.last(TOLD) or _unclaimed(findity, since)
    except Exception as error:  # noqa: BLE001 (whatever it is, the test's own failure comes first)
        return f"they cannot be read: {error}"
    return "\n".join(map(_line, found)) or "There were none: did the client use mockfindity.url?"


def _unclaimed(findity: Findity, since: float) -> list[Any]:
    """What was asked since the test began with no token or key of any sandbox: by a client that
    signs in wrongly, or by one of another test that ran beside this one."""
    every = findity.line.control("GET", "/requests", query={"max": 10**9})["data"]
    return [r for r in every if r["unclaimed"] and r["begun"] >= since][-TOLD:]


def _line(request: Any) -> str:
    """A request of the journal, with the code it was refused with."""
    code = _CODE.search(request["answer"]) if (request["status"] or 0) >= 400 else None
    told = f"{request['status'] or 'lost'} {request['method']} {request['path']}"
    return f"{told} ({code[1]})" if code else told


_CODE = re.compile(r'"(?:code|error)":"([^"]+)"')
