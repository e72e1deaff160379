"""What an administrator sets up by hand: recipients, categories, payment types, salary codes."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import httpx2
import pytest
from starlette.types import ASGIApp
from support import Findity

from mockfindity.app import create_app

NOUNS = ("recipients", "categories", "payment-types", "salary-codes")


class Answer(NamedTuple):
    status: int
    json: Any

    @property
    def description(self) -> str:
        return str(self.json["description"])


class SetUp:
    """An organization made from the built-in template, and requests about its set-up."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        form = {
            "grant_type": "client_credentials",
            "client_id": "mockfindity-client",
            "client_secret": "mockfindity-secret",
        }
        token = self._send("POST", "/oauth/token", data=form).json["access_token"]
        self._bearer = {"authorization": f"Bearer {token}"}
        body = {
            "externalSourceId": "EXT-1",
            "className": "com.findity.consumer.Company",
            "settings": {"templateOrganizationId": "tmpl-se-001"},
        }
        path = "/api/admin/organizations/externalid/EXT-1"
        made = self._send("POST", path, json=body, headers=self._bearer)
        self.organization_id = made.json["id"]

    def _send(self, method: str, path: str, **more: Any) -> Answer:
        async def send() -> httpx2.Response:
            transport = httpx2.ASGITransport(self._app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://testing") as client:
                return await client.request(method, path, **more)

        response = asyncio.run(send())
        return Answer(response.status_code, response.json() if response.content else None)

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        base = f"/_mockfindity/organizations/{self.organization_id}"
        return self._send(method, f"{base}/{path}", **({} if body is None else {"json": body}))

    def all(self, noun: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", noun).json["data"]
        return found

    def named(self, noun: str, name: str) -> dict[str, Any]:
        return next(item for item in self.all(noun) if item["name"] == name)

    def account(self, number: str) -> str:
        """The id of an account."""
        found = self._send("GET", self._accounts, headers=self._bearer).json["data"]
        return str(next(account["id"] for account in found if account["number"] == number))

    def delete_account(self, number: str) -> None:
        path = f"{self._accounts}/{self.account(number)}"
        self._send("DELETE", path, headers=self._bearer)

    @property
    def _accounts(self) -> str:
        return f"/api/v1/admin/organizations/{self.organization_id}/accounts"


@pytest.fixture
def set_up() -> SetUp:
    return SetUp(create_app())


@pytest.mark.parametrize("noun", NOUNS)
def test_what_get_gives_can_be_put_back_unchanged(set_up: SetUp, noun: str) -> None:
    for before in set_up.all(noun):
        answer = set_up.ask("PUT", f"{noun}/{before['id']}", before)
        assert (answer.status, answer.json) == (200, before)
        assert set_up.ask("GET", f"{noun}/{before['id']}").json == before


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_put_changes_nothing(set_up: SetUp, noun: str) -> None:
    before = set_up.all(noun)
    set_up.ask("PUT", f"{noun}/{before[0]['id']}", {})
    assert set_up.all(noun) == before


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_deleted_is_gone(set_up: SetUp, noun: str) -> None:
    path = f"{noun}/{set_up.all(noun)[0]['id']}"
    assert set_up.ask("DELETE", path).status == 204
    assert set_up.ask("GET", path).status == 404


@pytest.mark.parametrize(
    ("noun", "code"),
    [
        ("recipients", "RECIPIENT_NOT_FOUND"),
        ("categories", "CATEGORY_NOT_FOUND"),
        ("payment-types", "PAYMENT_TYPE_NOT_FOUND"),
        ("salary-codes", "SALARY_CODE_NOT_FOUND"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_is_not_there_is_404_and_named(
    set_up: SetUp, method: str, noun: str, code: str
) -> None:
    answer = set_up.ask(method, f"{noun}/nobody")
    assert (answer.status, answer.json["code"]) == (404, code)
    assert "'nobody'" in answer.description


@pytest.mark.parametrize("noun", NOUNS)
def test_an_unknown_field_is_refused(set_up: SetUp, noun: str) -> None:
    item = set_up.all(noun)[0]
    answer = set_up.ask("PUT", f"{noun}/{item['id']}", {"colour": "red"})
    assert (answer.status, "colour" in answer.description) == (400, True)


@pytest.mark.parametrize("noun", NOUNS)
def test_the_id_cannot_be_changed(set_up: SetUp, noun: str) -> None:
    item = set_up.all(noun)[0]
    answer = set_up.ask("PUT", f"{noun}/{item['id']}", {"id": "another"})
    assert (answer.status, answer.description[:3]) == (400, "id:")


def test_a_recipient_made_of_nothing_is_an_api_recipient_that_comes_last(set_up: SetUp) -> None:
    answer = set_up.ask("POST", "recipients", {})
    wanted = {
        "integrationPluginName": "ce-integration-api",
        "verificationListsType": "REPORT_PER_EXPENSE",
        "vatType": "SEPARATELY",
        "doDebitAccounting": True,
        "doCreditAccounting": True,
        "usesSalaryCodes": False,
        "sortOrder": 2,
        "webhookUrl": None,
        "webhookPayload": "METADATA",
        "webhookHeaders": {},
    }
    assert answer.status == 201
    assert {name: answer.json[name] for name in wanted} == wanted


def test_a_recipient_keeps_what_is_only_stored(set_up: SetUp) -> None:
    made = set_up.ask("POST", "recipients", {"settings": {"excel": {"includeHeaders": True}}})
    answer = set_up.ask("PUT", f"recipients/{made.json['id']}", {"errorEmail": "a@example.com"})
    assert answer.json["settings"]["excel"] == {"includeHeaders": True}
    assert answer.json["settings"]["accountingType"] == "BOOKKEEPING"
    assert answer.json["errorEmail"] == "a@example.com"


@pytest.mark.parametrize(
    "body",
    [
        {"verificationListsType": "PER_MOON"},
        {"vatType": "NONE"},
        {"webhookPayload": "XML"},
        {"webhookUrl": "hook"},
        {"webhookUrl": "http://203.0.113.5/"},
        {"webhookHeaders": {"a b": "c"}},
        {"webhookHeaders": {"X-A": "b\r\nX-C: d"}},
        {"webhookHeaders": {"X-A": "€"}},
        {"webhookHeaders": {"Content-Length": "5"}},
        {"recipientName": ""},
        {"recipientName": None},
        {"sortOrder": -1},
        {"sortOrder": True},
        {"doDebitAccounting": "yes"},
        {"status": "DELETED"},
    ],
)
def test_a_recipient_that_cannot_be_is_refused_and_nothing_made(
    set_up: SetUp, body: dict[str, Any]
) -> None:
    answer = set_up.ask("POST", "recipients", body)
    assert (answer.status, answer.description.partition(":")[0]) == (400, next(iter(body)))
    assert len(set_up.all("recipients")) == 1


def test_a_renamed_recipient_keeps_the_original_name_it_is_sent_with(set_up: SetUp) -> None:
    (before,) = set_up.all("recipients")
    renamed = before | {"recipientName": "Ledger"}
    assert set_up.ask("PUT", f"recipients/{before['id']}", renamed).json == renamed


@pytest.mark.parametrize("noun", NOUNS)
def test_a_copy_can_be_made_of_what_get_gives(set_up: SetUp, noun: str) -> None:
    before = set_up.all(noun)[0]
    named = {"name": "Copy"}
    unique = {"categories": named, "payment-types": named, "salary-codes": {"number": "900"}}
    kept = {key: value for key, value in before.items() if key not in ("id", "dateCreated")}
    body = kept | unique.get(noun, {}) | ({"isDefault": False} if "isDefault" in kept else {})
    answer = set_up.ask("POST", noun, body)
    assert (answer.status, {key: answer.json[key] for key in body}) == (201, body)


def test_headers_are_replaced_as_a_whole(set_up: SetUp) -> None:
    made = set_up.ask("POST", "recipients", {"webhookHeaders": {"X-A": "1", "X-B": "2"}})
    path = f"recipients/{made.json['id']}"
    assert set_up.ask("PUT", path, {"webhookHeaders": {"X-B": "3"}}).json["webhookHeaders"] == {
        "X-B": "3"
    }
    assert set_up.ask("PUT", path, {"webhookHeaders": None}).json["webhookHeaders"] == {}


def test_a_category_needs_a_name(set_up: SetUp) -> None:
    answer = set_up.ask("POST", "categories", {"nonDeductableVat": True})
    assert (answer.status, answer.description) == (400, "name: required, and was not sent.")


def test_a_category_must_not_take_anothers_name(set_up: SetUp) -> None:
    answer = set_up.ask("POST", "categories", {"name": "Fuel"})
    assert (answer.status, "'Fuel'" in answer.description) == (400, True)


@pytest.mark.parametrize("by", ["id", "number", "list", "accountingNumberId"])
def test_a_category_takes_its_account_in_every_form(set_up: SetUp, by: str) -> None:
    account = set_up.account("6212")
    forms: dict[str, dict[str, Any]] = {
        "id": {"accountingNumber": {"id": account}},
        "number": {"accountingNumber": {"number": "6212"}},
        "list": {"accountingNumbers": [{"number": "6212"}]},
        "accountingNumberId": {"accountingNumberId": account},
    }
    answer = set_up.ask("POST", "categories", {"name": "New", **forms[by]})
    assert (answer.status, answer.json["accountingNumberId"]) == (201, account)
    assert answer.json["accountingNumber"]["number"] == "6212"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accountingNumberId", "nobody"),
        ("accountingNumber", {"id": "nobody"}),
        ("accountingNumber", {"number": "nobody"}),
        ("taxAccountingNumberId", "nobody"),
        ("salaryCodeId", "nobody"),
    ],
)
def test_a_category_cannot_name_what_is_not_there(set_up: SetUp, field: str, value: Any) -> None:
    fuel = set_up.named("categories", "Fuel")
    answer = set_up.ask("PUT", f"categories/{fuel['id']}", {field: value})
    assert (answer.status, answer.description.startswith(field)) == (400, True)
    assert "'nobody'" in answer.description


@pytest.mark.parametrize("field", ["accountingNumberId", "accountingNumber"])
def test_null_unmaps_a_category(set_up: SetUp, field: str) -> None:
    fuel = set_up.named("categories", "Fuel")
    answer = set_up.ask("PUT", f"categories/{fuel['id']}", {field: None}).json
    assert [answer["accountingNumberId"], answer["accountingNumber"]] == [None, None]


def test_of_two_accounts_the_one_that_is_new_counts(set_up: SetUp) -> None:
    fuel, account = set_up.named("categories", "Fuel"), set_up.account("6212")
    by_id = fuel | {"accountingNumberId": account}
    answer = set_up.ask("PUT", f"categories/{fuel['id']}", by_id).json
    assert answer["accountingNumber"]["number"] == "6212"
    nested = answer | {"accountingNumber": {"number": "5611"}}
    assert set_up.ask("PUT", f"categories/{fuel['id']}", nested).json == fuel


def test_two_new_accounts_are_refused(set_up: SetUp) -> None:
    fuel = set_up.named("categories", "Fuel")
    body = {"accountingNumberId": set_up.account("6212"), "accountingNumber": {"number": "6110"}}
    assert set_up.ask("PUT", f"categories/{fuel['id']}", body).status == 400
    assert set_up.named("categories", "Fuel") == fuel


def test_a_category_whose_account_is_gone_can_still_be_put_back(set_up: SetUp) -> None:
    mapped = set_up.named("categories", "Fuel")
    set_up.delete_account("5611")
    orphan = set_up.named("categories", "Fuel")
    assert set_up.ask("PUT", f"categories/{mapped['id']}", mapped).json == orphan
    assert set_up.ask("PUT", f"categories/{mapped['id']}", orphan).json == orphan
    assert orphan["accountingNumberId"] == mapped["accountingNumberId"]


def test_a_new_default_payment_type_takes_it_from_the_other(set_up: SetUp) -> None:
    set_up.ask("POST", "payment-types", {"name": "Bank", "isDefault": True})
    defaults = [p["name"] for p in set_up.all("payment-types") if p["isDefault"]]
    assert defaults == ["Bank"]


def test_the_default_payment_type_cannot_just_stop_being_it(set_up: SetUp) -> None:
    outlay = set_up.named("payment-types", "Private outlay")
    answer = set_up.ask("PUT", f"payment-types/{outlay['id']}", {"isDefault": False})
    assert (answer.status, answer.description.partition(":")[0]) == (400, "isDefault")


def test_when_the_default_payment_type_goes_the_oldest_follows(set_up: SetUp) -> None:
    outlay = set_up.named("payment-types", "Private outlay")
    set_up.ask("POST", "payment-types", {"name": "Bank"})
    set_up.ask("DELETE", f"payment-types/{outlay['id']}")
    assert [(p["name"], p["isDefault"]) for p in set_up.all("payment-types")] == [
        ("Company card", True),
        ("Bank", False),
    ]


def test_the_first_payment_type_is_the_default(set_up: SetUp) -> None:
    for payment_type in set_up.all("payment-types"):
        set_up.ask("DELETE", f"payment-types/{payment_type['id']}")
    assert set_up.ask("POST", "payment-types", {"name": "Bank"}).json["isDefault"] is True


def test_a_payment_type_needs_an_account_that_is_there(set_up: SetUp) -> None:
    body = {"name": "Bank", "accountingNumberId": "nobody"}
    answer = set_up.ask("POST", "payment-types", body)
    assert (answer.status, "'nobody'" in answer.description) == (400, True)


@pytest.mark.parametrize("field", ["text", "name"])
def test_a_salary_code_is_called_by_text_or_name(set_up: SetUp, field: str) -> None:
    answer = set_up.ask("POST", "salary-codes", {"number": "900", field: "Bonus"})
    shown = {key: value for key, value in answer.json.items() if key != "id"}
    assert (answer.status, shown) == (
        201,
        {
            "number": "900",
            "name": "Bonus",
            "text": "Bonus",
            "visible": False,
            "type": "SALARY_CODE",
        },
    )


def test_a_salary_code_got_and_renamed_can_be_put_back(set_up: SetUp) -> None:
    code = set_up.all("salary-codes")[0]
    answer = set_up.ask("PUT", f"salary-codes/{code['id']}", code | {"text": "Bonus"})
    assert answer.json == code | {"text": "Bonus", "name": "Bonus"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"number": "811", "text": "Taken"}, "number"),
        ({"text": "No number"}, "number"),
        ({"number": "900"}, "text"),
        ({"number": "", "text": "Empty"}, "number"),
    ],
)
def test_a_salary_code_that_cannot_be_is_refused(
    set_up: SetUp, body: dict[str, Any], field: str
) -> None:
    answer = set_up.ask("POST", "salary-codes", body)
    assert (answer.status, answer.description.partition(":")[0]) == (400, field)


def test_a_whole_number_may_be_written_with_a_point(acme: Findity) -> None:
    recipient = acme.recipient(sortOrder=4.0)

    assert recipient["sortOrder"] == 4
    refused = acme.control(
        "PUT", f"/organizations/{acme.org}/recipients/{recipient['id']}", {"sortOrder": 4.5}
    )
    assert refused.status_code == 400
