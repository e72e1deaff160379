"""What exports, packages and resources are made of where the guides do not say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support import TAXI, Findity


def sent(findity: Findity) -> tuple[str, dict[str, Any]]:
    """A new export's id, and its only voucher."""
    findity.ready()
    export = findity.bulk_send()["exportId"]
    (voucher,) = findity.vouchers(export)
    return export, voucher


def test_an_export_has_these_fields(acme: Findity) -> None:
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.sign_in()
    export, _ = sent(acme)
    recipient = acme.recipient()

    assert acme.api.get(f"{acme.exports}/{export}").json() == {
        "id": export,
        "organizationId": acme.org,
        "externalOrganizationId": "ACME",
        "status": "TRANSFER",
        "dateCreated": "2026-03-31T08:00:00Z",
        "lastUpdated": "2026-03-31T08:00:00Z",
        "numberOfVouchers": 1,
        "numberOfReports": 1,
        "recipient": {
            "id": recipient["id"],
            "recipientName": "Bookkeeping",
            "pluginName": "ce-integration-api",
            "verificationListsType": "REPORT_PER_EXPENSE",
        },
        "content": None,
        "meta": None,
    }


def test_the_last_result_comes_with_all_its_fields(acme: Findity) -> None:
    export, voucher = sent(acme)
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.sign_in()
    said = {"status": "FAILED", "errorText": "closed", "bookingDate": "2026-03-30"}
    acme.update(export, {"id": voucher["id"], "voucherNumber": 377} | said)

    (again,) = acme.vouchers(acme.bulk_send()["exportId"])

    assert again["integrationModuleResult"] == {
        "status": "FAILED",
        "voucherNumber": "377",
        "bookingDate": "2026-03-30",
        "informationText": None,
        "errorText": "closed",
        "dateCreated": "2026-03-31T08:00:00Z",
    }


def test_a_failure_needs_no_reason(acme: Findity) -> None:
    export, voucher = sent(acme)

    answer = acme.update(export, {"id": voucher["id"], "status": "FAILED"})

    assert (answer.status_code, answer.json()["status"]) == (200, "FAILED")


def test_the_owner_of_a_voucher_is_among_the_persons(acme: Findity) -> None:
    export, voucher = sent(acme)

    assert acme.package(export)["persons"] == [
        {
            "id": voucher["ownerId"],
            "externalSourceId": "ANNA",
            "employeeId": None,
            "firstName": "Anna",
            "lastName": "Ek",
            "email": "anna@example.com",
        }
    ]


def test_a_dimension_value_has_these_fields(acme: Findity) -> None:
    path = f"{acme.admin}/customdimensions/"
    fields = {f["externalSourceId"]: f["id"] for f in acme.api.get(path).json()["dimensions"]}
    acme.api.put(f"{path}project/list/", json={"values": [{"id": "P1", "value": "Bridge"}]})
    acme.ready(TAXI | {"dimensionValues": [{"dimension": "project", "value": "P1"}]})

    (voucher,) = acme.vouchers(acme.bulk_send()["exportId"])

    assert voucher["voucherRows"][0]["dimensionValues"] == [
        {
            "dimensionId": fields["project"],
            "dimensionExternalSourceId": "project",
            "dimension": "Project",
            "id": "P1",
            "value": "Bridge",
        }
    ]


def test_a_basis_without_a_format_is_json(acme: Findity) -> None:
    _, voucher = sent(acme)

    basis = acme.api.get(voucher["basisUrl"]).json()

    assert voucher["basisUrl"].startswith(f"{acme.url}/api/resources/")
    assert (basis["voucher"], basis["expenses"][0]["description"]) == (voucher, "Taxi")


def pictures(value: Any) -> Iterator[str]:
    """Every URL of a resource in an object."""
    if isinstance(value, str) and "/api/resources/" in value:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from pictures(item)


def test_every_icon_of_an_organization_is_a_picture(acme: Findity) -> None:
    urls = set(pictures(acme.api.get(f"{acme.admin}/").json()))

    answers = [acme.http.get(url) for url in sorted(urls)]

    assert {(a.status_code, a.headers["content-type"]) for a in answers} == {(200, "image/png")}
    assert len({answer.content for answer in answers}) == 1
