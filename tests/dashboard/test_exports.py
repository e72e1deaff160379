"""The list of exports, and one export with its vouchers as a bookkeeper reads them."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from support import TAXI, Findity, Receiver

Read = Callable[..., httpx2.Response]
MILEAGE = {
    "type": "MILEAGE",
    "category": "Mileage",
    "date": "2026-03-03",
    "quantity": 120,
    "rate": 2.5,
}


@pytest.fixture
def sent(acme: Findity) -> str:
    """An export of the report Stockholm with two expenses."""
    acme.ready(TAXI, MILEAGE, name="Stockholm")
    return str(acme.bulk_send()["exportId"])


def text_of(answer: httpx2.Response) -> str:
    """A page's HTML in one line, with plain spaces."""
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.replace("\N{NARROW NO-BREAK SPACE}", " ").split())


# ---- the list ------------------------------------------------------------------------------


def test_exports_are_listed_the_newest_first(acme: Findity, sent: str, read: Read) -> None:
    acme.ready()
    newer = acme.bulk_send()["exportId"]

    page = read("/exports").text

    assert page.index(f"/exports/{newer}") < page.index(f"/exports/{sent}")
    assert "<td>REPORT_PER_EXPENSE</td>" in page
    assert "1 to be booked" in page


def test_a_filter_leaves_those_of_a_status(acme: Findity, sent: str, read: Read) -> None:
    acme.ready()
    booked = acme.bulk_send()["exportId"]
    acme.book(booked)

    page = read("/exports", status="SENT").text

    assert f"/exports/{booked}" in page
    assert f"/exports/{sent}" not in page
    assert '<option value="SENT" selected>' in page


def test_a_status_without_exports_says_so(sent: str, read: Read) -> None:
    assert "is in withdrawn" in read("/exports", status="WITHDRAWN").text


def test_fifty_exports_stand_on_a_page(acme: Findity, read: Read) -> None:
    for _ in range(51):
        acme.ready()
        acme.bulk_send()

    first, second = read("/exports").text, read("/exports", offset="50").text

    assert (first.count('<tr id="export-'), second.count('<tr id="export-')) == (50, 1)
    assert "51 to 51 of 51" in second


def test_an_empty_findity_says_how_to_begin(read: Read) -> None:
    assert "This Findity is empty" in read("/exports").text


def test_an_organization_without_a_recipient_is_told_to_set_one_up(
    acme: Findity, read: Read
) -> None:
    base = f"/organizations/{acme.org}/recipients"
    acme.control("DELETE", f"{base}/{acme.recipient()['id']}")

    page = read("/exports").text

    assert "has no API recipient" in page
    assert "/organization#recipients" in page


def test_where_nothing_was_sent_the_way_to_the_bulk_send_is_shown(
    acme: Findity, read: Read
) -> None:
    page = read("/exports").text

    assert "Nothing was sent yet" in page
    assert "#bulk-send" in page


# ---- one export ----------------------------------------------------------------------------


def test_a_voucher_is_shown_with_its_accounts_and_both_sides(sent: str, read: Read) -> None:
    page = text_of(read(f"/exports/{sent}"))

    assert "<h3>1. Stockholm" in page
    assert "<td>5800</td> <td>Resekostnader</td> <td>Taxi</td>" in page
    assert '<td class="amount">117.92</td><td class="amount"></td> <td class="amount">7.08' in page
    assert '<td class="amount" data-total="DEBIT">425.00</td>' in page
    assert '<td class="amount" data-total="CREDIT">425.00</td>' in page
    assert "Mileage <small>KM</small>" in page


def test_it_belongs_to_a_person_and_a_report(acme: Findity, sent: str, read: Read) -> None:
    page = text_of(read(f"/exports/{sent}"))

    assert "<dt>Owner</dt><dd>Anna Ek <small>ANNA</small></dd>" in page
    assert ">Stockholm</a>" in page
    assert "/reports/" in page


