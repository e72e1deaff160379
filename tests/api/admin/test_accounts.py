"""Accounts and the categories that are booked on them."""

from __future__ import annotations

from typing import Any

from support import Findity


def numbered(findity: Findity, number: str) -> dict[str, Any]:
    accounts = findity.api.get(findity.accounts).json()["data"]
    return next(account for account in accounts if account["number"] == number)


def category(findity: Findity, name: str) -> tuple[str, dict[str, Any]]:
    """The path of a category, and what it is."""
    base = f"/api/v1/admin/organizations/{findity.org}/categories"
    found = findity.api.get(base).json()["data"]
    one = next(category for category in found if category["name"] == name)
    return f"{base}/{one['id']}", one


def test_meta_differs_by_operation(acme: Findity) -> None:
    made = acme.api.post(acme.accounts, json={"name": "Trams", "number": "5899"}).json()
    path = f"{acme.accounts}/{made['id']}"
    got = acme.api.get(path).json()
    changed = acme.api.put(path, json={"id": made["id"], "name": "Buses", "number": "5899"})

    assert (made["meta"], changed.json()["meta"]) == (None, None)
    assert got["meta"] == {"abbreviation": None, "capabilities": None}
    assert numbered(acme, "5899") == {
        "id": made["id"],
        "meta": {},
        "name": "Buses",
        "number": "5899",
    }


def test_every_account_is_listed(acme: Findity) -> None:
    before = acme.api.get(acme.accounts).json()["meta"]["total"]
    for number in range(60):
        body = {"name": f"More {number}", "number": f"9{number:03}"}
        assert acme.api.post(acme.accounts, json=body).status_code == 201

    listed = acme.api.get(acme.accounts).json()

    assert listed["meta"] == {"count": before + 60, "total": before + 60}
    assert len(listed["data"]) == before + 60 > 100


def test_a_deleted_account_stops_the_send_until_its_category_is_mapped(acme: Findity) -> None:
    report = acme.ready()
    gone = acme.api.delete(f"{acme.accounts}/{numbered(acme, '5800')['id']}")

    refused = acme.control("POST", f"/organizations/{acme.org}/bulk-send")

    assert (gone.status_code, refused.status_code) == (204, 400)
    assert refused.json()["code"] == "ACCOUNT_NOT_MAPPED"
    assert "'Travel'" in refused.json()["description"]
    assert acme.status(report) == "READY_TO_SEND"
    acme.api.put(category(acme, "Travel")[0], json={"accountNumber": "5890"})
    (voucher,) = acme.vouchers(acme.bulk_send()["exportId"])
    assert voucher["voucherRows"][0]["accountingNumber"]["number"] == "5890"


def test_a_category_is_mapped_to_another_account(acme: Findity) -> None:
    path, before = category(acme, "Mileage")

    answer = acme.api.put(path, json=before | {"accountNumber": "7332", "salaryCode": None})

    assert before | {"accountNumber": "7332", "salaryCode": None} == answer.json()
    assert acme.api.get(path).json() == answer.json()


def test_the_name_of_a_category_is_not_changed_here(acme: Findity) -> None:
    path, before = category(acme, "Mileage")

    answer = acme.api.put(path, json=before | {"name": "Driving"})

    assert (answer.status_code, acme.api.get(path).json()) == (400, before)
