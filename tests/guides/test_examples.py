"""Every request that Findity's guides show, sent as they show it; the answer has their shape.

The requests and answers are data, in ``contracts/examples``: one file a guide. Only host, ids and
token are replaced. What must be there before a request is made by the set-up of its example.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import httpx2
import pytest
from placeholders import filled
from support import TAXI, Findity

from mockfindity.domain.recipients import ListType

Known = dict[str, str]
Example = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "contracts" / "examples"
FILES = sorted(FOLDER.glob("*.json"))
EXAMPLES: dict[str, Example] = {
    f"{example['guide']}: {example['section']}": example
    for file in FILES
    for example in json.loads(file.read_text(encoding="utf-8"))
}
VOUCHER = EXAMPLES["voucher-structure: Voucher structure"]["answer"]["vouchers"][0]
FORMATS: tuple[str, ...] = get_args(ListType)

EXTERNAL = "EXT-ORG-001"
HOTEL = TAXI | {
    "category": "Hotel and meals",
    "description": "Hotel",
    "amount": 1120.00,
    "taxAmount": 120.00,
    "dimensionValues": [{"dimension": "cost-center", "value": "CC-001"}],
}


def nothing(findity: Findity) -> Known:
    """An empty Findity."""
    return {}


def organization(findity: Findity) -> Known:
    """The organization, from the template."""
    findity.organization(EXTERNAL)
    return {"organizationId": findity.org}


def organization_with_vat(findity: Findity) -> Known:
    """The organization of the organizations guide, with its registration number."""
    findity.organization(
        EXTERNAL,
        name="Acme Sverige AB",
        vat="556123-4567",
        settings={
            "templateOrganizationId": "tmpl-se-001",
            "errorMailRecipient": "anna@example.com",
        },
    )
    return {"organizationId": findity.org}


def bare_organization(findity: Findity) -> Known:
    """The organization, without a template: accounts 100 and 999, as the accounts guide lists."""
    findity.organization(EXTERNAL, name="Acme Sverige AB", partnerCode="partner-se", settings={})
    return {"organizationId": findity.org}


def account(findity: Findity) -> Known:
    """An account to read, change and delete."""
    bare_organization(findity)
    made = findity.api.post(findity.accounts, json={"name": "Travel expenses", "number": "5010"})
    return {"organizationId": findity.org, "accountId": made.json()["id"]}


def dimension(findity: Findity) -> Known:
    """A dimension field, addressed by its external id."""
    organization(findity)
    return {"definitionExternalId": "cost-center"}


def approvers(findity: Findity) -> Known:
    """Values of a dimension field and the users who will approve; approval is active."""
    known = dimension(findity)
    values = [{"id": "CC-001", "value": "Marketing"}, {"id": "CC-002", "value": "Engineering"}]
    path = f"{findity.admin}/customdimensions/cost-center/list/"
    assert findity.api.put(path, json={"values": values}).status_code == 200
    users = [
        {
            "externalSourceId": f"approver-ext-00{number}",
            "person": {
                "externalSourceId": f"person-ext-00{number}",
                "firstName": "Anna",
                "lastName": "Ek",
            },
        }
        for number in (1, 2, 3)
    ]
    assert findity.api.put(f"{findity.admin}/users/", json=users).status_code == 200
    findity.changed(f"/organizations/{findity.org}/settings", {"approvalActive": True})
    return known


def export(findity: Findity) -> Known:
    """An export that waits to be downloaded, with one voucher in it."""
    organization(findity)
    findity.users("ANNA")
    findity.ready()
    export_id = findity.bulk_send()["exportId"]
    voucher = findity.vouchers(export_id)[0]
    return {
        "organizationId": findity.org,
        "exportId": export_id,
        "voucherId": voucher["id"],
        "basisUrl": voucher["basisUrl"],
    }


def export_with_content(findity: Findity) -> Known:
    """An export with a file attached."""
    known = export(findity)
    path = f"{findity.exports}/{known['exportId']}/content?fileName=book.csv"
    assert findity.api.put(path, content=b"account;amount\n").status_code == 200
    return known


SET_UPS: dict[str, Callable[[Findity], Known]] = {
    "admin-getting-started: Create a customer organisation": nothing,
    "admin-getting-started: Configure dimension fields": organization,
    "admin-getting-started: Add dimension values": dimension,
    "admin-getting-started: Set up chart of accounts": organization,
    "admin-getting-started: Add users": organization,
    "admin-getting-started: Create approval structure with dimensions": approvers,
    "charts-of-accounts: List accounts": bare_organization,
    "charts-of-accounts: Create an account": bare_organization,
    "charts-of-accounts: Get a single account": account,
    "charts-of-accounts: Update an account": account,
    "charts-of-accounts: Delete an account": account,
    "organizations: List organizations": organization_with_vat,
    "organizations: Create a new organization": nothing,
    "organizations: Update an existing organization": organization_with_vat,
    "organizations: Get an organization": organization_with_vat,
    "organizations: Delete an organization": organization,
    "organizations: Lookup organization by VAT": organization_with_vat,
    "organizations: Report counters": export,
    "connect-getting-started: List unprocessed exports": export,
    "connect-getting-started: Fetch export details": export,
    "connect-getting-started: Download the voucher data": export,
    "connect-getting-started: Download a PDF": export,
    "connect-getting-started: Update the export status": export,
    "connect-getting-started: Update export content": export,
    "connect-getting-started: Get export content": export_with_content,
    "voucher-structure: Where to find the format in the JSON": export,
    "voucher-structure: Voucher structure": export,
    "voucher-structure: Processing vouchers": export,
}


def sent(findity: Findity, example: Example, known: Known) -> httpx2.Response:
    """The example's request, with exactly its headers."""
    body = filled(example["body"], known)
    return findity.http.request(
        example["method"],
        filled(example["path"], known),
        params=example["query"] or None,
        headers=filled(example["headers"], known),
        content=body if isinstance(body, str | None) else json.dumps(body),
    )


