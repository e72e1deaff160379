"""One thing is changed on the way: it is found, at its place, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from drifting import (
    Answer,
    Ask,
    Drift,
    Request,
    asking,
    at,
    data,
    each,
    header,
    instead,
    without_asking,
)

ACCOUNTS, ACCOUNT = "/accounts", "/accounts/[0-9a-f]{32}"
ORGANIZATION = "/api/admin/organizations/externalid/ACME"
EXPORTS, EXPORT, PACKAGE = "/exports", "/exports/[0-9a-f]{32}", "/exports/[0-9a-f]{32}/export"
HTML = b"<html><body>Service unavailable</body></html>"


def without(name: str) -> Callable[[Any], None]:
    def change(found: Any) -> None:
        del found[name]

    return change


def with_(**fields: Any) -> Callable[[Any], None]:
    return lambda found: found.update(fields)


def twice(found: dict[str, Any]) -> None:
    """The first entry again, and counted."""
    if len(found["data"]) > 1:
        found["data"].insert(0, found["data"][0])
        found["meta"]["count"] += 1
    found["meta"]["total"] += 1


def more_debit(voucher: dict[str, Any]) -> None:
    voucher["totalDebitAmount"] += 1


def elsewhere(voucher: dict[str, Any]) -> None:
    voucher["basisUrl"] = "http://elsewhere.test/api/resources/1"


def another_format(found: dict[str, Any]) -> None:
    found["recipient"]["verificationListsType"] = "REPORT_PER_MOON"


DRIFTS: dict[str, tuple[Drift, set[tuple[str, str, str]]]] = {
    "another status": (
        at("GET", ACCOUNT, lambda answer: replace(answer, status=202)),
        {("difference", "getAccount", "status")},
    ),
    "a field is missing": (
        at("GET", ACCOUNTS, each("data", without("number"))),
        {("difference", "listAccounts", "body.data[*].number")},
    ),
    "a field has another type": (
        at("GET", ORGANIZATION, data(with_(licenseGroup="0"))),
        {("difference", "getOrganization", "body.licenseGroup")},
    ),
    "a field is null": (
        at("GET", ACCOUNT, data(with_(name=None))),
        {("difference", "getAccount", "body.name")},
    ),
    "a format nobody knows": (
        at("GET", EXPORT, data(another_format)),
        {
            ("difference", "getExport", "body.recipient.verificationListsType"),
            (
                "difference",
                "getExportVouchers",
                "body.organizations[*].recipients[*].verificationListsType",
            ),
        },
    ),
    "another error code, documented": (
        at("GET", EXPORTS, data(with_(code="NO_SUCH_ORGANIZATION")), status=404),
        {("difference", "listExports", "body.code")},
    ),
    "another error code, chosen": (
        at("GET", ACCOUNT, data(with_(code="NO_SUCH_ACCOUNT")), status=404),
        {("guess", "getAccount", "body.code")},
    ),
    "another envelope": (
        at("GET", ACCOUNT, data(lambda found: {"message": "No."}), status=404),
        {
            ("difference", "getAccount", "body.result"),
            ("difference", "getAccount", "body.requestId"),
            ("difference", "getAccount", "body.description"),
            ("guess", "getAccount", "body.code"),
            ("extra", "getAccount", "body.message"),
        },
    ),
    "a 401 that says nothing": (
        at("GET", ACCOUNTS, lambda answer: replace(answer, body=b""), status=401),
        {("guess", "listAccounts", "body")},
    ),
    "a token is not asked for": (
        at("GET", EXPORTS, lambda answer: replace(answer, status=403), status=401),
        {("difference", "listExports", "status")},
    ),
    "another content type": (
        at("GET", f"{ORGANIZATION}/users", header("content-type", "text/plain")),
        {("difference", "listUsers", "header Content-Type")},
    ),
    "a list that is a plain array": (
        at("GET", ACCOUNTS, data(lambda found: found["data"])),
        {("difference", "listAccounts", "body")},
    ),
    "a list of exports that is a plain array": (
        at("GET", EXPORTS, data(lambda found: found["data"])),
        {("guess", "listExports", "body")},
    ),
    "max and offset do nothing": (
        asking("GET", EXPORTS, lambda request: replace(request, query="")),
        {("difference", "listExports", "body.data"), ("guess", "listExports", "status")},
    ),
    "an entry stands in the list twice": (
        at("GET", ACCOUNTS, data(twice)),
        {
            ("difference", "listAccounts", "body.data"),
            ("difference", "listAccounts", "body.data[*].id"),
        },
    ),
    "a total is wrong": (
        at("GET", ACCOUNTS, data(lambda found: found["meta"].update(total=1))),
        {("difference", "listAccounts", "body.meta.total")},
    ),
    "exports in another order": (
        at("GET", EXPORTS, data(lambda found: found["data"].reverse())),
        {
            ("guess", "listExports", "body.data[*].dateCreated"),
            ("difference", "listExports", "body.data[*].id"),
        },
    ),
    "times in another format": (
        at("GET", "/organizations", data(with_(serverTime="2026-05-22 08:00:00"))),
        {("difference", "listOrganizations", "body.serverTime")},
    ),
    "ids in another format": (
        at("GET", ORGANIZATION, data(with_(partnerId="P-1"))),
        {("difference", "getOrganization", "body.partnerId")},
    ),
    "a token that does not say when it expires": (
        at("POST", "/oauth/token", data(without("expires_in"))),
        {("difference", "issueToken", "body.expires_in")},
    ),
    "no refresh token": (
        at("POST", "/oauth/token", data(without("refresh_token"))),
        {("guess", "issueToken", "body.refresh_token")},
    ),
    "a total of a voucher is wrong": (
        at("GET", PACKAGE, each("vouchers", more_debit)),
        {
            ("difference", "getExportVouchers", "body.vouchers[*].totalDebitAmount"),
            ("guess", "getExportVouchers", "body.vouchers[*].totalDebitAmount"),
        },
    ),
    "a voucher of another organization": (
        at("GET", PACKAGE, each("vouchers", with_(organizationId="0" * 32))),
        {("difference", "getExportVouchers", "body.vouchers[*].organizationId")},
    ),
    "vouchers in another format than the recipient's": (
        at("GET", PACKAGE, each("vouchers", with_(listType="EXPENSE"))),
        {("difference", "getExportVouchers", "body.vouchers[*].listType")},
    ),
    "no request id": (
        at("GET", ACCOUNT, header("x-request-id", None)),
        {("guess", "getAccount", "header X-Request-Id")},
    ),
    "a PDF that is none": (
        at("GET", "/api/resources/.*", lambda a: replace(a, body=b"x") if b"%PDF" in a.body else a),
        {("difference", "getResource", "body")},
    ),
    "a basis on another host": (
        at("GET", PACKAGE, each("vouchers", elsewhere)),
        {("guess", "getExportVouchers", "body.vouchers[*].basisUrl")},
    ),
    "a field nobody knows": (
        at("GET", ACCOUNTS, each("data", with_(locked=False))),
        {("extra", "listAccounts", "body.data[*].locked")},
    ),
    "no categories": (
        at("GET", "/categories", instead(404, b"{}", content_type="application/json")),
        {("guess", "listCategories", "status")},
    ),
    "a page of a proxy": (
        at("GET", f"{ORGANIZATION}/reportcounters", instead(503, HTML)),
        {("difference", "getReportCounters", "status")},
    ),
    "HTML that says it is well": (
        at("GET", f"{ORGANIZATION}/customdimensions", instead(200, HTML)),
        {("guess", "listDimensions", "body")},
    ),
    "half of the JSON": (
        at("GET", ORGANIZATION, lambda answer: replace(answer, body=answer.body[:99])),
        {("difference", "getOrganization", "body")},
    ),
    "a redirect": (
        at("GET", EXPORT, instead(302, location="https://expense.findity.com/")),
        {("difference", "getExport", "status")},
    ),
}


@pytest.mark.parametrize("name", DRIFTS)
def test_a_drift_is_found_and_nothing_else(other: Any, places: Any, name: str) -> None:
    drift, expected = DRIFTS[name]

    assert places(other.held(drift)) == expected


def test_what_is_chosen_differs_without_being_a_difference(other: Any) -> None:
    report = other.held(DRIFTS["no categories"][0])

    assert report.of("difference") == []
    assert {(f.operation, f.found) for f in report.of("skipped")} == {
        ("getCategory", "listCategories gives no id")
    }


def test_equal_findings_are_folded(other: Any) -> None:
    report = other.held(DRIFTS["a field is missing"][0])

    whole = next(finding for finding in report.findings if finding.times > 1)
    assert whole.where == "body.data[*].number"
    assert whole.times == len(other.sandbox.state.accounts.rows) + 2  # and two pages of one
    assert (whole.expected, whole.found) == ("string", "nothing")
    assert whole.source == "charts-of-accounts guide: List accounts"


def test_another_host_is_not_asked(other: Any) -> None:
    report = other.held(DRIFTS["a basis on another host"][0])

    assert {f.found for f in report.of("skipped")} == {
        "the basisUrl leads to another server, which is not asked"
    }
    assert not any("/api/resources/" in request.path for request in other.drifting.asked)


def test_two_runs_report_the_same(other: Any) -> None:
    drift = DRIFTS["another envelope"][0]

    assert other.held(drift).findings == other.held(drift).findings


# ---- drifts that only writing finds ----------------------------------------------------------


def unchecked(request: Request) -> Request:
    """Unknown fields are dropped, so that the server takes what it should refuse."""
    sent = json.loads(request.body)
    known = {key: value for key, value in sent.items() if key in ("id", "name", "number")}
    return replace(request, body=json.dumps(known).encode())


def accounts_of(other: Any) -> list[str]:
    return [account.name for account in other.sandbox.state.accounts.rows.values()]


def test_a_delete_that_does_not_delete(other: Any, places: Any) -> None:
    before = accounts_of(other)
    nothing = Answer(204, {"x-request-id": "0f0ba53f-3f0c-4c3c-9a49-6f1b6f3d3c55"}, b"")

    report = other.held(without_asking("DELETE", ACCOUNT, nothing), may_write=True)

    assert places(report) == {
        ("difference", "getAccount", "status"),
        ("difference", "listAccounts", "body.data"),
    }
    (left,) = report.left
    assert left.startswith("account mockfindity-verify-")
    key = left.rpartition("(")[2].rstrip(")")
    assert other.findity.api.delete(f"{other.findity.accounts}/{key}").status_code == 204
    assert accounts_of(other) == before


def test_unknown_fields_that_are_taken(other: Any, places: Any) -> None:
    before = accounts_of(other)

    report = other.held(asking("POST", ACCOUNTS, unchecked), may_write=True)

    assert places(report) == {
        ("difference", "createAccount", "status"),
        ("difference", "listAccounts", "body.data"),
    }
    assert report.left == []
    assert accounts_of(other) == before


def test_a_server_that_goes_silent_half_way_is_cleaned_as_far_as_it_goes(other: Any) -> None:
    before = accounts_of(other)

    async def drift(request: Request, ask: Ask) -> Answer:
        answer = await ask(request)
        if request.method == "PUT" and "/accounts/" in request.path:
            return Answer(500, {"content-type": "text/html"}, HTML)
        return answer

    report = other.held(drift, may_write=True)

    assert report.left == []
    assert accounts_of(other) == before
    assert "updateAccount" in {finding.operation for finding in report.of("difference")}
