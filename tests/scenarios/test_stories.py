"""The stories: what is special in each of them, in literal figures of the seed 0."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from mockfindity import Findity, FindityError
from mockfindity.testing.export import Export
from mockfindity.testing.running import RemoteServer, serving


@pytest.fixture(scope="module")
def server() -> Iterator[RemoteServer]:
    with serving() as server:
        yield server


def package_of(export: Export) -> list[dict[str, Any]]:
    """The vouchers of an export, as any client would read them."""
    vouchers: list[dict[str, Any]] = export.findity.api("GET", f"{export.path}/export")["vouchers"]
    return vouchers


@pytest.fixture
def findity(server: RemoteServer) -> Findity:
    return server.sandbox()


def test_payroll_pays_mileage_and_per_diem_on_salary_codes(findity: Findity) -> None:
    made = findity.scenario("payroll")

    (export,) = findity.here.exports()
    rows = [row for one in package_of(export) for row in one["voucherRows"]]
    codes = {r["accountingNumber"]["number"]: r["unit"] for r in rows}
    assert codes == {
        "821": "KM",
        "822": "KM",
        "811": "DAYS",
        "813": "DAYS",
        "5800": "PCS",
        "2641": "PCS",
    }
    assert {row["type"] for row in rows} == {"DEBIT"}
    assert (made["vouchers"], made["debit"], made["credit"]) == (6, 28849.0, 0.0)
    assert (made["mileage"], made["mileageTaxable"]) == (12235.0, 7341.0)
    assert (made["perDiem"], made["perDiemAbroad"], made["parking"]) == (5700.0, 2943.0, 504.0)


def test_payment_pays_two_runs_and_leaves_the_third(findity: Findity) -> None:
    made = findity.scenario("payment")

    assert [
        (run["format"], run["status"], run["vouchers"], run["rows"]) for run in made["runs"]
    ] == [
        ("REPORT_PER_REPORT_PAID", "PAID", 8, 8),
        ("USER_PER_REPORT_PAID", "PAID", 5, 5),
        ("REPORT_PER_EXPENSE_PAID", "TRANSFER", 8, 25),
    ]
    assert [run["paid"] for run in made["runs"]] == [17220.3, 23537.7, 16527.9]
    assert [one.status for one in findity.here.exports()] == ["SENT", "SENT", "TRANSFER"]


def test_many_currencies_come_to_one(findity: Findity) -> None:
    made = findity.scenario("multi-currency")

    assert made["currencies"] == {
        "CHF": 2,
        "EUR": 7,
        "GBP": 2,
        "ISK": 4,
        "NOK": 3,
        "SEK": 9,
        "USD": 2,
    }
    assert (made["vouchers"], made["debit"], made["credit"]) == (9, 34559.01, 34559.01)


def test_many_currencies_come_to_euros_if_that_is_the_ledger(findity: Findity) -> None:
    made = findity.scenario("multi-currency", base_currency="EUR")

    assert (made["baseCurrency"], made["debit"]) == ("EUR", 2852.75)


def test_a_refund_is_negative_and_a_correction_evens_out(findity: Findity) -> None:
    made = findity.scenario("refunds-and-mistakes")

    assert (made["refund"], made["correction"]) == (-1049.0, -4455.0)
    assert (made["rowsOfZero"], made["hotelVat"]) == (3, 180.0)
    path = f"/organizations/{made['organizationId']}/reports"
    statuses = [one["status"] for one in findity.control("GET", path)["data"]]
    assert statuses == ["SENT", "SENT", "SENT", "SENT", "REJECTED", "SENT", "TRANSFER"]


def test_payroll_comes_before_bookkeeping_and_is_not_asked_twice(findity: Findity) -> None:
    made = findity.scenario("two-recipients")

    assert list(zip(made["recipients"], made["statuses"], made["vouchers"], strict=True)) == [
        ("Payroll", "SENT", 4),
        ("Bookkeeping", "SENT", 4),
        ("Payroll", "SENT", 4),
        ("Bookkeeping", "FAILED", 4),
        ("Bookkeeping", "SENT", 1),
        ("Payroll", "TRANSFER", 4),
    ]
    assert made["debits"] == [9705.3, 9705.3, 10445.95, 10445.95, 1784.8, 7344.8]


def test_the_export_for_bookkeeping_follows_when_a_client_books_the_last_one(
    findity: Findity,
) -> None:
    findity.scenario("two-recipients")

    (waiting,) = findity.here.exports("TRANSFER")
    waiting.acknowledge()

    (next_one,) = findity.here.exports("TRANSFER")
    assert next_one.data["recipient"]["recipientName"] == "Bookkeeping"


def test_what_was_rejected_comes_again_and_says_why(findity: Findity) -> None:
    made = findity.scenario("rejected-and-resent")

    first, second = findity.here.exports()
    assert (first.status, second.status) == ("FAILED", "TRANSFER")
    assert (made["booked"], made["first"]["vouchers"], made["second"]["vouchers"]) == (4, 6, 2)
    again = {one["description"]: one["integrationModuleResult"] for one in package_of(second)}
    assert {name: result and result["errorText"] for name, result in again.items()} == {
        "Resa 1": (
            "Account 5810 is closed. Map the category Tickets to another account and send again."
        ),
        "Resa 2": "Project P-77 is unknown here. Create it in the ledger and send again.",
    }


def test_a_broken_mapping_is_refused_until_the_category_is_mapped(findity: Findity) -> None:
    made = findity.scenario("broken-mapping")

    assert made["refusals"] == ["ACCOUNT_NOT_MAPPED", "ACCOUNT_NOT_MAPPED"]
    assert "category 'Mobile phone'" in made["refusal"]
    assert (made["first"]["vouchers"], made["second"]["vouchers"]) == (3, 1)
    assert made["onAccount6212"] == 332.8


def test_customers_are_provisioned_in_six_steps(findity: Findity) -> None:
    made = findity.scenario("onboarding", customers=2)

    assert [one["externalOrganizationId"] for one in made["customers"]] == ["kund-001", "kund-002"]
    assert (made["steps"], len(made["exports"]), made["vouchers"]) == (6, 2, 1)


def test_nights_carry_people_and_accounts_over(findity: Findity) -> None:
    made = findity.scenario("nightly-sync", employees=12)

    (new, *_) = made["nights"]
    assert new == {
        "new": 12,
        "changed": 0,
        "deleted": 0,
        "accountsAdded": 0,
        "accountsDeleted": 0,
    }
    assert sum(night["new"] - night["deleted"] for night in made["nights"]) == made["people"]
    assert (made["nights"][-1]["accountsAdded"], made["nights"][-1]["accountsDeleted"]) == (1, 1)
    numbers = findity.here.accounts()
    assert {"5900", "5911", "5921", "5931", "5061"} <= set(numbers)
    assert {"5800", "5810", "5820", "5830", "5060"} & set(numbers) == set()


@pytest.mark.parametrize(
    ("locale", "currency", "reports", "expenses", "vat", "debit"),
    [
        ("sv_SE", "SEK", 11, 63, 4352.8, 39153.05),
        ("nb_NO", "NOK", 15, 82, 6751.95, 69590.75),
        ("da_DK", "DKK", 12, 59, 4508.41, 36690.99),
        ("fi_FI", "EUR", 13, 63, 374.97, 4217.59),
        ("en_GB", "GBP", 14, 74, 316.25, 5034.72),
    ],
)
def test_a_month_ends_in_every_country(
    findity: Findity,
    locale: str,
    currency: str,
    reports: int,
    expenses: int,
    vat: float,
    debit: float,
) -> None:
    made = findity.scenario("month-end", locale=locale, employees=6)

    figures = [made[name] for name in ("currency", "reports", "expenses", "vat", "debit")]
    assert figures == [currency, reports, expenses, vat, debit]
    assert made["vouchers"] == reports
    assert findity.here.settings()["baseCurrency"] == currency


def test_a_receipt_of_every_receipt_stands_in_the_pdf(findity: Findity) -> None:
    findity.scenario("month-end", employees=1)
    (export,) = findity.here.exports()
    voucher = export.vouchers()[0]
    basis = findity.api("GET", voucher["basisUrl"].removeprefix(findity.url))
    receipts = [one for expense in basis["expenses"] for one in expense["receipts"]]

    pdf = PdfReader(BytesIO(export.pdf(voucher)))

    pictures = [image for page in pdf.pages for image in page.images]
    assert len(receipts) > 1
    assert len(pictures) == len(receipts)
    assert {image.image.width for image in pictures if image.image} == {400}


def test_a_big_one_counts_what_it_wrote_and_what_came(findity: Findity) -> None:
    made = findity.scenario("big", expenses=130, employees=3)

    assert (made["reports"], made["expenses"], made["vouchers"]) == (3, 130, 3)
    assert made["debit"] == 90890.2
    (export,) = findity.here.exports()
    token = {"authorization": f"Bearer {findity.token()}"}
    package = findity.line.send("GET", f"{export.path}/export", headers=token)
    assert len(package.content) == made["packageBytes"]


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("month-end", {"employees": 0}, "employees: a whole number from 1 to 10000 was expected"),
        ("month-end", {"locale": "de_DE"}, "locale: one of sv_SE, nb_NO, da_DK, fi_FI, en_GB"),
        ("multi-currency", {"base_currency": "XXX"}, "currency: one of EUR, SEK"),
        ("nightly-sync", {"nights": 2}, "nights: a whole number from 3 to 365 was expected"),
        ("big", {"expenses": 0}, "expenses: a whole number from 1 to 1000000 was expected"),
        ("rejected-and-resent", {"reports": 2}, "reports: a whole number from 3 to 500"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is_done(
    findity: Findity, name: str, parameters: dict[str, object], said: str
) -> None:
    with pytest.raises(FindityError, match=said) as refusal:
        findity.scenario(name, **parameters)

    assert refusal.value.status == 400
    assert findity.control("GET", "/organizations")["data"] == []


@pytest.mark.parametrize("name", ["payroll", "month-end"])
def test_a_story_is_played_once_in_a_sandbox(findity: Findity, name: str) -> None:
    findity.scenario(name)

    with pytest.raises(FindityError, match="already: reset it first"):
        findity.scenario(name)


def test_without_faker_one_line_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['faker'] = None; from mockfindity.cli import main; "
        "sys.argv = ['mockfindity', 'scenario', 'run', 'month-end', '--standalone']; main()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == (
        "Error: the scenario 'month-end' could not be played: the names come from Faker, "
        "which is not installed: pip install 'mockfindity[scenarios]'.\n"
    )
