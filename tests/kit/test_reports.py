"""What the reports say of a client that tries to break them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import xmlschema

from mockfindity.kit.reports import junit, markdown, page, story, terminal
from mockfindity.kit.rule import Rule
from mockfindity.kit.verdict import Outcome, Verdict, exit_code

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("browser")

JUNIT = Path(__file__).parent / "junit" / "junit-10.xsd"

NASTY = """
import base64, httpx2
def sync(given):
    form = {"grant_type": "client_credentials", "client_id": given.client_id,
            "client_secret": given.client_secret}
    with httpx2.Client(base_url=given.base_url) as http:
        token = http.post(given.token_url, data=form).json()["access_token"]
        http.get("/api/v1/connect/organizations/<script>alert(1)</script>|`x`/exports",
                 headers={"authorization": "Bearer " + token})
    print("secret", given.client_secret, "token", token)
    print(base64.b64encode(f"{given.client_id}:{given.client_secret}".encode()).decode())
    print("</pre><script>alert(2)</script> \\x1b[31mred\\x07 ````` | &amp;")
    raise ValueError(token)
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every report of one check, by its kind; `terminal` is what was printed."""
    from .conftest import Check

    check = Check(tmp_path_factory.mktemp("reports"))
    check.client(NASTY)
    files = {kind: f"report.{kind}" for kind in ("junit", "json", "markdown", "html")}
    done = check(
        *("--client", "client.py:sync", "--only", "EXP-1", "--only", "AUTH-2", "--only", "HOOK-1"),
        *("--only", "AUTH-1", *(word for kind in files for word in (f"--{kind}", files[kind]))),
        code=2,
    )
    found = {kind: (check.folder / file).read_text() for kind, file in files.items()}
    return found | {"terminal": done.stdout, "folder": str(check.folder)}


def test_no_report_has_a_secret(reports: dict[str, str]) -> None:
    for kind in ("terminal", "junit", "json", "markdown", "html"):
        text = reports[kind]
        assert "secret [redacted] token [redacted]" in text, kind
        assert re.search(r"sandbox-[0-9a-f]{8}\.[\w-]{40,}", text) is None, kind
        assert re.search(r"^[A-Za-z0-9+/]{60,}={0,2}$", text, re.MULTILINE) is None, kind


def test_no_terminal_obeys_a_client(reports: dict[str, str]) -> None:
    assert "\x1b" not in reports["terminal"]
    assert "\\x1b[31mred\\x07" in reports["terminal"]


def test_junit_has_a_case_for_every_rule(reports: dict[str, str]) -> None:
    root = ElementTree.fromstring(reports["junit"])
    (suite,) = root
    cases = {case.attrib["name"].split()[0]: case for case in suite}

    assert root.tag == "testsuites"
    assert {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "0",
        "skipped": "2",
    }
    assert list(cases) == ["AUTH-1", "AUTH-2", "EXP-1", "HOOK-1"]
    assert list(cases["AUTH-1"]) == []
    (failure,) = cases["EXP-1"]
    assert failure.tag == "failure"
    assert failure.attrib["type"] == "MUST"
    assert "What to do       Go through the whole list" in (failure.text or "")
    (skipped,) = cases["HOOK-1"]
    assert skipped.attrib["message"] == (
        "not applicable: the client does not declare the area webhook "
        "(declare it: --service COMMAND --webhook-url URL)"
    )
    assert cases["AUTH-2"][0].attrib["message"].startswith("SHOULD, not kept: ")


def test_junit_is_what_jenkins_takes(reports: dict[str, str]) -> None:
    schema = xmlschema.XMLSchema(JUNIT)

    schema.validate(reports["junit"])


@pytest.mark.parametrize("strict", [True, False])
def test_junit_is_what_jenkins_takes_whatever_was_the_outcome(strict: bool) -> None:
    schema = xmlschema.XMLSchema(JUNIT)
    outcomes: tuple[Outcome, ...] = ("passed", "violated", "not applicable", "error")
    verdicts = [
        Verdict(rule, outcome, "<it> & \x00\ud800 \x1b", seconds=1234.5678, output="]]>\ufffe")
        for rule in (RULE, SHOULD)
        for outcome in outcomes
    ]

    schema.validate(junit.junit(verdicts, strict=strict))
    schema.validate(junit.junit([]))


def test_the_json_has_all_of_it(reports: dict[str, str]) -> None:
    found = json.loads(reports["json"])

    assert list(found) == [
        "version",
        "mockfindity",
        "exitCode",
        "strict",
        "counts",
        "client",
        "cause",
        "verdicts",
    ]
    assert (found["version"], found["exitCode"], found["strict"]) == (1, 2, False)
    assert found["counts"] == {
        "kept": 1,
        "mustViolated": 1,
        "shouldViolated": 1,
        "notApplicable": 1,
        "errors": 0,
    }
    assert found["client"]["adapter"] == "client"
    verdict = next(v for v in found["verdicts"] if v["rule"]["id"] == "EXP-1")
    assert list(verdict) == ["rule", "outcome", "what", "seconds", "requests", "output"]
    first, second = verdict["requests"]
    assert (first["at"], first["method"], first["path"]) == (0.0, "POST", "/oauth/token")
    assert second["at"] > 0
    assert second["status"] == 404


def test_the_markdown_is_a_table_and_a_story_for_each_violation(reports: dict[str, str]) -> None:
    text = reports["markdown"]

    assert text.startswith(
        "## Findity client check: 4 rules: 1 kept, 1 MUST violated, 1 SHOULD violated, "
        "1 not applicable\n"
    )
    assert "| ❌ | EXP-1 | MUST | It finds and downloads every unprocessed export | " in text
    assert "### ❌ EXP-1 (MUST): It finds and downloads every unprocessed export\n" in text
    # A fence that is longer than any in the output, and no HTML of the client's outside of it.
    assert "\n``````text\n" in text
    outside = re.sub(r"``````text\n.*?\n``````", "", text, flags=re.DOTALL)
    assert "<script>" not in outside
    assert "|`x`" not in outside


def test_the_page_runs_nothing_and_asks_nobody(reports: dict[str, str], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"file://{reports['folder']}/report.html")

    assert asked == [f"file://{reports['folder']}/report.html"]
    assert page.locator("script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("section#EXP-1 .steps li").count() == 2
    assert page.locator("section#EXP-1 .steps .asked").nth(1).inner_text() == (
        "GET /api/v1/connect/organizations/<script>alert(1)</script>|`x`/exports"
    )
    assert page.locator("section#EXP-1 .bar").nth(1).bounding_box()["width"] >= 3  # type: ignore[index]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_day_and_night(
    reports: dict[str, str], browser: Browser, scheme: Any
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"file://{reports['folder']}/report.html")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    page.close()

    assert (
        colours
        == {
            "light": ["rgb(28, 32, 36)", "rgb(251, 251, 250)"],
            "dark": ["rgb(232, 234, 237)", "rgb(20, 23, 26)"],
        }[scheme]
    )


# ---- what reports share ---------------------------------------------------------------------

RULE = Rule("EXP-1", "MUST", "It downloads", ("exports",), "a guide", "It says", "Do it")
SHOULD = Rule("EXP-4", "SHOULD", "It dates", ("exports",), "a guide", "It says", "Do it")


def request(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "method": "GET",
        "path": f"/{number}",
        "query": {},
        "status": 200,
        "begun": 10.0 + number / 10,
        "durationMs": 50.0,
        "fault": None,
        "body": "",
        "answer": "",
    } | more


def test_times_are_told_from_the_first_request_on() -> None:
    verdict = Verdict(RULE, "violated", requests=[request(2), request(1)], shows=[2])

    steps = story.steps(verdict)
    assert [(step.at, step.where, step.proves) for step in steps] == [
        (0.0, "/1", False),
        (0.1, "/2", True),
    ]


def test_of_very_many_requests_the_ends_and_the_proofs_are_shown() -> None:
    many = [request(number) for number in range(1, 501)]
    verdict = Verdict(RULE, "violated", requests=many, shows=[250])

    shown = story.chosen(story.steps(verdict))
    assert [s.hidden if isinstance(s, story.Gap) else s.where for s in shown] == [
        *("/1", "/2", "/3", "/4", 245, "/250", 246),
        *("/497", "/498", "/499", "/500"),
    ]


def test_where_all_requests_prove_it_none_is_marked() -> None:
    four = [request(number) for number in range(1, 5)]
    verdict = Verdict(RULE, "violated", requests=four, shows=[1, 2, 3, 4])

    assert [step.proves for step in story.steps(verdict)] == [False] * 4


def test_megabytes_of_output_are_told_by_their_end() -> None:
    lines = story.end_of("x" * 5_000 + "\n" + "line\n" * 100_000)

    assert lines[0] == "[99981 lines before]"
    assert lines[1:] == ["line"] * 20


def test_a_client_that_never_came_is_told_where_it_might_look() -> None:
    lines = list(terminal.report([Verdict(RULE, "violated", "it made no request at all")]))

    assert lines[-2].startswith("The client made no request at all, in any rule. Does it read FIND")


@pytest.mark.parametrize(
    ("outcomes", "code", "strict"),
    [
        ([(RULE, "passed"), (SHOULD, "not applicable")], 0, 0),
        ([(RULE, "passed"), (SHOULD, "violated")], 0, 2),
        ([(RULE, "violated"), (SHOULD, "error")], 2, 2),
        ([(RULE, "passed"), (SHOULD, "error")], 1, 1),
        ([(RULE, "not applicable")], 1, 1),
        ([], 1, 1),
    ],
)
def test_the_exit_code(outcomes: list[tuple[Rule, Any]], code: int, strict: int) -> None:
    verdicts = [Verdict(rule, outcome) for rule, outcome in outcomes]

    assert exit_code(verdicts) == code
    assert exit_code(verdicts, strict=True) == strict


def test_a_rule_that_failed_by_itself_is_told_as_that() -> None:
    from mockfindity.kit.configuration import Configuration

    verdict = Verdict(RULE, "error", "KeyError: 'x'", output="\x00\ud800")

    assert "  The rule failed  KeyError: 'x'" in list(terminal.told(verdict))
    assert "**The rule failed by itself.** KeyError: 'x'" in markdown.markdown([verdict])
    assert "<dt>The rule failed by itself</dt>" in page.page([verdict], Configuration(client="a:b"))
    (suite,) = ElementTree.fromstring(junit.junit([verdict]).encode())
    assert suite.attrib["errors"] == "1"


def test_reports_go_where_they_are_told(tmp_path: Path) -> None:
    from .conftest import CLIENTS, Check

    check = Check(tmp_path)
    summary = tmp_path / "summary.md"
    summary.write_text("What another step wrote.\n")
    common = ("--client", f"{CLIENTS / 'reference.py'}:sync", "--only", "EXP-1")

    check(*common, "--markdown", str(summary), GITHUB_STEP_SUMMARY=str(summary))
    done = check(*common, "--json")
    both = check(*common, "--json", "--markdown", code=1)

    assert summary.read_text().startswith("What another step wrote.\n## Findity client check: 1 ru")
    assert json.loads(done.stdout)["counts"]["kept"] == 1
    assert done.stderr.startswith("✓ EXP-1   MUST ")
    assert "Error: --json and --markdown cannot both go to stdout." in both.stderr
