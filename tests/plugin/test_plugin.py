"""The pytest plugin in test suites of its own, each run in another process as a user would."""

from __future__ import annotations

import pytest
from suites import run

NOTHING = """
    import sys
    import threading

    HEAVY = ("starlette", "pydantic", "uvicorn", "httpx2", "msgspec", "mockfindity.testing")

    def test_nothing_was_imported_or_started():
        assert [name for name in HEAVY if name in sys.modules] == []
        assert [thread.name for thread in threading.enumerate()] == ["MainThread"]
"""

BOTH = """
    def test_one(mockfindity):
        mockfindity.organization("ONE")
        found = mockfindity.control("GET", "/organizations")["data"]
        assert [one["externalSourceId"] for one in found] == ["ONE"]

    def test_other(mockfindity):
        assert mockfindity.control("GET", "/organizations")["data"] == []
"""


def test_a_suite_that_uses_nothing_of_it_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(NOTHING)

    run(pytester, "--strict-markers").assert_outcomes(passed=1)


def test_the_guard_alone_needs_no_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        import threading

        def test_it(mockfindity_guard):
            assert mockfindity_guard.reached == []
            assert "mockfindity.testing.guard" in sys.modules
            assert "uvicorn" not in sys.modules
            assert threading.active_count() == 1
        """
    )

    run(pytester).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "args",
    [
        ("-p", "no:randomly", "--import-mode=prepend"),
        ("--import-mode=importlib",),
        ("-p", "xdist", "-n", "4"),
    ],
    ids=" ".join,
)
def test_two_tests_do_not_see_each_other(pytester: pytest.Pytester, args: tuple[str, ...]) -> None:
    pytester.makepyfile(BOTH)

    run(pytester, *args).assert_outcomes(passed=2)


def test_the_fixtures_are_told_of(pytester: pytest.Pytester) -> None:
    run(pytester, "--fixtures").stdout.fnmatch_lines(
        [
            "mockfindity_settings *",
            "    How the server is started; override it to say otherwise.",
            "mockfindity -- *",
            "    A Findity of the test's own: *",
        ]
    )


def test_the_marker_says_what_the_fixture_is_to_be(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        IDS = set()

        @pytest.mark.parametrize("seed", [1, 1, 2])
        def test_plain(mockfindity, seed): pass

        @pytest.mark.mockfindity(seed=7)
        class TestSeed:
            def test_one(self, mockfindity):
                IDS.add(mockfindity.organization().id)

            def test_the_same_again(self, mockfindity):
                assert mockfindity.organization().id in IDS

            @pytest.mark.mockfindity(seed=8)
            def test_the_nearest_counts(self, mockfindity):
                assert mockfindity.organization().id not in IDS

        @pytest.mark.mockfindity(settings={"webhook_mode": "sync", "tokenLifetime": 60})
        def test_settings(mockfindity):
            found = mockfindity.settings()
            assert (found["webhookMode"], found["tokenLifetime"]) == ("sync", 60)

        @pytest.mark.mockfindity("demo", seed=3)
        def test_scenario(mockfindity, mockfindity_server):
            organizations = mockfindity.control("GET", "/organizations")["data"]
            assert organizations
            mockfindity.organization("MORE")

        @pytest.mark.mockfindity(scenario="demo", seed=3)
        def test_the_scenario_as_it_was(mockfindity, mockfindity_server):
            found = mockfindity.control("GET", "/organizations")["data"]
            assert "MORE" not in [one["externalSourceId"] for one in found]
            there = mockfindity_server.line.control("GET", "/health")["sandboxes"]
            assert there == 3  # the default one, the one played in, and this test's
        """
    )

    run(pytester).assert_outcomes(passed=9)


WRONG = """
    import pytest

    @pytest.mark.mockfindity(sed=7)
    def test_keyword(mockfindity): pass

    @pytest.mark.mockfindity("demo", 7, {}, "more")
    def test_place(mockfindity): pass

    @pytest.mark.mockfindity(scenario="nothing")
    def test_scenario(mockfindity): pass

    @pytest.mark.mockfindity(settings={"webhook_mood": 1})
    def test_settings(mockfindity): pass

    @pytest.mark.mockfindity(seed=-1)
    def test_seed(mockfindity): pass
"""


