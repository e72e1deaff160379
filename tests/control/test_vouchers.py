"""The vouchers of an export: paged, in another format, with what was said of each and receipts."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from support import TAXI, Findity

from mockfindity.domain.vouchers import FORMATS

HOTEL = {
    "category": "Hotel and meals",
    "date": "2026-03-03",
    "amount": 1120.33,
    "taxAmount": 120.04,
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def vouchers(findity: Findity, export_id: str, query: str = "") -> dict[str, Any]:
    answer = findity.control("GET", f"/exports/{export_id}/vouchers{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def receipt(content: bytes, kind: str = "image/png") -> dict[str, str]:
    return {"content": base64.b64encode(content).decode(), "contentType": kind}


@pytest.fixture
def sent(acme: Findity) -> str:
    """An export of two reports in REPORT_PER_EXPENSE."""
    acme.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    acme.users("BO")
    acme.ready(TAXI, HOTEL, name="Stockholm")
    acme.ready(TAXI | {"amount": 33.33, "taxAmount": 6.67}, owner="BO", name="Kiel")
    return str(acme.bulk_send()["exportId"])


def test_they_are_the_package_a_voucher_at_a_time(acme: Findity, sent: str) -> None:
    first, second = vouchers(acme, sent, "?max=1"), vouchers(acme, sent, "?max=1&offset=1")

    assert [one["data"][0]["voucher"] for one in (first, second)] == acme.vouchers(sent)
    assert first["meta"] == {"count": 1, "total": 2}
    assert (first["format"], first["isPreview"]) == ("REPORT_PER_EXPENSE", False)


def test_each_says_whose_it_is(acme: Findity, sent: str) -> None:
    found = vouchers(acme, sent)["data"]

    owners = [(one["owner"]["externalSourceId"], one["reports"][0]["name"]) for one in found]
    assert owners == [("ANNA", "Stockholm"), ("BO", "Kiel")]


def test_the_totals_are_of_all_vouchers(acme: Findity, sent: str) -> None:
    found = vouchers(acme, sent, "?max=1")

    assert found["totals"] == {"debit": 1278.66, "credit": 1278.66}
    assert (found["currency"], found["data"][0]["taxAmount"]) == ("SEK", 127.12)


def test_rows_are_given_in_part(acme: Findity, sent: str) -> None:
    whole = vouchers(acme, sent)["data"][0]

    part = vouchers(acme, sent, "?rows=2&rowsOffset=3")["data"][0]

    assert part["voucher"]["voucherRows"] == whole["voucher"]["voucherRows"][3:5]
    assert (part["numberOfRows"], part["taxAmount"]) == (6, 127.12)


# ---- another format ------------------------------------------------------------------------


def plain(voucher: dict[str, Any]) -> dict[str, Any]:
    """A voucher without ids of its own."""
    rows = [row | {"id": ""} for row in voucher["voucherRows"]]
    return voucher | {"id": "", "basisUrl": "", "voucherRows": rows}


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_preview_is_what_an_export_in_that_format_would_be(
    acme: Findity, sent: str, wanted: str
) -> None:
    found = vouchers(acme, sent, f"?format={wanted}")

    for voucher in acme.vouchers(sent):
        acme.update(sent, {"id": voucher["id"], "status": "FAILED", "errorText": "Once more."})
    acme.recipient(verificationListsType=wanted)
    real = [
        plain(voucher | {"integrationModuleResult": None})
        for voucher in acme.vouchers(acme.bulk_send()["exportId"])
    ]
    assert [plain(one["voucher"]) for one in found["data"]] == real
    assert found["isPreview"] == (wanted != "REPORT_PER_EXPENSE")


def test_a_preview_is_the_same_every_time_and_on_every_page(acme: Findity, sent: str) -> None:
    whole = vouchers(acme, sent, "?format=EXPENSE")["data"]

    assert vouchers(acme, sent, "?format=EXPENSE&offset=2&max=1")["data"] == whole[2:3]


def test_nothing_of_a_preview_is_kept(acme: Findity, sent: str) -> None:
    before = acme.control("GET", "/state").content

    vouchers(acme, sent, "?format=EXPENSE")

    assert acme.control("GET", "/state").content == before


def test_a_preview_on_an_account_that_is_gone_is_refused(acme: Findity, sent: str) -> None:
    accounts = acme.api.get(acme.accounts).json()["data"]
    travel = next(account["id"] for account in accounts if account["number"] == "5800")
    acme.api.delete(f"{acme.accounts}/{travel}")

    answer = acme.control("GET", f"/exports/{sent}/vouchers?format=EXPENSE")

    assert (answer.status_code, answer.json()["code"]) == (400, "ACCOUNT_NOT_MAPPED")
    assert vouchers(acme, sent)["meta"]["total"] == 2


def test_a_format_that_is_none_is_refused(acme: Findity, sent: str) -> None:
    answer = acme.control("GET", f"/exports/{sent}/vouchers?format=PDF")

    assert answer.status_code == 400
    assert "EXPENSE" in answer.json()["description"]


# ---- what was said -------------------------------------------------------------------------


def test_every_update_that_named_a_voucher_is_told(acme: Findity, sent: str) -> None:
    first, second = (voucher["id"] for voucher in acme.vouchers(sent))
    failed = {"id": first, "status": "FAILED", "errorText": "Account 5800 is {closed}."}
    booked = {"id": first, "status": "SUCCESS", "voucherNumber": "A-1"}
    acme.update(sent, failed)
    acme.update(sent, booked, {"id": second, "status": "SUCCESS"})
    acme.update(sent, failed)

    one, other = vouchers(acme, sent)["data"]

    assert [(h["status"], h["said"]) for h in one["history"]] == [
        (200, failed),
        (200, booked),
        (400, failed),
    ]
    assert [h["said"]["status"] for h in other["history"]] == ["SUCCESS"]
    assert one["result"]["voucherNumber"] == "A-1"


def test_an_update_leads_to_its_request(acme: Findity, sent: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    acme.update(sent, {"id": voucher, "status": "SUCCESS"})

    (said,) = vouchers(acme, sent)["data"][0]["history"]

    entries = acme.control("GET", "/requests").json()["data"]
    (request,) = [entry for entry in entries if entry["id"] == said["request"]]
    assert (request["operationId"], request["time"]) == ("updateExportStatus", said["time"])


def test_an_update_is_told_though_its_request_was_too_long_to_be_kept(
    acme: Findity, sent: str
) -> None:
    first, second = (voucher["id"] for voucher in acme.vouchers(sent))
    long = {"id": second, "status": "FAILED", "errorText": "x" * 70_000}
    acme.update(sent, {"id": first, "status": "SUCCESS", "voucherNumber": "7"}, long)

    one, other = vouchers(acme, sent)["data"]

    assert one["history"][0]["said"] == {"id": first, "status": "SUCCESS", "voucherNumber": "7"}
    assert (other["history"], other["result"]["status"]) == ([], "FAILED")


def test_the_last_twenty_updates_are_told(acme: Findity, sent: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    for number in range(22):
        acme.update(sent, {"id": voucher, "status": "FAILED", "errorText": str(number)})

    history = vouchers(acme, sent)["data"][0]["history"]

    assert [h["said"]["errorText"] for h in history] == [str(number) for number in range(2, 22)]


@pytest.mark.parametrize(
    "content",
    [
        '{"voucherUpdates": {"id": "ID"}}',
        '{"voucherUpdates": ["ID"]}',
        '["ID"]',
        '"ID"',
        'ID {"id": "ID", "status": ',
        '{"a": {"b": "ID"}}',
    ],
)
def test_what_is_no_update_is_passed_over(acme: Findity, sent: str, content: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    path = f"{acme.exports}/{sent}/updatestatus"
    acme.api.put(path, content=content.replace("ID", voucher).encode())

    assert vouchers(acme, sent)["data"][0]["history"] == []


def test_secrets_in_an_update_are_blotted_out(acme: Findity, sent: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    acme.update(sent, {"id": voucher, "status": "FAILED", "token": "hush"})

    assert "hush" not in json.dumps(vouchers(acme, sent)["data"][0]["history"])


# ---- its PDF and receipts ------------------------------------------------------------------


def test_the_pdf_is_that_of_the_basis_url(acme: Findity, sent: str) -> None:
    voucher = acme.vouchers(sent)[0]

    answer = acme.control("GET", f"/vouchers/{voucher['id']}/pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == acme.api.get(f"{voucher['basisUrl']}?format=pdf").content


def test_a_receipt_is_what_it_is_by_its_bytes_whatever_it_was_called(acme: Findity) -> None:
    receipts = [receipt(PNG, "text/html"), receipt(SVG), receipt(b"GIF89a"), {}]
    acme.ready(TAXI | {"receipts": receipts}, HOTEL)
    (one,) = vouchers(acme, acme.bulk_send()["exportId"])["data"]
    path = f"/vouchers/{one['voucher']['id']}/receipts"

    answers = [acme.control("GET", f"{path}/{place}") for place in range(5)]

    kinds = ["image/png", None, "image/gif", "image/jpeg", "image/jpeg"]
    assert [found["pictureType"] for found in one["receipts"]] == kinds
    assert [a.status_code for a in answers] == [200, 404, 200, 200, 200]
    assert [a.headers["content-type"] for a in answers if a.is_success] == [k for k in kinds if k]
    assert answers[0].content == PNG


@pytest.mark.parametrize("place", ["2", "-1", "1.0", "²", "9" * 30, "one"])
def test_a_receipt_that_is_not_there_is_not_found(acme: Findity, sent: str, place: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]

    answer = acme.control("GET", f"/vouchers/{voucher}/receipts/{place}")

    assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
