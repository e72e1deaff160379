"""Runs the suite with pytest, in this process and by itself.

A project's configuration, its ``conftest.py`` files and the plugins that happen to be installed
have no say here: a verdict must not depend on where it was reached. In a project's own run, with
``--mockfindity-contracts``, they do.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from .configuration import Configuration
from .plugin import KEY
from .rule import Rule, rule_of
from .suite import order, rule_files, suite
from .verdict import Verdict, verdict_of

PLUGIN = "mockfindity.kit.plugin"
STOPPED = 2
NOT_UNDERSTOOD = 4
"""What pytest ends with when it was interrupted, and when it does not take an option."""


class Listed(NamedTuple):
    """A rule, and the test that it is, as pytest names it."""

    rule: Rule
    test: str


class Judged(NamedTuple):
    """The verdicts that were reached, and what went wrong with the suite itself."""

    verdicts: list[Verdict]
    troubles: list[str]


class SuiteError(Exception):
    """The suite could not be read: says why, with what pytest had to say."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


@dataclass
class _Heard:
    """What a run of pytest tells: its rules, its verdicts as they are reached, its troubles."""

    told: Callable[[Verdict], None] = lambda verdict: None
    rules: list[Listed] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        found = ((rule_of(item), item) for item in items)
        rules = [Listed(rule, _name_of(item)) for rule, item in found if rule is not None]
        self.rules = sorted(rules, key=lambda one: order(one.rule.id))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for key, value in report.user_properties:
            if key == KEY and isinstance(value, dict):
                self.verdicts.append(verdict_of(value))
                self.told(self.verdicts[-1])
        if report.failed and report.when == "teardown":
            self.troubles.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.troubles.append(str(report.longrepr))

    def pytest_internalerror(self, excrepr: Any) -> None:
        self.troubles.append(str(excrepr))


def _name_of(item: pytest.Item) -> str:
    return f"{item.path}::{item.nodeid.partition('::')[2]}"


def listed(keyword: str = "") -> list[Listed]:
    """The rules of the suite, those that pytest's ``-k`` takes, in their order.

    Raises ``SuiteError``.
    """
    heard = _Heard()
    more = ["-k", keyword] if keyword else []
    code = _pytest(heard, [*rule_files(), "--collect-only", *more])
    if heard.troubles or code == NOT_UNDERSTOOD:
        raise SuiteError(heard.troubles[0] if heard.troubles else "pytest did not take that.")
    return heard.rules


def judge(
    configuration: Configuration,
    rules: Sequence[Listed],
    told: Callable[[Verdict], None],
    *,
    workers: str = "0",
    exit_first: bool = False,
) -> Judged:
    """Let the client that is configured be judged by rules; each verdict is told when it is there.

    ``workers`` is what xdist takes as ``-n``. Raises ``Stopped`` on Ctrl-C.
    """
    heard = _Heard(told)
    more = ["-x"] if exit_first else []
    if workers != "0":
        more += ["-p", "xdist.plugin", "-n", workers]
    with _environment(configuration.exported()):
        code = _pytest(heard, [*(one.test for one in rules), *more])
    if code == STOPPED and not heard.troubles:
        raise Stopped
    judged = {verdict.rule.id for verdict in heard.verdicts}
    missing = [one.rule.id for one in rules if one.rule.id not in judged]
    if missing and not exit_first:
        heard.troubles.append(f"there is no verdict on {', '.join(missing)}")
    return Judged(heard.verdicts, heard.troubles)


def _pytest(heard: _Heard, arguments: Sequence[str]) -> int:
    alone = [
        *("-c", os.devnull, "--rootdir", str(suite()), "--noconftest", "--import-mode=importlib"),
        *("--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:terminal"),
        *("-p", PLUGIN),
    ]
    with _environment({"PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}):
        return int(pytest.main([*alone, *arguments], plugins=[heard]))


@contextlib.contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
