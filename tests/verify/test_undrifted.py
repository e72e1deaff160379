"""A mockfindity that does not drift: nothing is found, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from inspection import memory
from support import Findity

from mockfindity.openapi.examples import contracts
from mockfindity.verify import Target, Unknown, verify

SIGNING_IN = ("tokens",)
"""Each run signs in; that is all it leaves."""


def test_nothing_is_found(other: Any) -> None:
    report = other.held()

    assert report.findings == []
    assert (report.left, report.trouble) == ([], None)


def test_every_operation_that_can_be_read_is_asked(other: Any) -> None:
    readable = {
        operation["operationId"]
        for name in ("admin", "connect")
        for path in json.loads((contracts() / "openapi" / f"{name}.json").read_text())[
            "paths"
        ].values()
        for method, operation in path.items()
        if method == "get"
    }

    assert readable <= set(other.held().operations)


def test_only_reading_sends_nothing_but_reads_and_leaves_everything_as_it_was(other: Any) -> None:
    before = memory(other.sandbox, without=SIGNING_IN)

    other.held()

    assert memory(other.sandbox, without=SIGNING_IN) == before
    methods = {(r.method, r.path) for r in other.drifting.asked if r.method != "GET"}
    assert methods == {("POST", "/oauth/token")}


def test_writing_finds_nothing_and_takes_everything_away(other: Any) -> None:
    """But that there was a user: a deleted one is remembered, and no id is given twice."""
    traces = (*SIGNING_IN, "users")
    before = memory(other.sandbox, without=traces)
    users = other.findity.api.get(f"{other.findity.admin}/users/").json()

    report = other.held(may_write=True)

    after = memory(other.sandbox, without=traces)
    assert (report.findings, report.left) == ([], [])
    assert {**after, "ids": None} == {**before, "ids": None}
    assert other.findity.api.get(f"{other.findity.admin}/users/").json() == users


def test_writing_never_sends_what_an_export_would_be_changed_by(other: Any) -> None:
    report = other.held(may_write=True)

    about_exports = [r for r in other.drifting.asked if "/exports/" in r.path and r.method != "GET"]
    assert "updateExportStatus" in report.operations
    assert {r.path.rpartition("/")[2] for r in about_exports} == {"updatestatus"}
    named = [json.loads(r.body)["voucherUpdates"] for r in about_exports]
    vouchers = other.sandbox.state.vouchers.rows
    assert not any(update["id"] in vouchers for updates in named for update in updates)


def test_the_organization_may_be_named_by_its_id(other: Any) -> None:
    assert other.held(organization=other.findity.org).findings == []


def test_legacy_paths_may_be_on_another_host(other: Any) -> None:
    target = other.target()
    bases = target.bases._replace(legacy=target.bases.url.replace("127.0.0.1", "localhost"))
    other.drifting.asked.clear()

    report = verify(target._replace(bases=bases), contracts())

    assert report.findings == []
    hosts = {
        (r.path.startswith("/api/admin/"), r.host.partition(":")[0]) for r in other.drifting.asked
    }
    assert hosts == {(True, "localhost"), (False, "127.0.0.1")}


def test_an_organization_that_is_not_there_is_an_error(other: Any) -> None:
    with pytest.raises(Unknown, match=r"no organization 'NOBODY'; there are ACME\."):
        other.held(organization="NOBODY")


def test_what_is_not_there_is_said_and_no_difference(findity: Findity) -> None:
    findity.organization("BARE", name="Bare", partnerCode="partner-se", settings={})
    target = Target.at(
        findity.url,
        None,
        None,
        client_id=findity.client_id,
        client_secret=findity.client_secret,
        organization="BARE",
    )

    report = verify(target, contracts())

    assert report.of("difference") == []
    assert {(f.operation, f.found) for f in report.of("skipped")} == {
        ("lookupOrganization", "the organization has no VAT number to look up"),
        ("getUser", "there is no user"),
        ("getUserByInternalId", "there is no user"),
        ("listDimensionValues", "there is no dimension field"),
        ("listApprovers", "there is no dimension field"),
        ("listDimensionValuesByInternalId", "there is no dimension field"),
        ("listApproversByInternalId", "there is no dimension field"),
        ("listExports", "the organization has no API recipient"),
        ("getExport", "the organization has no API recipient"),
        ("getExportVouchers", "the organization has no API recipient"),
        ("getExportContent", "the organization has no API recipient"),
        ("getResource", "the organization has no API recipient"),
    }


def test_a_switch_of_the_other_server_is_a_guess_that_differs(findity: Findity) -> None:
    findity.organization("ACME")
    findity.changed("/settings", {"exportListShape": "array"})
    target = Target.at(
        findity.url,
        None,
        None,
        client_id=findity.client_id,
        client_secret=findity.client_secret,
        organization="ACME",
    )

    report = verify(target, contracts())

    assert [(f.kind, f.operation, f.where) for f in report.findings if f.kind != "skipped"] == [
        ("guess", "listExports", "body")
    ]
