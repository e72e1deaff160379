"""The state as one document: out, in, elsewhere; newer, damaged, and what damage leads to."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from damage import Damage, Document, Sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection import memory
from stage import Stage
from support import Findity

from mockfindity.sandboxes import Sandboxes

MakeFindity = Callable[..., Findity]


def state(findity: Findity) -> bytes:
    answer = findity.control("GET", "/state")
    assert answer.status_code == 200, answer.text
    return answer.content


def put(findity: Findity, document: bytes | Document) -> httpx2.Response:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return findity.http.put(f"/_mockfindity/sandboxes/{findity.name}/state", content=content)


def refusal(findity: Findity, document: bytes | Document) -> tuple[int, str, str]:
    answer = put(findity, document)
    return answer.status_code, answer.json()["code"], answer.json()["description"]


def changed(findity: Findity, **fields: Any) -> Document:
    document: Document = json.loads(state(findity)) | fields
    return document


def test_the_document_says_its_version_and_holds_every_table(acme: Findity) -> None:
    document = json.loads(state(acme))

    assert list(document) == ["version", "seed", "ids", "clock", "settings", "tables"]
    assert document["version"] == 1
    assert {name: len(records) for name, records in document["tables"].items() if records} == {
        "partners": 2,
        "keys": 1,
        "tokens": 2,
        "organizations": 1,
        "users": 1,
        "invitations": 1,
        "dimensions": 2,
        "accounts": 73,
        "salary_codes": 5,
        "categories": 15,
        "payment_types": 2,
        "recipients": 1,
    }


@pytest.fixture(scope="module")
def everything(stage: Stage, server: str) -> Iterator[Findity]:
    """A sandbox in which there is something of everything; no test changes it."""
    made = httpx2.post(
        f"{server}/_mockfindity/sandboxes", json={"from": stage.findity.name}, verify=False
    )
    findity = Findity(server, made.json())
    content = f"/api/v1/connect/organizations/{stage.known['acme']}/exports/{stage.known['export']}"
    assert findity.api.put(f"{content}/content?fileName=a.bin", content=b"abc").is_success
    findity.changed("/settings", {"webhookMode": "collect"})
    yield findity
    findity.close()


@pytest.fixture(scope="module")
def whole(everything: Findity) -> Document:
    """The document of that sandbox; no test changes it."""
    document: Document = json.loads(state(everything))
    assert all(document["tables"].values())
    return document


def test_nothing_in_it_changes_between_two_reads(everything: Findity) -> None:
    assert state(everything) == state(everything)


def test_putting_it_back_changes_nothing(everything: Findity, sandboxes: Sandboxes) -> None:
    document = state(everything)
    before = memory(sandboxes[everything.name])

    answer = put(everything, document)

    assert (answer.status_code, answer.json()) == (200, {"records": 435})
    assert memory(sandboxes[everything.name]) == before
    assert state(everything) == document


def test_putting_it_back_after_changes_is_what_it_was(acme: Findity) -> None:
    before = state(acme)
    acme.ready()
    acme.bulk_send()
    acme.changed("/clock", {"now": "2030-01-01T00:00:00Z"})
    acme.changed("/settings", {"tokenLifetime": 5})

    put(acme, before)

    assert state(acme) == before


def test_putting_it_back_after_a_reset_brings_its_keys_and_tokens_back(acme: Findity) -> None:
    key = acme.made("/clients", {"scope": "organization", "organizationId": acme.org})
    acme.sign_in(client_id=key["clientId"], client_secret=key["clientSecret"])
    before = state(acme)
    acme.control("POST", "/reset")

    put(acme, before)

    assert state(acme) == before
    assert acme.api.get(f"{acme.admin}/users/").status_code == 200


def test_a_document_with_the_tokens_of_a_deleted_key_can_be_put_back(acme: Findity) -> None:
    key = acme.made("/clients", {"scope": "application"})
    acme.token(client_id=key["clientId"], client_secret=key["clientSecret"])
    acme.control("DELETE", f"/clients/{key['clientId']}")
    before = state(acme)

    assert put(acme, before).status_code == 200
    assert state(acme) == before


def test_elsewhere_it_works_with_the_key_of_the_sandbox_it_is_put_into(
    acme: Findity, make_findity: MakeFindity
) -> None:
    report = acme.ready()
    other = make_findity(seed=9)
    other.org, other.external = acme.org, "ACME"

    assert put(other, state(acme)).status_code == 200

    other.sign_in()
    assert other.vouchers(other.bulk_send()["exportId"])[0]["expenseReportId"] == report
    assert acme.status(report) == "READY_TO_SEND"


def test_elsewhere_the_keys_and_tokens_of_others_are_dropped(
    acme: Findity, make_findity: MakeFindity
) -> None:
    acme.made("/clients", {"scope": "organization", "organizationId": acme.org})
    other = make_findity()

    put(other, state(acme))

    tables = json.loads(state(other))["tables"]
    assert [key["id"] for key in tables["keys"]] == [other.client_id]
    assert {token["keyId"] for token in tables["tokens"]} == {other.client_id}
    assert other.api.get("/api/admin/organizations/").status_code == 200


def test_the_secret_of_the_own_key_stays_what_it_is(acme: Findity) -> None:
    before = state(acme)
    new = acme.made(f"/clients/{acme.client_id}/rotate")["clientSecret"]

    put(acme, before)

    acme.sign_in(client_secret=new)
    assert acme.control("GET", "").json()["clientSecret"] == new


def test_the_clock_and_the_settings_come_along(acme: Findity, make_findity: MakeFindity) -> None:
    acme.changed("/clock", {"now": "2030-01-01T00:00:00Z"})
    acme.changed("/settings", {"exportListShape": "array"})
    other = make_findity()

    put(other, state(acme))

    assert other.control("GET", "/clock").json() == {
        "now": "2030-01-01T00:00:00Z",
        "mode": "frozen",
    }
    assert other.control("GET", "/settings").json()["exportListShape"] == "array"


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ({"version": 2}, "version: 2 is newer than 1, the newest this mockfindity reads"),
        ({"version": 0}, "version: 0 never was one"),
        ({"version": "1"}, "this is no state document: Expected `int`, got `str` - at `$.version`"),
        ({"more": 1}, "damaged: Object contains unknown field `more`"),
        ({"tables": {}}, "damaged: the table 'accounts' is missing"),
        ({"seed": -1}, "damaged: Expected `int` >= 0 - at `$.seed`"),
        ({"ids": 2}, "damaged: ids: more than 2 were given, as its records show"),
        (
            {"clock": {"frozen": 1e300, "offset": 0.0}},
            "damaged: clock: it stands before 1970 or after the year",
        ),
        (
            {"clock": {"frozen": None, "offset": -1.0}},
            "damaged: clock: it stands before 1970 or after the year",
        ),
        ({"clock": {"frozen": None}}, "damaged: Object missing required field `offset`"),
        ({"settings": {"tokenLifetime": 0}}, "damaged: settings.tokenLifetime: Input should be"),
    ],
)
def test_a_document_that_is_newer_or_damaged_is_refused_and_changes_nothing(
    acme: Findity, sandboxes: Sandboxes, damage: Document, what: str
) -> None:
    before = memory(sandboxes[acme.name])

    status, code, description = refusal(acme, changed(acme, **damage))

    assert (status, code) == (400, "INVALID_REQUEST")
    assert what in description
    assert memory(sandboxes[acme.name]) == before


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_document_is_refused(acme: Findity, raw: bytes) -> None:
    status, code, description = refusal(acme, raw)

    assert (status, code) == (400, "INVALID_REQUEST")
    assert description.startswith("this is no state document: ")


@pytest.mark.parametrize(
    ("table", "field", "value", "what"),
    [
        ("users", "organizationId", "x", "there is no organization 'x'"),
        ("reports", "ownerId", "x", "owner_id names 'x', which is not there"),
        ("reports", "status", "LOST", "Invalid enum value 'LOST'"),
        ("reports", "colour", "red", "Object contains unknown field `colour`"),
        ("exports", "voucherIds", ["x"], "voucher_ids names 'x', which is not there"),
        ("exports", "reportIds", ["x"], "report_ids names 'x', which is not there"),
        ("vouchers", "reportIds", [], "it is of no report"),
        ("values", "valueId", "x", "its id should be '"),
        ("organizations", "dateCreated", "2026-02-30", "date_created is no time"),
        ("organizations", "dateCreated", "9999-12-31T00:00:00Z", "date_created is no time"),
        ("organizations", "settings", {"a": [[[]]] * 3}, None),
        ("dimensions", "fields", {"externalSourceId": []}, "externalSourceId is no text"),
        ("vouchers", "totalDebitAmount", "NaN", "total_debit_amount holds a number that is too"),
        ("vouchers", "totalDebitAmount", 10**21, "total_debit_amount holds a number that is too"),
        ("contents", "data", "?", "Invalid base64 encoded string"),
    ],
)
def test_a_damaged_record_is_named(
    whole: Document, make_findity: MakeFindity, table: str, field: str, value: Any, what: str | None
) -> None:
    document = copy.deepcopy(whole)
    document["tables"][table][0][field] = value

    answer = put(make_findity(), document)

    assert answer.status_code == (200 if what is None else 400)
    assert what is None or what in answer.json()["description"]


def test_a_reference_into_another_organization_is_damage(
    whole: Document, make_findity: MakeFindity
) -> None:
    document = copy.deepcopy(whole)
    users, reports = document["tables"]["users"], document["tables"]["reports"]
    reports[0]["ownerId"] = next(
        user["id"] for user in users if user["organizationId"] != reports[0]["organizationId"]
    )

    status, _, description = refusal(make_findity(), document)

    assert status == 400
    assert f"reports {reports[0]['id']!r}: owner_id names" in description


@pytest.fixture(scope="module")
def elsewhere(server: str) -> Iterator[Findity]:
    """The sandbox that damaged documents are put into, one after the other."""
    findity = Findity(
        server, httpx2.post(f"{server}/_mockfindity/sandboxes", json={}, verify=False).json()
    )
    yield findity
    findity.close()


def test_a_whole_document_survives_the_sweep(whole: Document, elsewhere: Findity) -> None:
    assert put(elsewhere, whole).status_code == 200
    assert Sweep(elsewhere).over(whole["tables"]) == []


@settings(max_examples=100)
@given(data=st.data())
def test_damage_is_refused_or_does_no_harm(
    data: st.DataObject, whole: Document, elsewhere: Findity
) -> None:
    document = copy.deepcopy(whole)
    damage = Damage(document, lambda found: data.draw(st.sampled_from(found)))
    for _ in range(data.draw(st.integers(1, 3))):
        damage.do()

    answer = put(elsewhere, document)

    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 200:
        assert Sweep(elsewhere).over(document["tables"]) == []
