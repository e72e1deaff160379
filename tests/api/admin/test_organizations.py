"""Organizations: made, changed, copied, counted and deleted, as a client sees it."""

from __future__ import annotations

from typing import Any

import pytest
from support import CLASS, TAXI, Findity


def posted(findity: Findity, external: str, **fields: Any) -> Any:
    path = f"/api/admin/organizations/externalid/{external}/"
    answer = findity.api.post(path, json={"externalSourceId": external} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def counted(findity: Findity, query: str = "") -> Any:
    return findity.api.get(f"{findity.admin}/reportcounters/{query}").json()["counts"]


def test_a_second_post_changes_what_the_first_made(acme: Findity) -> None:
    changed = posted(acme, "ACME", className=CLASS, name="Acme AB")

    assert (changed["id"], changed["name"]) == (acme.org, "Acme AB")
    assert len(acme.api.get("/api/admin/organizations/").json()["organizations"]) == 1


def test_an_update_leaves_what_it_does_not_send(findity: Findity) -> None:
    address = {"street1": "Kungsgatan 12", "city": "Stockholm"}
    settings = {"externallyActivated": True, "recipient": {"fortnoxAuthCode": "abc"}}
    template = {"templateOrganizationId": "tmpl-se-001"}
    findity.organization("ACME", name="Acme", address=address, settings=settings | template)

    after = posted(findity, "ACME", address={"city": "Uppsala"}, settings={"language": "nb_NO"})

    assert (after["name"], after["address"]["street1"], after["address"]["city"]) == (
        "Acme",
        "Kungsgatan 12",
        "Uppsala",
    )
    assert after["settings"]["recipient"] == {"fortnoxAuthCode": "abc"}
    assert (after["settings"]["externallyActivated"], after["settings"]["language"]) == (
        True,
        "nb_NO",
    )


def test_a_template_stands_in_for_name_and_partner(findity: Findity) -> None:
    made = findity.organization("EXT-1")

    assert (made["name"], made["partnerCode"]) == ("Organization EXT-1", "partner-se")


def set_up(findity: Findity, external: str) -> dict[str, list[Any]]:
    """What an organization holds that a template copies, without its ids."""
    found = findity.api.get(f"/api/admin/organizations/externalid/{external}/").json()
    service = found["services"][0]
    return {
        "accounts": [(n["number"], n["type"]) for n in service["accountingNumbers"]],
        "categories": [
            (c["name"], (c["accountingNumber"] or {}).get("number")) for c in service["categories"]
        ],
        "payment types": [(p["name"], p["isDefault"]) for p in service["paymentTypes"]],
        "recipients": [r["recipientName"] for r in service["recipients"]],
        "dimensions": [
            (d["externalSourceId"], [v["value"] for v in d["values"]])
            for d in service["customDimensions"]
        ],
        "approval": [service["requiresAttestation"]],
    }


def test_a_template_is_copied(acme: Findity) -> None:
    values = [{"id": "CC-001", "value": "Marketing"}]
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    acme.api.put(path, json={"values": values})
    acme.api.put(
        f"{path}approvers/",
        json={"values": [{"id": "CC-001", "approvers": [{"externalSourceId": "ANNA"}]}]},
    )
    acme.api.post(acme.accounts, json={"name": "Trams", "number": "5899"})
    before = set_up(acme, "ACME")

    copy = posted(acme, "COPY", className=CLASS, settings={"templateOrganizationId": acme.org})

    assert set_up(acme, "COPY") == before
    assert ("5899", "ACCOUNTING_NUMBER") in before["accounts"]
    assert ("cost-center", ["Marketing"]) in before["dimensions"]
    assert copy["id"] != acme.org
    there = "/api/admin/organizations/externalid/COPY"
    assert acme.api.get(f"{there}/users/").json() == []
    approvers = acme.api.get(f"{there}/customdimensions/cost-center/list/approvers/").json()
    assert approvers["values"] == []


def test_a_template_has_no_effect_on_an_update(findity: Findity) -> None:
    posted(findity, "BARE", className=CLASS, name="Bare AB", partnerCode="partner-se")
    before = set_up(findity, "BARE")

    after = posted(findity, "BARE", settings={"templateOrganizationId": "tmpl-se-001"})

    assert set_up(findity, "BARE") == before
    assert "templateOrganizationId" not in after["settings"]


def test_the_built_in_template_can_book_at_once(findity: Findity) -> None:
    findity.organization("ACME")

    found = set_up(findity, "ACME")

    assert ("5800", "ACCOUNTING_NUMBER") in found["accounts"]
    assert ("Travel", "5800") in found["categories"]
    assert found["payment types"] == [("Private outlay", True), ("Company card", False)]
    assert [name for name, _ in found["dimensions"]] == ["cost-center", "project"]
    assert (found["recipients"], found["approval"]) == (["Bookkeeping"], [True])
    partners = findity.control("GET", "/partners").json()["data"]
    assert [partner["code"] for partner in partners] == ["partner-se", "partner-no"]


def test_without_a_template_an_organization_has_little(findity: Findity) -> None:
    made = posted(findity, "BARE", className=CLASS, name="Bare AB", partnerCode="partner-no")

    assert set_up(findity, "BARE") == {
        "accounts": [("100", "ACCOUNTING_NUMBER"), ("999", "ACCOUNTING_NUMBER")],
        "categories": [("Expenses", "100")],
        "payment types": [("Cash", True)],
        "recipients": ["PDF fil"],
        "dimensions": [],
        "approval": [False],
    }
    exports = findity.api.get(f"/api/v1/connect/organizations/{made['id']}/exports")
    assert exports.json()["code"] == "RECIPIENT_NOT_FOUND"


def test_a_vat_number_nobody_has_is_not_found(acme: Findity) -> None:
    answer = acme.api.get("/api/admin/organizations/externalid/lookup/?vat=556000-0000")

    assert answer.json() == {"result": "NOT_FOUND"}


def test_what_a_deleted_organization_had_is_gone(acme: Findity) -> None:
    report, first = acme.ready(), acme.org
    export = acme.bulk_send()["exportId"]

    acme.api.delete(f"{acme.admin}/")

    assert acme.control("GET", f"/reports/{report}").status_code == 404
    path = f"/api/v1/connect/organizations/{first}/exports/{export}"
    assert acme.api.get(path).json()["code"] == "ORGANIZATION_NOT_FOUND"
    assert acme.organization("ACME")["id"] != first
    assert acme.api.get(f"{acme.admin}/users/").json() == []


def test_reports_are_counted_by_how_far_they_have_come(acme: Findity) -> None:
    acme.made(f"/organizations/{acme.org}/reports", {"owner": "ANNA", "name": "Empty"})
    acme.report()
    acme.made(f"/reports/{acme.ready()}/return")
    acme.ready()
    booked = acme.ready()
    acme.book(acme.bulk_send(reportIds=[booked])["exportId"])
    paid = acme.ready()
    acme.book(acme.bulk_send(reportIds=[paid])["exportId"])
    acme.made(f"/reports/{paid}/pay")
    in_transfer = acme.ready()
    acme.bulk_send(reportIds=[in_transfer])
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    acme.api.put(path, json={"values": [{"id": "CC-001", "value": "Marketing"}]})
    approver = {"id": "CC-001", "approvers": [{"externalSourceId": "ANNA"}]}
    acme.api.put(f"{path}approvers/", json={"values": [approver]})
    use = {"dimension": "cost-center", "value": "CC-001"}
    waiting = acme.report(TAXI | {"dimensionValues": [use]})
    assert acme.made(f"/reports/{waiting}/submit")["status"] == "APPROVAL"

    assert counted(acme) == {"UNSUBMITTED": 3, "SUBMITTED": 1, "APPROVED": 2, "BOOKED": 2}


@pytest.mark.parametrize(
    ("query", "reports"),
    [
        ("", 3),
        ("?fromDate=2026-03-02", 2),
        ("?toDate=2026-03-02", 2),
        ("?fromDate=2026-03-02&toDate=2026-03-02", 1),
        ("?fromDate=2026-03-04", 0),
    ],
)
def test_reports_are_counted_by_the_day_they_were_made(
    acme: Findity, query: str, reports: int
) -> None:
    for time in ("2026-03-01T12:00:00Z", "2026-03-02T23:59:59Z", "2026-03-03T00:00:00Z"):
        acme.changed("/clock", {"now": time})
        acme.report()
    acme.sign_in()

    assert counted(acme, query)["UNSUBMITTED"] == reports


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reportcounters/",
        "/users/",
        "/customdimensions/",
        "/customdimensions/cost-center/list/",
        "/customdimensions/cost-center/list/approvers/",
    ],
)
def test_an_internal_id_gives_what_the_external_id_gives(acme: Findity, path: str) -> None:
    external = acme.api.get(f"{acme.admin}{path}")
    internal = acme.api.get(f"/api/admin/organizations/{acme.org}{path}")

    assert (internal.status_code, internal.json()) == (200, external.json())