def played(findity: Findity, name: str) -> httpx2.Response:
    """The example sent, once what it needs is there."""
    known = {
        "token": findity.token()["access_token"],
        "externalId": EXTERNAL,
        "userExternalId": "EMP-1",
        "templateOrganizationId": "tmpl-se-001",
    }
    return sent(findity, EXAMPLES[name], known | SET_UPS[name](findity))


def kind(value: Any) -> str:
    """The JSON type of a value."""
    if isinstance(value, bool):
        return "boolean"
    return {int: "number", float: "number", str: "string", list: "array"}.get(type(value), "object")


def differences(wanted: Any, found: Any, where: str = "answer") -> Iterator[str]:
    """What ``found`` lacks of ``wanted``: keys at any depth, JSON types, elements of lists."""
    if wanted is None or found is None:
        return
    if kind(wanted) != kind(found):
        yield f"{where}: {kind(wanted)} wanted, {kind(found)} found"
    elif isinstance(wanted, dict):
        yield from (f"{where}.{key}: not there" for key in wanted.keys() - found.keys())
        for key in wanted.keys() & found.keys():
            yield from differences(wanted[key], found[key], f"{where}.{key}")
    elif isinstance(wanted, list):
        if wanted and not found:
            yield f"{where}: empty"
        for index, item in enumerate(found if wanted else ()):
            yield from differences(wanted[0], item, f"{where}[{index}]")


def test_every_example_has_a_set_up() -> None:
    assert list(EXAMPLES) == sorted(EXAMPLES, key=lambda name: name.partition(":")[0])
    assert EXAMPLES.keys() == SET_UPS.keys()


@pytest.mark.parametrize(
    ("guide", "requests"),
    [
        ("admin-getting-started", 6),
        ("charts-of-accounts", 5),
        ("organizations", 7),
        ("connect-getting-started", 7),
        ("voucher-structure", 3),
    ],
)
def test_every_request_of_a_guide_is_an_example(guide: str, requests: int) -> None:
    assert sum(example["guide"] == guide for example in EXAMPLES.values()) == requests


@pytest.mark.parametrize("name", SET_UPS)
def test_an_example_gets_the_status_of_the_guide(findity: Findity, name: str) -> None:
    assert played(findity, name).status_code == EXAMPLES[name]["status"]


@pytest.mark.parametrize("name", [n for n, e in EXAMPLES.items() if e["answer"] is not None])
def test_an_example_gets_an_answer_of_the_guides_shape(findity: Findity, name: str) -> None:
    answer = played(findity, name)
    assert answer.headers["content-type"] == "application/json"
    assert list(differences(EXAMPLES[name]["answer"], answer.json())) == []


@pytest.mark.parametrize("key", ["result", "description", "status"])
@pytest.mark.parametrize(
    "name",
    [n for n, e in EXAMPLES.items() if isinstance(e["answer"], dict) and "id" not in e["answer"]],
)
def test_an_example_gets_the_words_of_the_guide(findity: Findity, name: str, key: str) -> None:
    wanted = EXAMPLES[name]["answer"]
    assert played(findity, name).json().get(key) == wanted.get(key)


def test_what_was_deleted_is_answered_with_nothing(findity: Findity) -> None:
    assert played(findity, "charts-of-accounts: Delete an account").content == b""


