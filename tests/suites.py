"""Test suites that tests run, as a user's would be: in another process, with the plugin."""

from __future__ import annotations

import pytest


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    """The suite in ``pytester``'s folder, where a warning is an error. Of the plugins that are
    installed only mockfindity's is loaded, and those that ``args`` name with ``-p``."""
    pytester._monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    always = ("-W", "error", "-p", "no:cacheprovider", "-p", "mockfindity")
    return pytester.runpytest_subprocess(*always, *args)
