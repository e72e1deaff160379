"""The rules in a project's own run of pytest: ``pytest --mockfindity-contracts``.

They come with the project's ``-k``, markers, reports and workers. What the project says of test
files, or how it imports them, is about its own: the rules are found and read by themselves, and a
``tests/test_exports.py`` of the project's is none of ours.
"""

from __future__ import annotations

import gc
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from . import plugin
from .configuration import ConfigurationError, configuration, from_files
from .configuration import from_environment as configured
from .plugin import KEY
from .reports.terminal import told
from .rule import rule_of
from .suite import rule_files, suite
from .verdict import verdict_of

FIXTURES = ("findity", "company", "client")


def pytest_configure(config: pytest.Config) -> None:
    """Add the rules to what is collected. Raises ``UsageError`` where no client is configured."""
    try:
        configured() or configuration(from_files(config.rootpath))
    except ConfigurationError as error:
        raise pytest.UsageError(
            f"--mockfindity-contracts: {error} It is said in mockfindity.toml under [check], or in "
            "pyproject.toml under [tool.mockfindity.check]; `mockfindity check --init` writes that."
        ) from None
    config.args.extend(file for file in rule_files() if file not in config.args)
    config.pluginmanager.import_plugin("mockfindity.kit.plugin")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling(), "mockfindity_telling")


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let what a client left open be found now, and not in the middle of a test of the project's,
    which may take a warning for an error."""
    if rule_of(item) is not None:
        gc.collect()


class Telling:
    """Tells a violation as a story, in the place of Python's own account of it."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for key, value in list(report.user_properties):
            if key == KEY and isinstance(value, dict):
                report.user_properties.remove((key, value))
                verdict = verdict_of(value)
                if verdict.outcome == "violated":
                    report.longrepr = "\n".join(told(verdict))


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Read a file of the suite in its own way."""
    if module_path.parent != suite():
        return None
    # The suite lies outside the project, where every file would be called the same.
    name = f"mockfindity/rules/{module_path.name}"
    made: RuleFile = RuleFile.from_parent(parent, path=module_path, nodeid=name)
    return made


class RuleFile(pytest.Module):
    """A file of the suite, whatever a project's configuration says of test files."""

    def _getobj(self) -> ModuleType:
        name = f"mockfindity_rules_{self.path.stem}"
        if name not in sys.modules:
            spec = spec_from_file_location(name, self.path)
            if spec is None or spec.loader is None:
                raise self.CollectError(f"{self.path} cannot be read")
            sys.modules[name] = module = module_from_spec(spec)
            # The nearest fixtures count: a project may have a `client` of its own.
            vars(module).update({one: getattr(plugin, one) for one in FIXTURES})
            spec.loader.exec_module(sys.modules[name])
        return sys.modules[name]

    def funcnamefilter(self, name: str) -> bool:
        return name.startswith("test_")

    def classnamefilter(self, name: str) -> bool:
        return False
