"""What oauth and the Admin API answer is exactly what their operations say that they answer."""

from __future__ import annotations

from typing import Any

import pytest
from placeholders import filled
from shaped import misfits, routes_of, schemas, undescribed
from support import Findity

from mockfindity.api import oauth
from mockfindity.api.admin import categories, dimensions, organizations, users
from mockfindity.route import Route

MODULES = ("mockfindity.api.oauth.", "mockfindity.api.admin.")
ADMIN = routes_of("mockfindity.api.admin.")
VAT = "556123-4567"
BY_ANNA = {"values": [{"id": "CC-001", "approvers": [{"externalSourceId": "ANNA"}]}]}
BODIES: dict[str, Any] = {
    "upsert_organization": {"externalSourceId": "ACME", "name": "Acme AB"},
    "put_users": [{"externalSourceId": "BO", "firstName": "Bo", "lastName": "Ek"}],
    "put_dimensions": [{"description": "Crew", "level": "REPORT"}],
    "put_dimension_values": {"values": [{"id": "CC-002", "value": "Sales", "sortOrder": 2}]},
    "put_approvers": BY_ANNA,
    "create_account": {"number": "9999", "name": "Sundries"},
    "update_account": {"id": "{accountId}", "number": "9999", "name": "Sundries"},
    "update_category": {"accountNumber": "{number}"},
}


@pytest.fixture
def known(acme: Findity) -> dict[str, str]:
    """The parameters of paths, in an organization that has one of everything."""
    api = acme.api
    assert api.post(f"{acme.admin}/", json={"externalSourceId": "ACME", "vat": VAT}).is_success
    path = f"{acme.admin}/customdimensions/cost-center/list/"
    assert api.put(path, json={"values": [{"id": "CC-001", "value": "Marketing"}]}).is_success
    assert api.put(f"{path}approvers/", json=BY_ANNA).is_success
    acme.ready()
    account = api.get(acme.accounts).json()["data"][0]
    return {
        "externalId": "ACME",
        "organizationId": acme.org,
        "userExternalId": "ANNA",
        "userId": api.get(f"{acme.admin}/users/").json()[0]["id"],
        "definitionExternalId": "cost-center",
        "accountId": account["id"],
        "number": account["number"],
        "categoryId": v1_categories(acme)[0]["id"],
    }


def v1_categories(findity: Findity) -> list[dict[str, Any]]:
    answer = findity.api.get(f"/api/v1/admin/organizations/{findity.org}/categories")
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def whole(findity: Findity) -> dict[str, Any]:
    """The organization, whose answer is what it should be."""
    answer: dict[str, Any] = findity.api.get(f"{findity.admin}/").json()
    assert misfits(organizations.get_organization, answer) == []
    return answer


@pytest.mark.parametrize("route", ADMIN, ids=lambda route: route.id)
def test_an_answer_is_what_its_operation_says(
    route: Route, acme: Findity, known: dict[str, str]
) -> None:
    body = filled(BODIES.get(route.operation.__name__), known)
    query = {"vat": VAT} if route.path.endswith("/lookup") else {}

    answer = acme.api.request(route.method, filled(route.paths[0], known), json=body, params=query)

    assert answer.status_code == route.status, answer.text
    assert misfits(route.operation, answer.json() if answer.content else None) == []


def test_tokens_are_what_oauth_says(findity: Findity) -> None:
    token = findity.token()
    key = {"client_id": findity.client_id, "client_secret": findity.client_secret}

    revoked = findity.http.post("/oauth/revoke", data=key | {"token": token["access_token"]})

    assert misfits(oauth.issue_token, token) == []
    assert misfits(oauth.revoke_token, revoked.json()) == []


def test_a_field_too_many_one_too_few_and_a_wrong_one_are_found(findity: Findity) -> None:
    token = findity.token()

    assert misfits(oauth.revoke_token, {"more": 1}) != []
    assert misfits(oauth.issue_token, token | {"more": 1}) != []
    assert misfits(oauth.issue_token, token | {"expires_in": "3600"}) != []
    assert misfits(oauth.issue_token, {"access_token": "…"}) != []


@pytest.mark.parametrize("vat", [VAT, "556999-0000", "556000-0000"])
def test_a_lookup_is_one_of_three(vat: str, stage: Any) -> None:
    path = "/api/admin/organizations/externalid/lookup/"
    answer = stage.findity.api.get(path, params={"vat": vat}).json()

    assert misfits(organizations.lookup_organization, answer) == []


def test_users_in_an_envelope_are_what_the_list_says(acme: Findity) -> None:
    answer = acme.api.get(f"{acme.admin}/users/?max=1").json()

    assert answer["count"] == 1
    assert misfits(users.list_users, answer) == []


def test_a_user_of_whom_little_is_known_and_one_of_whom_much_is(acme: Findity) -> None:
    little = {"person": {"externalSourceId": "P-BO", "firstName": "Bo", "lastName": "Ek"}}
    much = {
        "externalSourceId": "ANNA",
        "email": None,
        "employeeId": "12345",
        "organizationalUnitExternalSourceId": "7",
        "title": "Engineer",
        "admin": True,
        "person": {"address": {"street1": "Kungsgatan 12", "floor": 3}},
    }
    assert acme.api.put(f"{acme.admin}/users/", json=[little, much]).is_success

    answer = acme.api.get(f"{acme.admin}/users/").json()

    assert len(answer) == 2
    assert misfits(users.list_users, answer) == []