def test_a_basis_is_a_pdf(findity: Findity) -> None:
    answer = played(findity, "connect-getting-started: Download a PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_content_comes_back_as_it_was_sent(findity: Findity) -> None:
    answer = played(findity, "connect-getting-started: Get export content")
    assert answer.content == b"account;amount\n"


def test_the_update_of_the_guide_books_the_export(findity: Findity) -> None:
    answer = played(findity, "voucher-structure: Processing vouchers")
    assert answer.json()["status"] == "SENT"


def test_the_approvers_of_the_guide_come_back_as_it_shows_them(findity: Findity) -> None:
    name = "admin-getting-started: Create approval structure with dimensions"
    assert played(findity, name).json() == EXAMPLES[name]["answer"]


def test_the_values_of_the_guide_come_back_as_it_shows_them(findity: Findity) -> None:
    name = "admin-getting-started: Add dimension values"
    assert played(findity, name).json() == EXAMPLES[name]["answer"]


# ---- the voucher tables, in every format -----------------------------------------------------


def package(findity: Findity, verification_lists_type: str) -> dict[str, Any]:
    """The package of two reports of one user: three expenses on two accounts, one tagged."""
    organization(findity)
    findity.users("ANNA")
    path = f"{findity.admin}/customdimensions/cost-center/list/"
    findity.api.put(path, json={"values": [{"id": "CC-001", "value": "Marketing"}]})
    findity.recipient(verificationListsType=verification_lists_type)
    findity.ready(TAXI, HOTEL)
    findity.ready(TAXI, name="Another trip")
    return findity.package(findity.bulk_send()["exportId"])


@pytest.mark.parametrize("verification_lists_type", FORMATS)
def test_a_package_has_every_field_of_the_voucher_tables(
    findity: Findity, verification_lists_type: str
) -> None:
    for voucher in package(findity, verification_lists_type)["vouchers"]:
        assert list(differences(VOUCHER, voucher, "voucher")) == []


@pytest.mark.parametrize("verification_lists_type", FORMATS)
def test_a_package_names_its_format_in_both_places(
    findity: Findity, verification_lists_type: str
) -> None:
    got = package(findity, verification_lists_type)
    assert [r["verificationListsType"] for r in got["organizations"][0]["recipients"]] == [
        verification_lists_type
    ]
    assert {voucher["listType"] for voucher in got["vouchers"]} == {verification_lists_type}


# What is null in a package of two reports, neither of which was sent before.
NULL: dict[str, set[str]] = {
    "REPORT_PER_EXPENSE": {"integrationModuleResult"},
    "REPORT_PER_ACCOUNT": {"integrationModuleResult", "row.expenseRecordId"},
    "USER_PER_EXPENSE": {"integrationModuleResult", "expenseReportId"},
    "USER_PER_ACCOUNT": {
        "integrationModuleResult",
        "expenseReportId",
        "row.expenseRecordId",
        "row.expenseReportId",
    },
    "EXPENSE": {"integrationModuleResult"},
    "REPORT_PER_REPORT_PAID": {
        "integrationModuleResult",
        "totalCreditAmount",
        "row.expenseRecordId",
        "row.accountingNumber",
    },
    "USER_PER_REPORT_PAID": {
        "integrationModuleResult",
        "totalCreditAmount",
        "expenseReportId",
        "row.expenseRecordId",
        "row.expenseReportId",
        "row.accountingNumber",
    },
    "REPORT_PER_EXPENSE_PAID": {
        "integrationModuleResult",
        "totalCreditAmount",
        "row.accountingNumber",
    },
}


@pytest.mark.parametrize(("verification_lists_type", "null"), NULL.items())
def test_only_what_does_not_apply_is_null(
    findity: Findity, verification_lists_type: str, null: set[str]
) -> None:
    found: set[str] = set()
    for voucher in package(findity, verification_lists_type)["vouchers"]:
        found |= {key for key, value in voucher.items() if value is None}
        for row in voucher["voucherRows"]:
            found |= {f"row.{key}" for key, value in row.items() if value is None}
    assert found == null


def test_all_eight_formats_are_tried() -> None:
    assert sorted(NULL) == sorted(FORMATS)
    assert len(FORMATS) == 8


def test_what_failed_before_comes_with_what_was_reported(findity: Findity) -> None:
    known = export(findity)
    update = {"id": known["voucherId"], "status": "FAILED", "errorText": "No such account."}
    findity.update(known["exportId"], update)
    again = findity.vouchers(findity.bulk_send()["exportId"])[0]
    assert list(differences(VOUCHER, again, "voucher")) == []
    assert (again["integrationModuleResult"]["status"], "No such account.") == (
        "FAILED",
        again["integrationModuleResult"]["errorText"],
    )
