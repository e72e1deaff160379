from __future__ import annotations

import re
from typing import Any, get_args

from support import Findity

from mockfindity import faults as rules
from mockfindity.cli import faults
from mockfindity.control.faults import FaultIn


def test_the_options_are_the_fields_of_a_rule() -> None:
    names = {name for p in faults.add.params for name in p.opts if name.startswith("--")}
    fields = {f"--{name.replace('_', '-')}" for name in FaultIn.model_fields}

    assert names - {"--url", "--sandbox", "--control-token", "--json"} == (
        fields - {"--set", "--headers"} | {"--header"}
    )
    assert tuple(rules.SETS) == faults.SETS
    assert get_args(rules.Phase) == faults.PHASES
    assert get_args(rules.Connection) == faults.CONNECTIONS
    assert get_args(rules.Body) == faults.BODIES


def test_a_rule_strikes_and_is_listed_with_its_hits(shell: Any, findity: Findity) -> None:
    where = ("--operation", "listOrganizations")
    how = ("--status", "503", "--header", "Retry-After: 2", "--times", "1", "--skip", "1")

    (made,) = shell.json("faults", "add", *where, *how)
    answers = [findity.api.get("/api/admin/organizations/") for _ in range(3)]

    assert made["headers"] == {"Retry-After": "2"}
    assert [answer.status_code for answer in answers] == [200, 503, 200]
    assert re.split(" {2,}", shell("faults").stdout.splitlines()[1]) == [
        "fault-1",
        "-",
        "listOrganizations",
        "503, Retry-After: 2",
        "after 1, 1 times",
        "1 of 3",
    ]


def test_every_field_is_sent(shell: Any) -> None:
    which = ("--method", "put", "--path", "/api/admin/organizations/externalid/{externalId}/users")
    chance = ("--probability", "0.25", "--phase", "after", "--delay-ms", "7")
    what = ("--connection", "drip", "--body", "html", "--status", "500", "--code", "OUCH")

    (made,) = shell.json("faults", "add", *which, *chance, *what)

    assert made == made | {
        "method": "PUT",
        "path": which[3],
        "probability": 0.25,
        "phase": "after",
        "delayMs": 7,
        "connection": "drip",
        "body": "html",
        "status": 500,
        "code": "OUCH",
    }
    assert "PUT /api/admin/organizations/externalid/{externalId}/users" in shell("faults").stdout


def test_headers_of_the_environment_stand_one_a_line(shell: Any) -> None:
    given = {"MOCKFINDITY_HEADER": "Retry-After: 2\nX-Other: a b"}

    (made,) = shell.json("faults", "add", "--status", "429", **given)

    assert made["headers"] == {"Retry-After": "2", "X-Other": "a b"}


def test_named_sets_and_single_rules_are_taken_away(shell: Any) -> None:
    shell("faults", "add", "flaky")
    shell("faults", "add", "outage")
    shell("faults", "add", "slow")

    assert shell("faults", "clear", "flaky").stdout == "The fault rules of flaky are gone.\n"
    assert [rule["set"] for rule in shell.json("faults")] == ["outage", "slow"]
    shell("faults", "remove", "fault-4")
    assert [rule["id"] for rule in shell.json("faults")] == ["fault-5"]
    assert shell("faults", "clear").stdout == "No fault rule is left.\n"
    assert shell.json("faults") == []


def test_what_the_server_refuses_is_said(shell: Any) -> None:
    nothing = shell("faults", "add", code=1)
    wrong = shell("faults", "add", "--status", "500", "--header", "nonsense", code=1)
    gone = shell("faults", "remove", "fault-9", code=1)

    assert "the rule does nothing" in nothing.stderr
    assert "'nonsense' is no header such as 'Retry-After: 2'." in wrong.stderr
    assert "FAULT_NOT_FOUND" in gone.stderr