def test_users_who_leave_reports_behind(acme: Findity) -> None:
    acme.ready()

    answer = acme.api.put(
        f"{acme.admin}/users/", json=[{"externalSourceId": "ANNA", "delete": True}]
    )

    assert len(answer.json()["ongoingReports"]) == 1
    assert misfits(users.put_users, answer.json()) == []


def test_an_organization_made_without_a_template(findity: Findity) -> None:
    bare = {"name": "Bare AS", "partnerCode": "partner-no", "settings": {}}
    address = {"countryCode": "XK", "street1": None}

    made = findity.organization("BARE", address=address, **bare)

    assert misfits(organizations.upsert_organization, made) == []


def test_an_organization_of_which_everything_was_sent_and_taken_back(acme: Findity) -> None:
    names = organizations.DETAILS.values()
    for value in ("text", None):
        body = {"externalSourceId": "ACME", "vat": value} | dict.fromkeys(names, value)
        assert acme.api.post(f"{acme.admin}/", json=body).is_success
        assert whole(acme)["policyUrl"] == value


def test_settings_may_hold_anything(acme: Findity) -> None:
    odd = {
        "language": 5,
        "design": None,
        "userSetup": {"more": 1},
        "own": [1],
        "gettingStarted": "x",
    }
    body = {"externalSourceId": "ACME", "settings": odd}
    assert acme.api.post(f"{acme.admin}/", json=body).is_success

    assert whole(acme)["settings"]["language"] == 5


def test_the_settings_are_all_described(acme: Findity) -> None:
    def unnamed(value: Any, schema: dict[str, Any]) -> list[str]:
        known = schema.get("properties", {})
        inner = value if isinstance(value, dict) else {}
        return [name for name in inner if name not in known] + [
            name for key, sub in known.items() for name in unnamed(inner[key], sub)
        ]

    components = schemas(*MODULES).components
    answer = whole(acme)
    recipient = answer["services"][0]["recipients"][0]

    organization = components["Organization"]["properties"]["settings"]
    assert unnamed(answer["settings"], organization) == []
    assert unnamed(recipient["settings"], components["Recipient"]["properties"]["settings"]) == []


def test_a_recipient_and_a_category_of_which_everything_was_sent(acme: Findity) -> None:
    acme.recipient(
        email=None,
        errorEmail="it@example.com",
        hasApiKey=True,
        customRecipientName="Own",
        originalRecipientName=None,
        basisOutputType=None,
        paymentTypes=[1, None],
        settings={"isGlobal": "perhaps", "excel": 1, "own": {}},
    )
    base = f"/organizations/{acme.org}/categories"
    category = acme.control("GET", base).json()["data"][0]
    changes = {
        "categoryTemplateId": None,
        "defaultTaxPercent": 12.5,
        "accountNumberMapping": {"a": 1},
        "budgetStartMonth": 3,
        "presets": ["x"],
        "settings": {"own": None},
        "iconUrl": None,
        "categoryGroup": None,
    }
    acme.changed(f"{base}/{category['id']}", changes)

    assert whole(acme)["services"][0]["categories"][0]["defaultTaxPercent"] == 12.5


def test_what_is_booked_on_accounts_that_are_gone(acme: Findity) -> None:
    for account in acme.api.get(acme.accounts).json()["data"]:
        assert acme.api.delete(f"{acme.accounts}/{account['id']}").is_success

    assert whole(acme)["services"][0]["categories"][0]["accountingNumber"] is None
    assert v1_categories(acme)[0]["accountNumber"] is None


def test_a_category_that_is_booked_on_nothing(acme: Findity) -> None:
    path = f"/api/v1/admin/organizations/{acme.org}/categories/{v1_categories(acme)[0]['id']}"

    answer = acme.api.put(path, json={"accountNumber": None, "salaryCode": None}).json()

    assert [answer["accountNumber"], answer["salaryCode"]] == [None, None]
    assert misfits(categories.update_category, answer) == []


def test_a_dimension_of_which_everything_was_sent(acme: Findity) -> None:
    flags = (
        *("userOverridable", "useDateInterval", "useAsRecipientFilter", "visibleIfNoPreset"),
        *("hideDimensionValues", "usedInCarbonFootprint", "deviateOnCreditRow"),
    )
    body = dict.fromkeys(flags, True) | {
        "externalSourceId": "crew",
        "description": "Crew",
        "definition": {"a": 1},
        "type": 7,
        "recipientId": "any",
        "presetLocation": None,
        "deviatingCreditRowValue": [1],
    }

    answer = acme.api.put(f"{acme.admin}/customdimensions/", json=[body]).json()

    assert answer["dimensions"][0]["type"] == 7
    assert misfits(dimensions.put_dimensions, answer) == []
    assert whole(acme)["services"][0]["customDimensions"][-1]["description"] == "Crew"


def test_every_property_is_described() -> None:
    assert list(undescribed(schemas(*MODULES).components)) == []