def test_a_side_that_is_not_asked_for_has_no_column(acme: Findity, read: Read) -> None:
    acme.recipient(doCreditAccounting=False)
    acme.ready()

    page = text_of(read(f"/exports/{acme.bulk_send()['exportId']}"))

    assert '<th class="amount">Debit</th><th class="amount">Tax</th>' in page
    assert "data-total=" in page
    assert 'data-total="CREDIT"' not in page


def test_a_voucher_without_rows_says_why(acme: Findity, read: Read) -> None:
    acme.recipient(doCreditAccounting=False, doDebitAccounting=False)
    acme.ready()

    page = read(f"/exports/{acme.bulk_send()['exportId']}").text

    assert "the recipient asks for neither the debit nor the credit side" in page


def test_dimensions_stand_beside_what_is_booked(acme: Findity, read: Read) -> None:
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    values = {"values": [{"id": "CC-001", "value": "Marketing"}]}
    assert acme.api.put(path, json=values).is_success
    use = {"dimension": "cost-center", "value": "CC-001"}
    acme.ready(TAXI | {"dimensionValues": [use]})

    page = text_of(read(f"/exports/{acme.bulk_send()['exportId']}"))

    assert "CC-001 <small>Marketing</small>" in page


def test_ten_vouchers_stand_on_a_page(acme: Findity, read: Read) -> None:
    acme.recipient(verificationListsType="EXPENSE")
    acme.ready(*[TAXI | {"description": f"Taxi {number}"} for number in range(12)])
    export = acme.bulk_send()["exportId"]

    first, second = read(f"/exports/{export}").text, read(f"/exports/{export}", offset="10").text

    assert ("<h3>10. Taxi 9" in first, "<h3>11. Taxi 10" in first) == (True, False)
    assert "<h3>12. Taxi 11" in second
    assert "11 to 12 of 12" in second
    assert "No voucher stands here" in read(f"/exports/{export}", offset="20").text


def test_two_hundred_rows_of_a_voucher_stand_on_a_page(acme: Findity, read: Read) -> None:
    acme.ready(*[TAXI | {"description": f"Taxi {number}"} for number in range(70)])
    export = acme.bulk_send()["exportId"]

    first, rest = (text_of(read(f"/exports/{export}", **q)) for q in ({}, {"rows": "200"}))

    assert "1 to 200 of 210 rows" in first
    assert "201 to 210 of 210 rows" in rest
    assert '<td class="amount" data-total="DEBIT">8 750.00</td>' in first
    assert '<td class="amount" data-total="DEBIT">8 750.00</td>' in rest
    assert "too long to stand here" in first


def test_the_json_is_that_of_the_package(acme: Findity, sent: str, read: Read) -> None:
    voucher = acme.vouchers(sent)[0]

    page = read(f"/exports/{sent}").text

    assert f"&#34;basisUrl&#34;: &#34;{voucher['basisUrl']}&#34;" in page
    assert f'data-copy="json-text-{voucher["id"]}"' in page


def test_an_export_that_waits_says_for_what(sent: str, read: Read) -> None:
    assert f"GET …/exports/{sent}/export" in read(f"/exports/{sent}").text


def test_what_was_said_of_a_voucher_is_told_with_its_requests(
    acme: Findity, sent: str, read: Read
) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    acme.update(sent, {"id": voucher, "status": "FAILED", "errorText": "Account 5800 is closed."})
    request = acme.control("GET", "/requests").json()["data"][-1]["id"]

    page = text_of(read(f"/exports/{sent}"))

    assert '<p class="error">Account 5800 is closed.</p>' in page
    assert "Status history (1)" in page
    assert f"/requests/{request}" in page
    assert "1 voucher failed" in page


def test_a_voucher_that_was_booked_shows_its_number(acme: Findity, sent: str, read: Read) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    booked = {"id": voucher, "status": "SUCCESS", "voucherNumber": "A-1042"}
    acme.update(sent, booked | {"bookingDate": "2026-03-05"})

    page = text_of(read(f"/exports/{sent}"))

    assert "<dt>Number in the ledger</dt><dd>A-1042</dd>" in page
    assert "number A-1042, booked 05 Mar 2026, in <a" in page


