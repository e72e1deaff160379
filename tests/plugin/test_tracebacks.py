"""What pytest shows of a test in which Findity refused: the line that asked, and none of ours."""

from __future__ import annotations

import pytest
from suites import run

REFUSED = """
    import pytest
    import mockfindity as package

    def ask(findity):
        findity.bulk_send(format="NOPE")

    def test_through_a_function_of_one_s_own(mockfindity):
        ask(mockfindity)

    @pytest.mark.parametrize("step", [
        lambda findity: findity.here.exports("NOPE"),
        lambda findity: findity.settings(token_lifetme=5),
        lambda findity: findity.webhooks.wait(timeout=0),
        lambda findity: findity.report("ANNA").approve(),
        lambda findity: findity.clock.freeze("nope"),
        lambda findity: findity.faults.add(set="nope"),
        lambda findity: findity.requests.count(status="nope"),
        lambda findity: findity.snapshot("").restore(),
        lambda findity: findity.here.category(""),
        lambda findity: package.Findity.at(findity.url, "nobody"),
        lambda findity: findity.scenario("nope"),
    ])
    def test_each_step(mockfindity, step):
        step(mockfindity)

    @pytest.fixture
    def prepared(mockfindity):
        mockfindity.restore("nope")

    def test_in_a_fixture(prepared):
        pass
"""


def test_the_last_line_shown_is_the_one_that_asked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_refused=REFUSED)

    result = run(pytester)

    result.assert_outcomes(failed=12, errors=1)
    shown = [line for line in result.outlines if line.endswith(": FindityError")]
    assert len(shown) == 13
    assert {line.partition(":")[0] for line in shown} == {"test_refused.py"}
    result.stdout.no_fnmatch_line("*mockfindity/testing/*")
    result.stdout.fnmatch_lines(
        [">       mockfindity.restore(?nope?)", "E       mockfindity.FindityError: *"]
    )


def test_the_whole_trace_can_be_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(mockfindity):\n    mockfindity.restore('nope')\n")

    result = run(pytester, "--full-trace")

    result.stdout.fnmatch_lines(["*mockfindity/testing/line.py:*: FindityError"])


def test_what_is_no_refusal_is_shown_whole(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(mockfindity):\n    mockfindity.clock.advance({1})\n")

    result = run(pytester)

    result.stdout.fnmatch_lines(["*mockfindity/testing/clock.py:*: in advance"])
