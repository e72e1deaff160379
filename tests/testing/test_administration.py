"""What is set up in an organization, in the words of ``findity.here``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import mockfindity
from mockfindity import Findity, FindityError


@pytest.fixture
def findity() -> Iterator[Findity]:
    with mockfindity.running() as findity:
        yield findity


def test_accounts_are_made_and_renamed(findity: Findity) -> None:
    here = findity.organization()

    here.accounts({"5814": "Train tickets", "5810": "Tickets"})

    assert here.accounts()["5814"]["name"] == "Train tickets"
    assert here.accounts()["5810"]["name"] == "Tickets"


def test_an_account_keeps_its_id_and_its_categories_when_it_is_renumbered(
    findity: Findity,
) -> None:
    here = findity.organization()
    before = here.accounts()["5810"]["id"]

    assert here.renumber("5810", "5911")["id"] == before
    path = f"/api/v1/admin/organizations/{here.id}/categories"
    numbers = {one["name"]: one["accountNumber"] for one in findity.api("GET", path)["data"]}
    assert numbers["Tickets"] == "5911"


def test_an_account_that_is_deleted_is_gone(findity: Findity) -> None:
    here = findity.organization()

    here.delete_account("6212")

    assert "6212" not in here.accounts()
    assert here.categories()["Mobile phone"]["accountingNumber"] is None


def test_categories_payment_types_and_salary_codes_are_made_where_they_are_not(
    findity: Findity,
) -> None:
    here = findity.organization()

    code = here.salary_code("831", "Milersättning, elbil")
    made = here.category("Electric car", account="7331", salary_code_id=code["id"])
    again = here.category("Electric car", non_deductable_vat=True)
    card = here.payment_type("Fuel card", account="2890", is_default=True)

    assert again["id"] == made["id"]
    assert (again["salaryCodeId"], again["nonDeductableVat"]) == (code["id"], True)
    assert card["isDefault"] is True
    assert here.salary_code("831", "Elbil")["id"] == code["id"]


def test_a_dimension_with_approvers_makes_a_report_wait(findity: Findity) -> None:
    here = findity.organization()
    here.users("ANNA", "BO", "CECILIA")
    here.dimension("cost-center", {"CC-1": "Sales"})
    here.dimension("customer", {"C-1": "Visby"}, level="EXPENSE")
    here.approvers("cost-center", {"CC-1": ["BO", "CECILIA"]})
    values = [
        {"dimension": "cost-center", "value": "CC-1"},
        {"dimension": "customer", "value": "C-1"},
    ]
    taxi = {"category": "Travel", "date": "2026-05-04", "amount": 125, "dimensionValues": values}

    report = here.report("ANNA", [taxi]).submit()

    assert (report.data["status"], report.data["approvers"]) == ("APPROVAL", ["BO", "CECILIA"])
    assert report.approve().data["status"] == "READY_TO_SEND"


def test_another_recipient_comes_after_the_first(findity: Findity) -> None:
    here = findity.organization()

    second = here.add_recipient("Payroll", format="USER_PER_ACCOUNT", uses_salary_codes=True)

    assert second["verificationListsType"] == "USER_PER_ACCOUNT"
    assert second["sortOrder"] > here.recipient()["sortOrder"]


def test_what_cannot_be_set_up_is_refused(findity: Findity) -> None:
    here = findity.organization()

    with pytest.raises(FindityError, match="no account with the number '9999'"):
        here.category("Travel", account="9999")
