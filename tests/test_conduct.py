"""Conduct: a client that breaks a rule is found by that rule alone, whatever its bodies hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from behaviour import conduct, seen, voucher_ids
from entries import ENTRY
from hypothesis import given
from hypothesis import strategies as st
from support import CLASS, Findity
from tokens import refresh

from mockfindity.conduct import RULES, report
from mockfindity.domain.record import replace
from mockfindity.headers import lines
from mockfindity.sandboxes import Sandboxes

LIST = "/api/admin/organizations/"
NOBODY = "/api/admin/organizations/externalid/NOBODY/"


def operations(findity: Findity, finding: dict[str, Any]) -> list[tuple[str, int | None]]:
    """Operation and status of the requests that show a finding."""
    entries = findity.control("GET", "/requests?max=10000").json()["data"]
    by_id = {entry["id"]: (entry["operationId"], entry["status"]) for entry in entries}
    return [by_id[number] for number in finding["requests"]]


def by_internal_id(client: Findity, sandboxes: Sandboxes) -> None:
    client.api.get(f"{LIST}{client.org}/users/")


def without_version(client: Findity, sandboxes: Sandboxes) -> None:
    client.api.get(LIST, headers={"x-findity-apiversion": "2"})


def unknown_field(client: Findity, sandboxes: Sandboxes) -> None:
    body = {"externalSourceId": "ACME", "className": CLASS, "colour": "red"}
    client.api.post(f"{client.admin}/", json=body)


def token_per_request(client: Findity, sandboxes: Sandboxes) -> None:
    for _ in range(3):
        client.sign_in()
        client.api.get(LIST)


def dead_token(client: Findity, sandboxes: Sandboxes) -> None:
    client.made("/tokens/expire")
    client.api.get(LIST)
    client.api.get(client.accounts)


def spent_refresh(client: Findity, sandboxes: Sandboxes) -> None:
    token = client.token()["refresh_token"]
    refresh(client, token)
    refresh(client, token)


def impatient(client: Findity, sandboxes: Sandboxes) -> None:
    client.made("/faults", {"status": 429, "headers": {"Retry-After": "5"}, "times": 1})
    client.api.get(LIST)
    client.api.get(LIST)


def stubborn(client: Findity, sandboxes: Sandboxes) -> None:
    client.api.get(NOBODY)
    client.api.get(NOBODY)


def hasty(client: Findity, sandboxes: Sandboxes) -> None:
    client.changed("/settings", {"pollingSeconds": 60})
    client.api.get(client.exports)
    client.api.get(client.exports)


def forgetful(client: Findity, sandboxes: Sandboxes) -> None:
    client.package(client.bulk_send()["exportId"])


def too_early(client: Findity, sandboxes: Sandboxes) -> None:
    export = client.bulk_send()["exportId"]
    (voucher,) = voucher_ids(sandboxes, client, export)
    client.update(export, {"id": voucher, "status": "SUCCESS", "voucherNumber": "1"})


def silent(client: Findity, sandboxes: Sandboxes) -> None:
    export = client.bulk_send()["exportId"]
    (voucher,) = client.vouchers(export)
    client.update(export, {"id": voucher["id"], "status": "FAILED"})


BROKEN: dict[str, tuple[Callable[[Findity, Sandboxes], None], list[tuple[str, int | None]]]] = {
    "addresses organizations and users by external id": (
        by_internal_id,
        [("listUsersByInternalId", 200)],
    ),
    "sends X-Findity-ApiVersion: 3": (without_version, [("listOrganizations", 200)]),
    "sends no field the API does not know": (unknown_field, [("upsertOrganization", 200)]),
    "reuses a token while it lives": (token_per_request, [("issueToken", 200)] * 2),
    "gets a new token after a 401": (
        dead_token,
        [("listOrganizations", 401), ("listAccounts", 401)],
    ),
    "never uses a spent refresh token": (spent_refresh, [("issueToken", 400)]),
    "waits out a 429": (impatient, [("listOrganizations", 429), ("listOrganizations", 200)]),
    "does not repeat a request that was refused": (stubborn, [("getOrganization", 404)] * 2),
    "does not poll too often": (hasty, [("listExports", 200)]),
    "acknowledges every voucher it downloaded": (forgetful, [("getExportVouchers", 200)]),
    "acknowledges only after downloading": (too_early, [("updateExportStatus", 200)]),
    "says with errorText why a voucher FAILED": (silent, [("updateExportStatus", 200)]),
}
"""For each rule a client that breaks it, and the requests that show it."""


def test_every_rule_has_a_client_that_breaks_it() -> None:
    assert sorted(BROKEN) == sorted(rule.title for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_a_client_that_breaks_a_rule_is_found_by_it_alone(
    client: Findity, sandboxes: Sandboxes, rule: Any
) -> None:
    breaks, shown = BROKEN[rule.title]

    breaks(client, sandboxes)

    (finding,) = conduct(client)
    assert operations(client, finding) == shown
    assert finding | {"found": "", "requests": []} == {
        "rule": rule.id,
        "level": rule.level,
        "title": rule.title,
        "guide": rule.guide,
        "found": "",
        "remedy": rule.remedy,
        "requests": [],
    }
    assert finding["found"]


def test_a_body_that_was_cut_breaks_no_report(client: Findity) -> None:
    export = client.bulk_send()["exportId"]
    (voucher,) = client.vouchers(export)
    update = {"id": voucher["id"], "status": "FAILED", "errorText": "x" * 70_000}

    assert client.update(export, update).status_code == 200

    assert conduct(client) == []


@pytest.mark.parametrize("body", [b"\xff", b"[1", b"{}", b'{"voucherUpdates":[3]}', b"[" * 9000])
def test_a_body_that_is_none_breaks_no_report(client: Findity, body: bytes) -> None:
    client.api.put(f"{client.exports}/x/updatestatus", content=body)
    client.api.put(f"{client.exports}/x/content", content=body)
    client.api.post("/oauth/token", content=body)

    assert conduct(client) == []


OPERATIONS = ("issueToken", "updateExportStatus", "getExportVouchers", "listExports", None)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["voucherUpdates", "id", "status", "expires_in"]), inner, max_size=3
        )
    ),
)
BODIES = (
    st.binary(max_size=30)
    | JSON.map(lambda data: json.dumps(data).encode())
    | st.sampled_from(
        [
            b"grant_type=client_credentials&refresh_token=%ff",
            b'{"voucherUpdates":[{"status":"FAILED"}]}',
            b'{"voucherUpdates":[{"id":7,"status":"FAILED"},"x",null]}',
        ]
    )
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(OPERATIONS),
            st.sampled_from([None, 200, 400, 401, 404, 429]),
            BODIES,
            BODIES,
            st.sampled_from([b"1", b"x", b"", b"9" * 400]),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_no_body_breaks_the_report(
    requests: list[tuple[str | None, int | None, bytes, bytes, bytes]], is_whole: bool
) -> None:
    entries = [
        replace(
            ENTRY,
            number=number,
            operation=operation,
            status=status,
            body=body,
            size=len(body),
            answer=answer,
            raw_path="/exports/1/export",
            answer_headers=lines([(b"retry-after", after)]),
        )
        for number, (operation, status, body, answer, after) in enumerate(requests, 1)
    ]

    for finding in report(seen(*entries, is_whole=is_whole)):
        assert finding["found"]
