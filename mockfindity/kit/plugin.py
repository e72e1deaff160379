"""The pytest side of the kit: the fixtures that rules use, and a verdict for each of them.

Loaded by ``mockfindity check``, and by ``--mockfindity-contracts`` in a project's own run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .applicability import does_not_apply
from .astray import astray
from .blotting import Blotter
from .client import Client, client_of
from .company import Company
from .configuration import Configuration, ConfigurationError, configuration, from_files
from .configuration import from_environment as configured
from .rule import MARK, Rule, rule_of
from .starting import connection_of
from .traffic import Watched, watched
from .verdict import Outcome, Verdict
from .violation import Violation

if TYPE_CHECKING:
    from ..testing.findity import Findity

KEY = "mockfindity_verdict"
"""The user property of a report under which its verdict travels, from xdist's workers too."""

TOLD = 200
"""Requests that a verdict keeps, beside those that prove it."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of a rule known."""
    config.addinivalue_line("markers", f"{MARK}(rule): a rule of the contract kit")


@pytest.fixture(scope="session")
def kit_configuration(pytestconfig: pytest.Config) -> Configuration:
    """What is judged: from ``mockfindity check``, or else from the project's file."""
    try:
        return configured() or configuration(from_files(pytestconfig.rootpath))
    except ConfigurationError as error:
        raise pytest.UsageError(f"mockfindity: {error}") from None


@pytest.fixture(scope="session")
def kit_server(kit_configuration: Configuration) -> Iterator[Watched]:
    """The Findity that is played to the client; one for each worker."""
    # A receiver that somebody names here may be anywhere.
    is_probe = kit_configuration.webhook_probe is not None
    with watched(allow_public_webhooks=is_probe) as found:
        yield found


@pytest.fixture
def kit_findity(kit_server: Watched) -> Iterator[Findity]:
    """A sandbox of the rule's own."""
    made = kit_server.server.sandbox(seed=1)
    yield made
    kit_server.server.drop(made)


@pytest.fixture
def kit_company(
    request: pytest.FixtureRequest, kit_findity: Findity, kit_configuration: Configuration
) -> Company:
    """The company that the client works for."""
    found = rule_of(request.node)
    if found is not None and (reason := does_not_apply(found, kit_configuration)):
        pytest.skip(reason)
    return Company.founded(kit_findity, kit_configuration)


@pytest.fixture
def kit_client(
    request: pytest.FixtureRequest,
    kit_company: Company,
    kit_configuration: Configuration,
    kit_server: Watched,
    tmp_path: Path,
) -> Iterator[Client]:
    """The client that is judged; a service runs by the time that the rule begins."""
    connection = connection_of(kit_company, kit_configuration, tmp_path)
    made = client_of(kit_configuration, connection, kit_server.traffic)
    try:
        kit_company.hires(made)
        yield made
    finally:
        made.stop()
        request.node.stash[_OUTPUT] = made.output


_OUTPUT = pytest.StashKey[str]()


def _named(name: str) -> Any:
    """A fixture that is the kit's for rules. For other tests of the same run it is what any other
    plugin calls so, as a project may have a `client` of its own, and the kit's where none does."""

    # What is judged is asked for here, so that pytest knows beforehand: then it can be several.
    @pytest.fixture(name=name)
    def chosen(request: pytest.FixtureRequest, kit_configuration: Configuration) -> Any:
        if rule_of(request.node) is None:
            with contextlib.suppress(pytest.FixtureLookupError):
                return request.getfixturevalue(name)
        return request.getfixturevalue(f"kit_{name}")

    return chosen


findity, company, client = _named("findity"), _named("company"), _named("client")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let ``-k EXP-5`` find a rule by its id, and no warning decide it."""
    if (found := rule_of(item)) is not None:
        item.extra_keyword_matches.add(found.id)
        # What a client warns of, called in process, is its own affair.
        item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the verdict to the report that decides: a call, or a set-up that did not pass."""
    report = yield
    rule = rule_of(item)
    decides = report.when == "call" or (report.when == "setup" and not report.passed)
    if rule is not None and decides:
        data = _verdict(item, call, report, rule).as_data()
        report.user_properties.append((KEY, _blotted(item, data)))
    return report


def _verdict(
    item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, rule: Rule
) -> Verdict:
    seconds = round(report.duration, 3)
    if report.passed:
        return Verdict(rule, "passed", seconds=seconds)
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        return Verdict(rule, "not applicable", reason.removeprefix("Skipped: "), seconds)
    error = call.excinfo.value if call.excinfo else None
    client = getattr(item, "funcargs", {}).get("client")
    company = getattr(item, "funcargs", {}).get("company")
    requests = _requests(company, getattr(error, "requests", ()))
    output = client.output if isinstance(client, Client) else item.stash.get(_OUTPUT, "")
    starts = client.starts if isinstance(client, Client) else []
    outcome: Outcome = "error"
    what, shows = f"{type(error).__name__}: {error}", []
    if isinstance(error, Violation):
        outcome, what, shows = "violated", _what(error, company), error.requests
    elif isinstance(error, AssertionError):
        outcome, what = "violated", str(error)
    return Verdict(rule, outcome, what, seconds, requests, shows, output, starts)


def _what(error: Violation, company: object) -> str:
    """What the client did; and where all that it asked went astray in one way, in which."""
    if not isinstance(company, Company) or company.configuration.areas == ("webhook",):
        return error.what
    with contextlib.suppress(Exception):  # the verdict comes first, whatever the journal says
        if why := astray(company.seen.all()):
            return f"{error.what}; {why}"
    return error.what


def _blotted(item: pytest.Item, data: dict[str, Any]) -> dict[str, Any]:
    findity: Any = getattr(item, "funcargs", {}).get("company")
    findity = getattr(findity, "findity", None)
    if findity is None:
        return data
    blotted: dict[str, Any] = Blotter(findity.name, findity.client_id, findity.client_secret).data(
        data
    )
    return blotted


def _requests(company: object, proofs: Collection[int]) -> list[dict[str, Any]]:
    """The last requests of a client, and before them those that prove a violation, by their ids."""
    if not isinstance(company, Company):
        return []
    try:
        every = company.seen.all()
        earlier = [request for request in every[:-TOLD] if request["id"] in proofs]
        return [dict(request) for request in (*earlier, *every[-TOLD:])]
    except Exception:  # noqa: BLE001 (the verdict comes first, whatever the journal says)
        return []
