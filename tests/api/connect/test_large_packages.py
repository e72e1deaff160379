"""Packages that are too large to be made at once: sent while they are made, kept for the next."""

from __future__ import annotations

import json

import httpx2
import pytest
from entries import last
from faulting import fault
from support import TAXI, Findity


@pytest.fixture
def export(acme: Findity) -> str:
    """An export of 300 expenses, half a megabyte of JSON."""
    acme.recipient(verificationListsType="EXPENSE")
    acme.ready(*[TAXI] * 300)
    return str(acme.bulk_send()["exportId"])


def download(findity: Findity, export: str) -> httpx2.Response:
    return findity.api.get(f"{findity.exports}/{export}/export")


def test_it_is_whole_and_the_same_the_second_time(acme: Findity, export: str) -> None:
    first, second = download(acme, export), download(acme, export)

    assert len(first.json()["vouchers"]) == 300
    assert first.content == second.content


def test_only_the_second_time_its_length_is_known(acme: Findity, export: str) -> None:
    first, second = download(acme, export), download(acme, export)

    assert first.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in first.headers
    assert second.headers["content-length"] == str(len(first.content))


def test_the_journal_has_it_when_the_client_does(acme: Findity, export: str) -> None:
    answer = download(acme, export)

    entry = last(acme)
    assert (entry["operationId"], entry["status"]) == ("getExportVouchers", 200)
    assert entry["answerSize"] == len(answer.content)
    assert answer.text.startswith(entry["answer"])
    assert 65_500 < len(entry["answer"].encode()) <= 65_536


def test_head_says_nothing_of_it(acme: Findity, export: str) -> None:
    answer = acme.api.head(f"{acme.exports}/{export}/export")

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_fault_cuts_it(acme: Findity, export: str) -> None:
    whole = download(acme, export).content
    fault(acme, operation="getExportVouchers", body="malformed")

    cut = download(acme, export).content

    assert whole.startswith(cut)
    assert len(cut) == len(whole) * 2 // 3


def test_extra_fields_come_with_it(acme: Findity, export: str) -> None:
    acme.changed("/settings", {"extraFields": True})

    answer = download(acme, export)

    assert "content-length" in answer.headers
    assert set(answer.json()) > {"organizations", "persons", "vouchers"}


def test_where_basis_urls_need_no_token_they_are_others(acme: Findity, export: str) -> None:
    first = download(acme, export).json()["vouchers"][0]["basisUrl"]
    acme.changed("/settings", {"basisUrlAuth": False})

    again = download(acme, export).json()["vouchers"][0]["basisUrl"]

    assert again.rpartition("/")[2] == f"{acme.name}.{first.rpartition('/')[2]}"


def test_after_a_reset_the_same_ids_are_those_of_other_vouchers(acme: Findity) -> None:
    def sent(description: str) -> tuple[str, str]:
        acme.control("POST", "/reset")
        acme.sign_in()
        acme.organization("ACME")
        acme.users("ANNA")
        acme.recipient(verificationListsType="EXPENSE")
        acme.ready(*[TAXI | {"description": description}] * 300)
        export = str(acme.bulk_send()["exportId"])
        download(acme, export)
        return export, download(acme, export).json()["vouchers"][0]["description"]

    first, second = sent("Taxi"), sent("Train")

    assert first[0] == second[0]
    assert (first[1], second[1]) == ("Taxi", "Train")


def test_what_was_reported_does_not_change_it(acme: Findity, export: str) -> None:
    before = download(acme, export)
    ids = [voucher["id"] for voucher in json.loads(before.content)["vouchers"]]
    acme.update(export, {"id": ids[0], "status": "SUCCESS", "voucherNumber": "A1"})

    assert download(acme, export).content == before.content
