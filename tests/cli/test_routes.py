from __future__ import annotations

import json
from typing import Any


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
