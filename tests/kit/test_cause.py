"""What violated rules have in common, and how a client was started, as every report tells it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockfindity.kit.configuration import Configuration
from mockfindity.kit.refusal import Refusal, last_refusal
from mockfindity.kit.reports import markdown, page, story, terminal
from mockfindity.kit.reports.cause import cause
from mockfindity.kit.rule import Rule
from mockfindity.kit.verdict import Outcome, Verdict

RULES = [
    Rule(f"EXP-{number}", "MUST", "It downloads", ("exports",), "a guide", "It says", "Do it")
    for number in range(1, 6)
]
PUT = "/api/v1/connect/organizations/o/exports/e/updatestatus"
WRONG = '{"code": "INVALID_REQUEST", "description": "voucherUpdates is missing."}'
SENTENCE = (
    "2 of 3 violated rules met the same refusal first: PUT …/updatestatus was answered "
    "400 INVALID_REQUEST: voucherUpdates is missing. Mend this first."
)


def request(number: int, status: int | None = 200, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "method": "PUT",
        "path": PUT,
        "query": {},
        "operationId": "updateExportStatus",
        "status": status,
        "begun": float(number),
        "durationMs": 50.0,
        "fault": None,
        "body": "",
        "answer": WRONG if status == 400 else "",
    } | more


def verdict(number: int, *requests: dict[str, Any], outcome: Outcome = "violated") -> Verdict:
    return Verdict(RULES[number - 1], outcome, "it did not", requests=list(requests))


SHARED = [
    verdict(1, request(2, 404), request(1, 400)),
    verdict(2, request(1, 503, fault="fault-1"), request(2, 400)),
    verdict(3, request(1, 404)),
    verdict(4, outcome="passed"),
]


def test_the_refusal_that_most_violated_rules_met_first_is_named() -> None:
    found = cause(SHARED)

    assert found is not None
    assert str(found) == SENTENCE
    assert found.as_data() == {
        "asked": "PUT …/updatestatus",
        "status": 400,
        "code": "INVALID_REQUEST",
        "says": "voucherUpdates is missing.",
        "rules": ["EXP-1", "EXP-2"],
        "of": 3,
    }


@pytest.mark.parametrize(
    "verdicts",
    [
        [],
        [verdict(1, request(1, 400))],
        [verdict(1, request(1, 400)), verdict(2), verdict(3), verdict(4, request(1, 400))],
        [verdict(1, request(1, 400)), verdict(2, request(1, 400, operationId="getResource"))],
        [verdict(1, request(1, 400)), verdict(2, request(1, 400, answer='{"code": "OTHER"}'))],
        [verdict(number, request(1, 400, fault="fault-1")) for number in (1, 2)],
        [verdict(number, request(1, None)) for number in (1, 2)],
        [verdict(number, request(1, 400), outcome="error") for number in (1, 2)],
    ],
)
def test_what_few_rules_share_is_no_cause(verdicts: list[Verdict]) -> None:
    assert cause(verdicts) is None


def test_every_report_names_the_cause_once_above_the_violations() -> None:
    lines = list(terminal.report(SHARED))
    text = markdown.markdown(SHARED)
    html = page.page(SHARED, Configuration(client="a:b"))

    assert lines[:3] == [SENTENCE, "", "✗ EXP-1 MUST It downloads"]
    assert text.splitlines()[2] == f"**{SENTENCE.replace('_', chr(92) + '_')}**"
    assert f'<p class="hint">{SENTENCE}</p>' in html
    assert (text.count("same refusal"), html.count("same refusal")) == (1, 1)


def test_a_refusal_of_the_clients_own_is_told_before_one_that_was_played() -> None:
    played = request(2, 503, fault="fault-1")

    assert last_refusal([request(1, 400), played, request(3)]) == Refusal(
        *("updateExportStatus", "PUT …/updatestatus", 400, "INVALID_REQUEST"),
        *("voucherUpdates is missing.", False),
    )
    assert last_refusal([request(3)]) is None
    only = last_refusal([played])
    assert only is not None
    assert only.answer == "503 (a fault that was played)"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/oauth/token", "PUT /oauth/token"),
        ("/api/admin/accounts/0f0ba53f3f0c4c3c9a496f1b6f3d3c55", "PUT …/accounts/0f0ba53f…"),
    ],
)
def test_a_path_is_told_by_its_end(path: str, asked: str) -> None:
    found = cause([verdict(number, request(1, 400, path=path)) for number in (1, 2)])

    assert f": {asked} was answered 400" in str(found)


def test_a_client_that_was_started_again_is_told_where_its_next_request_is() -> None:
    requests = [request(number) for number in range(1, 4)]
    told = Verdict(RULES[0], "violated", requests=requests, starts=[0.5, 1.5, 1.6, 9.0])

    assert [step.again for step in story.steps(told)] == [False, True, False]
    lines = list(terminal.told(told))
    place = lines.index(f"{' ' * 33}-- started again --")
    assert "  0.000 s  PUT " in lines[place - 1]
    assert "  1.000 s  PUT " in lines[place + 1]
    assert markdown.markdown([told]).count("-- started again --") == 1
    assert page.page([told], Configuration(client="a:b")).count('<li class="again">') == 1


def test_where_it_was_started_again_is_shown_of_very_many_requests() -> None:
    requests = [request(number) for number in range(1, 501)]
    told = Verdict(RULES[0], "violated", requests=requests, starts=[0.5, 249.5])

    shown = story.chosen(story.steps(told))
    assert [step.at for step in shown if isinstance(step, story.Step) and step.again] == [249.0]


REFUSED = """
import sys
sys.path.insert(0, CLIENTS)
from reference import Integration, once

class Misspelt(Integration):
    def acknowledge(self, export_id, updates):
        path = f"{self.exports}/{export_id}/updatestatus"
        self.findity.call("PUT", path, {"updates": updates})

def sync(given):
    once(Misspelt(given))
"""


def test_an_update_that_was_refused_is_not_counted_as_reported(check: Any) -> None:
    from .conftest import CLIENTS

    check.client(REFUSED.replace("CLIENTS", repr(str(CLIENTS))))
    rules = ("EXP-2", "EXP-7", "EXP-12")
    only = [word for rule in rules for word in ("--only", rule)]
    done = check("--client", "client.py:sync", *only, "--json", "-", code=2)

    found = json.loads(done.stdout)
    exp_2, exp_7, exp_12 = (verdict["what"] for verdict in found["verdicts"])
    end = ", and was refused: 400 NO_KNOWN_JSON_PROPERTIES"
    assert exp_2.endswith(f"of its 3 vouchers it reported 0, 0 of them SUCCESS{end}")
    assert exp_7.endswith(f"of its 2 vouchers it reported 0, 0 of them SUCCESS{end}")
    assert exp_12.endswith(f" when another one was gone{end}")
    assert (found["cause"]["asked"], found["cause"]["rules"]) == ("PUT …/updatestatus", [*rules])
    assert done.stderr.count("3 of 3 violated rules met the same refusal first: PUT …/upd") == 1
    assert done.stderr.count("-- started again --") == 1