def test_what_the_journal_forgot_is_told_by_the_result(
    acme: Findity, sent: str, read: Read
) -> None:
    acme.book(sent)
    acme.control("DELETE", "/requests")

    assert "The journal does not have the request" in read(f"/exports/{sent}").text


def test_a_withdrawn_export_says_why_and_shows_what_it_carried(
    acme: Findity, receiver: Receiver, read: Read
) -> None:
    receiver.status = 500
    acme.changed("/settings", {"webhookMode": "sync"})
    acme.recipient(webhookUrl=receiver.url)
    acme.ready(name="Stockholm")
    sent = acme.bulk_send()

    page = read(f"/exports/{sent['exportId']}").text

    assert "<strong>Withdrawn.</strong>" in page
    assert f"/webhooks/{sent['webhook']}" in page
    assert "<h3>1. Stockholm" in page


def test_an_export_of_another_organization_turns_the_page_to_that(
    acme: Findity, sent: str, read: Read
) -> None:
    first = acme.org
    acme.organization("OTHER", name="Other AB")
    acme.users("BO")
    acme.ready(owner="BO")
    other = acme.bulk_send()["exportId"]

    assert f'href="?organization={acme.org}" aria-current="true"' in read(f"/exports/{other}").text
    assert f'href="?organization={first}" aria-current="true"' in read(f"/exports/{sent}").text


def test_names_are_shown_and_not_run(acme: Findity, read: Read) -> None:
    receipts = [{"fileName": "<script>r</script>"}]
    acme.ready(TAXI | {"description": "<script>e</script>", "receipts": receipts})
    export = acme.bulk_send()["exportId"]
    voucher = acme.vouchers(export)[0]["id"]
    acme.update(export, {"id": voucher, "status": "FAILED", "errorText": "<script>s</script>"})

    page = read(f"/exports/{export}").text

    assert "&lt;script&gt;e&lt;/script&gt;" in page
    assert "&lt;script&gt;r&lt;/script&gt;" in page
    assert "&lt;script&gt;s&lt;/script&gt;" in page
    assert "<script>" not in page


def test_an_export_that_is_not_there_is_told_to_people_as_a_page(read: Read) -> None:
    answer = read("/exports/nothing")

    assert answer.status_code == 404
    assert "<h1>404 EXPORT_NOT_FOUND</h1>" in answer.text


# ---- another format ------------------------------------------------------------------------


def test_a_preview_says_that_it_is_one(sent: str, read: Read) -> None:
    page = text_of(read(f"/exports/{sent}", format="EXPENSE"))

    assert "<strong>A preview.</strong>" in page
    assert "<h3>1. Taxi" in page
    assert "<h3>2. Mileage" in page
    assert "<iframe" not in page
    assert "Status history" not in page


def test_every_format_is_a_link_away(sent: str, read: Read) -> None:
    page = read(f"/exports/{sent}").text

    assert page.count("?format=") == 7
    assert '<a href="/dashboard' in page
    assert ' aria-current="true">REPORT_PER_EXPENSE</a> <small>as it was sent</small>' in page


def test_a_format_without_accounting_has_amounts_and_tax(sent: str, read: Read) -> None:
    page = text_of(read(f"/exports/{sent}", format="REPORT_PER_EXPENSE_PAID"))

    assert '<th>Text</th><th class="amount">Amount</th><th class="amount">Tax in it</th>' in page
    assert '<td>Taxi</td> <td class="amount">125.00</td> <td class="amount">7.08</td>' in page
    assert '<td class="amount" data-total="DEBIT">425.00</td>' in page
    assert "5800" not in page


def test_a_preview_that_cannot_be_made_says_why(acme: Findity, sent: str, read: Read) -> None:
    accounts = acme.api.get(acme.accounts).json()["data"]
    travel = next(account["id"] for account in accounts if account["number"] == "5800")
    acme.api.delete(f"{acme.accounts}/{travel}")

    page = read(f"/exports/{sent}", format="EXPENSE").text

    assert "It cannot be shown as EXPENSE: the account of category" in page
    assert "<h3>1. Stockholm" in read(f"/exports/{sent}").text