def test_a_wrong_marker_is_told_in_a_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(WRONG)

    result = run(pytester)

    result.assert_outcomes(errors=5)
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")
    result.stdout.no_fnmatch_line("*another exception occurred*")
    result.stdout.fnmatch_lines(
        [
            "@pytest.mark.mockfindity: it takes scenario, seed and settings, not 'sed'",
            "@pytest.mark.mockfindity: it takes scenario, seed and settings, not 'more'",
            "@pytest.mark.mockfindity: *nothing*404*",
            "@pytest.mark.mockfindity: *: webhookMood (did you mean webhookMode?). (400 *",
            "@pytest.mark.mockfindity: *seed*400*",
        ]
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{'strict': True}", "there is no setting 'strict'; *strict_documented*"),
        ("{'url': 'http://127.0.0.1:9'}", "no mockfindity answers at http://127.0.0.1:9: *"),
        ("{'data_dir': __file__}", "*cannot be opened*"),
    ],
)
def test_wrong_settings_are_told_in_a_line(
    pytester: pytest.Pytester, settings: str, said: str
) -> None:
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.fixture(scope="session")
        def mockfindity_settings():
            return {settings}

        def test_it(mockfindity):
            pass
        """
    )

    result = run(pytester)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"mockfindity_settings: {said}"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_the_settings_are_overridden(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def mockfindity_settings(tmp_path_factory):
            folder = tmp_path_factory.mktemp("data")
            return {"host": "127.0.0.2", "strict_documented": True, "data_dir": folder}
        """
    )
    pytester.makepyfile(
        """
        def test_it(mockfindity, mockfindity_settings):
            assert mockfindity.url.startswith("http://127.0.0.2:")
            assert (mockfindity_settings["data_dir"] / "mockfindity.sqlite").exists()
            assert mockfindity.report().submit().status == "READY_TO_SEND"
        """
    )

    run(pytester).assert_outcomes(passed=1)


def test_a_server_that_runs_already_is_used(
    pytester: pytest.Pytester, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELSEWHERE", server)
    pytester.makeconftest(
        """
        import os
        import pytest

        @pytest.fixture(scope="session")
        def mockfindity_settings():
            return {"url": os.environ["ELSEWHERE"]}
        """
    )
    pytester.makepyfile(
        BOTH
        + """
    def test_it(mockfindity):
        import os
        assert mockfindity.url == os.environ["ELSEWHERE"]
    """
    )

    run(pytester, "-p", "xdist", "-n", "2").assert_outcomes(passed=3)


def test_a_test_that_fails_shows_the_last_requests(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import urllib.error
        import urllib.request
        import pytest

        def test_asked(mockfindity):
            mockfindity.report()
            for number in range(25):
                with pytest.raises(urllib.error.HTTPError):
                    urllib.request.urlopen(f"{mockfindity.url}/api/admin/{number}/", timeout=10)
                mockfindity.token()
            assert False

        def test_asked_nothing(mockfindity):
            assert False

        def test_passed(mockfindity):
            pass
        """
    )

    result = run(pytester)

    result.assert_outcomes(failed=2, passed=1)
    result.stdout.fnmatch_lines(
        [
            "*mockfindity: the last requests*",
            "*mockfindity: the last requests*",
            "There were none: did the client use mockfindity.url?",
        ]
    )


def test_a_failure_tells_of_a_client_that_signs_in_wrongly(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import httpx2

        def test_json(mockfindity):
            key = {"client_id": mockfindity.client_id, "client_secret": "?"}
            answer = httpx2.post(mockfindity.token_url, json=key)
            assert answer.status_code == 200
        """
    )

    result = run(pytester)

    result.stdout.fnmatch_lines(["400 POST /oauth/token (invalid_request)"])


def test_coroutines_use_it_like_anybody(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import asyncio
        import httpx2
        import pytest

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        async def listed(findity):
            headers = {"authorization": f"Bearer {findity.token()}"}
            async with httpx2.AsyncClient(base_url=findity.url, headers=headers) as client:
                return (await client.get("/api/admin/organizations/")).json()["organizations"]

        @pytest.mark.anyio
        async def test_a_coroutine(mockfindity):
            mockfindity.organization("ACME")
            assert [one["externalSourceId"] for one in await listed(mockfindity)] == ["ACME"]

        @pytest.mark.anyio
        async def test_a_wait_in_a_thread(mockfindity):
            waiting = asyncio.create_task(asyncio.to_thread(mockfindity.requests.wait, 1))
            await listed(mockfindity)
            assert (await waiting)[0]["operationId"] == "listOrganizations"

        def test_a_loop_of_one_s_own(mockfindity):
            assert asyncio.run(listed(mockfindity)) == []
        """
    )

    run(pytester, "-p", "anyio").assert_outcomes(passed=3)


def test_classes_and_unittest_use_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import unittest
        import pytest
        import mockfindity as emulator

        class TestPlain:
            @pytest.fixture(autouse=True)
            def findity(self, mockfindity):
                self.findity = mockfindity
                self.findity.organization("ACME")

            def test_it(self):
                assert self.findity.here.external_id == "ACME"

        @pytest.mark.usefixtures("mockfindity_guard")
        class TestOfUnittest(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _findity(self, mockfindity):
                self.findity = mockfindity

            def test_it(self):
                self.assertEqual(self.findity.report().submit().status, "READY_TO_SEND")

        class TestByItself(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.findity = cls.enterClassContext(emulator.running())

            def setUp(self):
                self.enterContext(emulator.guard())

            def test_it(self):
                self.assertEqual(self.findity.report().submit().status, "READY_TO_SEND")
        """
    )

    run(pytester).assert_outcomes(passed=3)
