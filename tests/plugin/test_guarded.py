"""The guard as a fixture and as a marker: a test that tries to reach Findity fails."""

from __future__ import annotations

import pytest
from suites import run

CLIENT = """
    import unittest
    import urllib.request
    import pytest

    def swallows():
        try:
            urllib.request.urlopen("https://api.findity.com/oauth/token", timeout=10)
        except OSError:
            pass

    def does_not():
        urllib.request.urlopen("https://api.findity.com/oauth/token", timeout=10)
"""


MESSAGE = (
    "the code under test tried to reach Findity itself, at api.findity.com: point the base URL of "
    "the code under test, as in its environment variable FINDITY_BASE_URL, to the URL of a "
    "mockfindity (findity.env has every variable)."
)


def watched(pytester: pytest.Pytester, suite: str) -> pytest.RunResult:
    pytester.makepyfile(CLIENT + suite)
    return run(pytester)


def test_a_swallowed_error_fails_the_test_all_the_same(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    def test_by_fixture(mockfindity_guard):
        swallows()

    @pytest.mark.mockfindity_guard
    def test_by_marker():
        swallows()

    @pytest.mark.mockfindity_guard
    class TestInUnittest(unittest.TestCase):
        def test_it(self):
            swallows()

    def test_without():
        pass
    """,
    )

    result.assert_outcomes(failed=3, passed=1)
    said = [line for line in result.outlines if line.startswith("the code under test tried")]
    assert said == [MESSAGE, MESSAGE, MESSAGE]


def test_the_message_names_the_test_s_own_findity(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    @pytest.mark.mockfindity_guard
    def test_it(mockfindity):
        swallows()
    """,
    )

    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r".*FINDITY_BASE_URL, to http://127\.0\.0\.1:\d+ \(findity\.env"])


def test_an_error_that_is_shown_is_shown_once(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    @pytest.mark.mockfindity_guard
    def test_raises():
        does_not()

    @pytest.mark.mockfindity_guard
    def test_another_reason():
        swallows()
        assert 1 == 2
    """,
    )

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*FindityReachedError*", "*mockfindity: the guard*", "*1 == 2*"])


def test_fixtures_are_watched_while_they_are_made_and_unmade(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    @pytest.fixture
    def early():
        swallows()

    @pytest.fixture
    def late():
        yield
        swallows()

    @pytest.mark.mockfindity_guard
    def test_early(early):
        pass

    @pytest.mark.mockfindity_guard
    def test_late(late):
        pass
    """,
    )

    result.assert_outcomes(failed=1, passed=1, errors=1)


def test_only_the_case_that_is_marked_is_watched(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    @pytest.mark.parametrize("case", [1, pytest.param(2, marks=pytest.mark.mockfindity_guard)])
    def test_it(case, request):
        assert ("mockfindity_guard" in request.node.funcargs) == (case == 2)
    """,
    )

    result.assert_outcomes(passed=2)


def test_the_emulator_and_everybody_else_are_reached(pytester: pytest.Pytester) -> None:
    result = watched(
        pytester,
        """
    pytestmark = pytest.mark.mockfindity_guard

    def test_it(mockfindity):
        with urllib.request.urlopen(f"{mockfindity.url}/_mockfindity/health", timeout=10) as answer:
            assert answer.status == 200
        assert mockfindity.report().submit().status == "READY_TO_SEND"
    """,
    )

    result.assert_outcomes(passed=1)
