from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]


def test_routes_need_no_server_and_are_never_cut(mockfindity: Any) -> None:
    lines = mockfindity("routes", COLUMNS="40").stdout.splitlines()

    assert lines[0].split() == ["method", "path", "operationId", "provenance", "source"]
    path = "/api/admin/organizations/externalid/{externalId}/customdimensions"
    approvers = f"{path}/{{definitionExternalId}}/list/approvers"
    assert ["PUT", approvers, "putApprovers", "documented", "admin", "guide"] in [
        line.split() for line in lines
    ]


def test_routes_are_chosen_by_family_and_provenance(mockfindity: Any) -> None:
    wanted = ("--family", "oauth", "--family", "connect", "--provenance", "inferred", "--json")

    (revoke,) = json.loads(mockfindity("routes", *wanted).stdout)

    assert revoke == {
        "method": "POST",
        "paths": ["/oauth/revoke", "/api/oauth/revoke"],
        "operationId": "revokeToken",
        "family": "oauth",
        "provenance": "inferred",
        "source": "RFC 7009",
        "summary": revoke["summary"],
    }


def test_an_unknown_family_is_named_with_those_there_are(mockfindity: Any) -> None:
    done = mockfindity("routes", "--family", "conect", code=1)

    assert done.stderr.startswith("Error: there is no family 'conect'; there are: oauth, ")


def test_provenance_alone_tells_everything_with_its_proof(mockfindity: Any) -> None:
    lines = mockfindity("routes", "--provenance", COLUMNS="40").stdout.splitlines()

    titles = ("operations of Findity's: 47", "not emulated: ")
    assert [any(line.startswith(title) for line in lines) for title in titles] == [True, True]
    (once,) = [line for line in lines if line.startswith("oauth.refresh-once ")]
    assert "documented  authentication page" in once
    assert once.endswith("tests/api/test_oauth.py::test_a_refresh_token_is_good_once")


def test_what_proves_an_operation_is_data_too(mockfindity: Any) -> None:
    told = json.loads(mockfindity("routes", "--json", "--provenance").stdout)

    (users,) = [one for one in told["operations"] if one["operationId"] == "putUsers"]
    assert users["examples"] == ["admin-getting-started: Add users"]
    assert "users.upsert" in users["rules"]
    assert "USER_NOT_FOUND" in users["refusals"]
    (rule,) = [one for one in told["rules"] if one["id"] == "oauth.refresh-once"]
    assert rule == {
        "id": "oauth.refresh-once",
        "area": "oauth",
        "what": "A refresh token is good once; a second use is 400 `invalid_grant`.",
        "provenance": "documented",
        "source": "authentication page",
        "tests": ["tests/api/test_oauth.py::test_a_refresh_token_is_good_once"],
        "operations": ["issueToken"],
        "settings": [],
    }
    assert any("Expense API" in gap["what"] for gap in told["notEmulated"])


def test_proofs_are_told_of_one_word_or_one_family(mockfindity: Any) -> None:
    chosen = ("--provenance", "--provenance", "chosen", "--family", "admin", "--json")

    told = json.loads(mockfindity("routes", *chosen).stdout)

    assert [one["operationId"] for one in told["operations"]] == [
        "listCategories",
        "getCategory",
        "updateCategory",
    ]
    assert {one["provenance"] for one in told["rules"]} == {"chosen"}
    assert "categories.mapping" in [one["id"] for one in told["rules"]]
    assert told["notEmulated"] == []


def test_on_a_terminal_only_what_is_one_word_is_wider_than_it(mockfindity: Any) -> None:
    lines = mockfindity.on_a_terminal(100, "routes", "--provenance")

    assert "  source       authentication page" in lines
    wide = [line for line in lines if len(line) > 100]
    assert [line for line in wide if len(line.removeprefix("  proven by").split()) > 1] == []


def test_on_a_narrow_terminal_paths_stay_whole(mockfindity: Any) -> None:
    lines = mockfindity.on_a_terminal(80, "routes")

    assert lines[:4] == [
        "method  path",
        "    operationId                      provenance  source",
        "POST    /oauth/token",
        "    issueToken                       documented  authentication page",
    ]
    assert "GET     /api/admin/organizations/externalid/{externalId}" in lines
    assert [line for line in lines if len(line) > 80 and len(line.split()) > 2] == []


def test_the_page_is_printed_alone(mockfindity: Any) -> None:
    printed = mockfindity("routes", "--markdown").stdout

    assert printed == (CHECKOUT / "docs" / "fidelity.md").read_text()
    assert (
        "leave the other options out"
        in mockfindity("routes", "--markdown", "--json", code=1).stderr
    )
