"""Exports: what is listed, what an acknowledgement does, and what is never sent twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support import TAXI, Findity

HOTEL = {"category": "Hotel and meals", "date": "2026-03-03", "amount": 1120, "taxAmount": 120}


def success(voucher: dict[str, Any], number: str = "1", **more: Any) -> dict[str, Any]:
    return {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": number} | more


def failed(voucher: dict[str, Any], text: str = "no such account") -> dict[str, Any]:
    return {"id": voucher["id"], "status": "FAILED", "errorText": text}


@pytest.fixture
def two(acme: Findity) -> tuple[Findity, str, str, list[dict[str, Any]]]:
    """A report of two expenses, sent as two vouchers: the client, report, export, vouchers."""
    acme.recipient(verificationListsType="EXPENSE")
    report = acme.ready(TAXI, HOTEL)
    export = acme.bulk_send()["exportId"]
    return acme, report, export, acme.vouchers(export)


Two = tuple[Findity, str, str, list[dict[str, Any]]]


def listed(findity: Findity, query: str = "") -> list[str]:
    return [export["id"] for export in findity.api.get(findity.exports + query).json()["data"]]


def test_nothing_is_listed_before_anything_was_sent(acme: Findity) -> None:
    answer = acme.api.get(acme.exports)

    assert answer.json() == {"data": [], "meta": {"count": 0, "total": 0}}


def test_unprocessed_exports_are_listed_oldest_first(acme: Findity) -> None:
    acme.ready()
    first = acme.bulk_send()["exportId"]
    acme.ready()
    second = acme.bulk_send()["exportId"]

    assert listed(acme) == [first, second]


def test_the_list_may_be_a_bare_array(acme: Findity) -> None:
    acme.changed("/settings", {"exportListShape": "array"})

    assert acme.api.get(acme.exports).json() == []


def test_a_processed_export_is_listed_by_its_status(two: Two) -> None:
    findity, _, export, vouchers = two
    findity.update(export, *map(success, vouchers))

    assert (listed(findity), listed(findity, "?status=SENT")) == ([], [export])


def test_all_exports_can_be_listed(two: Two) -> None:
    findity, _, export, vouchers = two
    findity.update(export, *map(success, vouchers))

    assert listed(findity, "?status=ALL") == [export]


def test_a_package_is_the_same_every_time(two: Two) -> None:
    findity, _, export, _ = two
    path = f"{findity.exports}/{export}/export"
    first = findity.api.get(path).content
    findity.organization("ACME", name="Renamed")

    assert findity.api.get(path).content == first


def test_booking_every_voucher_sends_the_report(two: Two) -> None:
    findity, report, export, vouchers = two

    answer = findity.update(export, *map(success, vouchers))

    assert (answer.json()["status"], findity.status(report)) == ("SENT", "SENT")


def test_a_partial_update_leaves_the_rest_unprocessed(two: Two) -> None:
    findity, report, export, (taxi, _) = two

    answer = findity.update(export, success(taxi))

    assert (answer.json()["status"], findity.status(report)) == ("TRANSFER", "TRANSFER")
    assert listed(findity) == [export]


def test_a_failure_gives_the_report_back_once_all_is_final(two: Two) -> None:
    findity, report, export, (taxi, hotel) = two

    answer = findity.update(export, success(taxi), failed(hotel))

    assert (answer.json()["status"], findity.status(report)) == ("FAILED", "READY_TO_SEND")


def test_what_was_booked_is_not_sent_again(two: Two) -> None:
    findity, _, export, (taxi, hotel) = two
    findity.update(export, success(taxi), failed(hotel))

    (voucher,) = findity.vouchers(findity.bulk_send()["exportId"])

    assert voucher["expenseRecordIds"] == hotel["expenseRecordIds"]


def test_the_next_attempt_tells_how_the_last_one_ended(two: Two) -> None:
    findity, _, export, (taxi, hotel) = two
    findity.update(export, success(taxi), failed(hotel, "account 5830 is closed"))

    (voucher,) = findity.vouchers(findity.bulk_send()["exportId"])

    result = voucher["integrationModuleResult"]
    assert (result["status"], result["errorText"]) == ("FAILED", "account 5830 is closed")


def test_the_last_word_on_a_failed_voucher_counts(two: Two) -> None:
    findity, _, export, (taxi, hotel) = two
    findity.update(export, failed(hotel))
    findity.update(export, failed(hotel) | {"informationText": "closed in March"})
    findity.update(export, success(taxi))

    (voucher,) = findity.vouchers(findity.bulk_send()["exportId"])

    assert voucher["integrationModuleResult"]["informationText"] == "closed in March"


def test_a_booking_date_that_is_none_is_refused(two: Two) -> None:
    findity, _, export, (taxi, _) = two

    answer = findity.update(export, success(taxi, bookingDate="yesterday"))

    assert "voucherUpdates[0].bookingDate" in answer.json()["description"]


def test_a_file_name_may_come_as_utf_8(two: Two) -> None:
    findity, _, export, _ = two
    header = 'attachment; filename="mars å.csv"'.encode()

    path = f"{findity.exports}/{export}/content"
    kept = findity.api.put(path, content=b"x", headers={b"content-disposition": header})

    assert kept.json()["content"]["fileName"] == "mars å.csv"


def test_a_grouped_format_leaves_out_what_was_booked(two: Two) -> None:
    findity, _, export, (taxi, hotel) = two
    findity.update(export, success(taxi), failed(hotel))
    findity.recipient(verificationListsType="USER_PER_REPORT_PAID")

    (voucher,) = findity.vouchers(findity.bulk_send()["exportId"])

    assert voucher["totalDebitAmount"] == 1120


def test_repeating_an_update_changes_nothing(two: Two) -> None:
    findity, _, export, (taxi, _) = two
    first = findity.update(export, success(taxi, "A7")).json()

    again = findity.update(export, success(taxi, "A7"))

    assert (again.status_code, again.json()) == (200, first)


def test_a_failed_voucher_may_be_booked_while_the_export_is_open(two: Two) -> None:
    findity, report, export, (taxi, hotel) = two
    findity.update(export, failed(taxi))

    answer = findity.update(export, success(taxi), success(hotel))

    assert (answer.json()["status"], findity.status(report)) == ("SENT", "SENT")


def test_a_report_that_failed_first_is_booked_by_a_late_success(acme: Findity) -> None:
    report, other = acme.ready(), acme.ready(HOTEL)
    export = acme.bulk_send()["exportId"]
    first, _ = acme.vouchers(export)
    acme.update(export, failed(first))
    assert acme.status(report) == "READY_TO_SEND"

    acme.update(export, success(first))

    assert (acme.status(report), acme.status(other)) == ("SENT", "TRANSFER")


def test_a_voucher_that_was_sent_again_is_not_booked_by_a_late_success(acme: Findity) -> None:
    acme.ready(), acme.ready(HOTEL)
    export = acme.bulk_send()["exportId"]
    first, _ = acme.vouchers(export)
    acme.update(export, failed(first))
    acme.bulk_send()

    answer = acme.update(export, success(first))

    assert answer.json()["code"] == "VOUCHER_ALREADY_PROCESSED"


@pytest.mark.parametrize("change", [{"voucherNumber": "2"}, {"status": "FAILED"}])
def test_a_booked_voucher_cannot_be_changed(two: Two, change: dict[str, str]) -> None:
    findity, _, export, (taxi, _) = two
    findity.update(export, success(taxi, "1"))

    answer = findity.update(export, success(taxi, "1") | change)

    assert (answer.status_code, answer.json()["code"]) == (400, "VOUCHER_ALREADY_PROCESSED")


def test_one_bad_update_spoils_them_all(two: Two) -> None:
    findity, _, export, (taxi, _) = two

    answer = findity.update(export, success(taxi), success({"id": "0" * 32}))

    assert answer.json()["code"] == "VOUCHER_NOT_FOUND"
    assert findity.update(export, failed(taxi)).status_code == 200


def test_a_voucher_number_may_be_a_whole_number(two: Two) -> None:
    findity, _, export, (taxi, _) = two

    assert findity.update(export, success(taxi) | {"voucherNumber": 377}).status_code == 200


def test_success_at_one_recipient_hands_over_to_the_next_at_once(acme: Findity) -> None:
    base = f"/organizations/{acme.org}/recipients"
    acme.made(base, {"recipientName": "Payroll", "verificationListsType": "USER_PER_EXPENSE"})
    report = acme.ready()

    acme.book(acme.bulk_send()["exportId"])

    (second,) = acme.api.get(acme.exports).json()["data"]
    assert (second["recipient"]["recipientName"], acme.status(report)) == ("Payroll", "TRANSFER")


def test_the_last_recipient_completes_the_report(acme: Findity) -> None:
    acme.made(f"/organizations/{acme.org}/recipients", {"recipientName": "Payroll"})
    report = acme.ready()
    acme.book(acme.bulk_send()["exportId"])

    acme.book(listed(acme)[0])

    assert acme.status(report) == "SENT"


def test_what_the_next_recipient_cannot_book_waits_for_the_administrator(acme: Findity) -> None:
    acme.recipient(verificationListsType="REPORT_PER_REPORT_PAID")
    acme.made(f"/organizations/{acme.org}/recipients", {"recipientName": "Ledger"})
    report = acme.ready()
    export = acme.bulk_send()["exportId"]
    for account in acme.api.get(acme.accounts).json()["data"]:
        acme.api.delete(f"{acme.accounts}/{account['id']}")

    acme.book(export)

    assert acme.status(report) == "READY_TO_SEND"


def test_content_comes_back_byte_for_byte(two: Two) -> None:
    findity, _, export, _ = two
    path = f"{findity.exports}/{export}/content"
    data = bytes(range(256))

    kept = findity.api.put(
        path,
        content=data,
        headers={
            "content-type": "text/x-sie",
            "content-disposition": 'attachment; filename="mars.se"',
        },
    )

    back = findity.api.get(path)
    assert kept.json()["content"] == {
        "fileName": "mars.se",
        "contentType": "text/x-sie",
        "size": 256,
    }
    assert (back.content, back.headers["content-type"]) == (data, "text/x-sie")


def test_the_basis_is_a_pdf_with_the_booking_and_the_receipts(two: Two) -> None:
    findity, _, _, (taxi, _) = two

    answer = findity.api.get(taxi["basisUrl"] + "?format=pdf")

    assert (answer.headers["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_basis_pdf_is_the_same_every_time(two: Two) -> None:
    findity, _, _, (taxi, _) = two
    url = taxi["basisUrl"] + "?format=pdf"

    assert findity.api.get(url).content == findity.api.get(url).content


def test_the_basis_pdf_says_what_was_booked(two: Two, tmp_path: Any) -> None:
    import pypdf

    findity, _, _, (taxi, _) = two
    (tmp_path / "basis.pdf").write_bytes(findity.api.get(taxi["basisUrl"] + "?format=pdf").content)

    reader = pypdf.PdfReader(tmp_path / "basis.pdf")

    text = "\n".join(page.extract_text() for page in reader.pages)
    assert all(part in text for part in ("Anna Ek", "5800", "117.92", "7.08", "125.00", "Taxi"))
    assert sum(len(page.images) for page in reader.pages) == 1


def test_the_basis_needs_a_token_unless_the_sandbox_says_otherwise(two: Two) -> None:
    findity, _, _, (taxi, _) = two
    refused = findity.http.get(taxi["basisUrl"]).status_code
    findity.changed("/settings", {"basisUrlAuth": False})

    answer = findity.http.get(taxi["basisUrl"])

    assert (refused, answer.json()["voucher"]["id"]) == (401, taxi["id"])


def test_open_bases_of_twin_sandboxes_are_told_apart(
    make_findity: Callable[..., Findity],
) -> None:
    seen = []
    for name in ("Alpha", "Beta"):
        findity = make_findity(seed=3)
        findity.changed("/settings", {"basisUrlAuth": False})
        findity.organization("ACME", name=name)
        findity.users("ANNA")
        findity.ready()
        seen.append(findity.vouchers(findity.bulk_send()["exportId"])[0]["basisUrl"])

    names = [findity.http.get(url).json()["voucher"]["organizationName"] for url in seen]

    assert names == ["Alpha", "Beta"]


def test_extra_fields_are_mixed_in_when_asked_for(two: Two) -> None:
    findity, _, export, _ = two
    findity.changed("/settings", {"extraFields": True})

    row = findity.vouchers(export)[0]["voucherRows"][0]

    assert (row["group"], row["unit"], "futureField" in row) == (
        "FUTURE_GROUP",
        "FUTURE_UNIT",
        True,
    )
