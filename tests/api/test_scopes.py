"""How far a key reaches: one organization, a partner's, or a client application's.

Within its client application a key is told that an organization is not for it (403); of other
client applications it is told nothing (404).
"""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from bodies import REQUESTS, Request
from inspection import memories
from refusals import Refused
from stage import FOREIGN_VAT, VAT, Stage
from support import Findity

from mockfindity.sandboxes import Sandboxes

ORGANIZATIONS = "/api/admin/organizations/"
LOOKUP = "/api/admin/organizations/externalid/lookup/"
TEMPLATE = {"templateOrganizationId": "tmpl-se-001"}

OF_ONE = [pytest.param(r, id=r.name) for r in REQUESTS if r.names_organization]
OF_ONE_THAT_IS_THERE = [
    pytest.param(r, id=r.name)
    for r in REQUESTS
    if r.names_organization and not r.creates_organization
]
BEARER = [pytest.param(r, id=r.name) for r in REQUESTS if r.route.family.auth == "bearer"]


def on_stage(stage: Stage, organization: str = "acme") -> dict[str, str]:
    """The ids of the stage under the names that the routes have for them."""
    known = stage.known
    return {
        "organizationId": known.get(organization, organization),
        "externalId": organization.upper(),
        "userExternalId": "ANNA",
        "userId": "nobody",
        "definitionExternalId": "cost-center",
        "accountId": known["account"],
        "categoryId": known["category"],
        "exportId": known["export"],
        "voucherId": known["open"],
        "resourceId": known["basis"],
    }


def refused(
    stage: Stage, sandboxes: Sandboxes, request: Request, known: dict[str, str], token: str | None
) -> tuple[int, str]:
    """Status and code of the answer to a good request by ``token``; nothing has changed."""
    before = memories(sandboxes)
    stage_known, stage.known = stage.known, stage.known | known
    try:
        answer = stage.send(
            Refused("", request.method, request.path, request.body, 0, "", "", token)
        )
    finally:
        stage.known = stage_known
    assert memories(sandboxes) == before
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("request_", OF_ONE)
def test_a_key_of_one_organization_is_forbidden_another(
    stage: Stage, sandboxes: Sandboxes, request_: Request
) -> None:
    got = refused(stage, sandboxes, request_, on_stage(stage), "idle")
    assert got == (403, "FORBIDDEN")


@pytest.mark.parametrize("request_", OF_ONE)
def test_a_key_of_a_partner_is_forbidden_anothers_organization(
    stage: Stage, sandboxes: Sandboxes, request_: Request
) -> None:
    got = refused(stage, sandboxes, request_, on_stage(stage), "partner")
    assert got == (403, "FORBIDDEN")


@pytest.mark.parametrize("request_", OF_ONE_THAT_IS_THERE)
def test_a_key_is_not_told_of_another_client_applications_organization(
    stage: Stage, sandboxes: Sandboxes, request_: Request
) -> None:
    got = refused(stage, sandboxes, request_, on_stage(stage), "foreign")
    assert got == (404, "ORGANIZATION_NOT_FOUND")


@pytest.mark.parametrize("request_", OF_ONE_THAT_IS_THERE)
def test_an_organization_that_is_not_there_is_not_found(
    stage: Stage, sandboxes: Sandboxes, request_: Request
) -> None:
    got = refused(stage, sandboxes, request_, on_stage(stage, "nobody"), "own")
    assert got == (404, "ORGANIZATION_NOT_FOUND")


@pytest.mark.parametrize("request_", BEARER)
def test_without_a_token_nothing_is_answered(
    stage: Stage, sandboxes: Sandboxes, request_: Request
) -> None:
    got = refused(stage, sandboxes, request_, on_stage(stage), None)
    assert got == (401, "UNAUTHORIZED")


# ---- what a key does reach ---------------------------------------------------------------------


def get(stage: Stage, token: str, path: str) -> httpx2.Response:
    return stage.send(Refused("", "GET", path, None, 200, "", token=token))


@pytest.mark.parametrize(
    ("token", "organizations"),
    [
        ("own", ["BARE", "IDLE", "UNMAPPED", "ACME"]),
        ("idle", ["IDLE"]),
        ("partner", ["BARE"]),
        ("foreign", ["FOREIGN"]),
    ],
)
def test_a_key_lists_what_it_reaches(stage: Stage, token: str, organizations: list[str]) -> None:
    listed = get(stage, token, ORGANIZATIONS).json()["organizations"]
    assert [organization["externalSourceId"] for organization in listed] == organizations


@pytest.mark.parametrize(
    ("token", "organization"),
    [
        ("own", "acme"),
        ("own", "bare"),
        ("idle", "idle"),
        ("partner", "bare"),
        ("foreign", "foreign"),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/api/admin/organizations/externalid/{externalId}/",
        "/api/admin/organizations/{organizationId}/",
        "/api/v1/admin/organizations/{organizationId}/accounts",
        "/v1/admin/organizations/{organizationId}/categories",
    ],
)
def test_a_key_reaches_its_own(stage: Stage, token: str, organization: str, path: str) -> None:
    ids = on_stage(stage, organization)
    assert get(stage, token, path.format_map(ids)).status_code == 200


@pytest.mark.parametrize("token", ["own", "idle", "partner"])
def test_a_vat_number_is_found_in_the_whole_client_application(stage: Stage, token: str) -> None:
    assert get(stage, token, f"{LOOKUP}?vat={VAT}").json() == {
        "result": "FOUND",
        "id": stage.known["acme"],
        "externalSourceId": "ACME",
        "status": "NORMAL",
    }


@pytest.mark.parametrize(("token", "vat"), [("own", FOREIGN_VAT), ("foreign", VAT)])
def test_a_vat_number_in_another_client_application_is_found_and_no_more_said(
    stage: Stage, token: str, vat: str
) -> None:
    assert get(stage, token, f"{LOOKUP}?vat={vat}").json() == {"result": "FOUND_IN_OTHER_CA"}


def key(findity: Findity, **scope: Any) -> dict[str, str]:
    """A new key, signed in with from now on."""
    made = findity.made("/clients", scope)
    given = {"client_id": made["clientId"], "client_secret": made["clientSecret"]}
    findity.sign_in(**given)
    return given


def test_a_key_of_a_new_client_application_finds_it_empty(acme: Findity) -> None:
    key(acme, clientApplicationId="888")
    assert acme.api.get(ORGANIZATIONS).json()["organizations"] == []


def test_two_client_applications_may_use_one_external_id(acme: Findity) -> None:
    first = acme.org
    key(acme, clientApplicationId="888")
    made = acme.organization("ACME", name="Another Acme")
    assert (made["id"] == first, made["clientApplicationId"]) == (False, "888")


def test_a_key_of_one_organization_changes_it(acme: Findity) -> None:
    key(acme, scope="organization", organizationId=acme.org)
    answer = acme.api.post(f"{acme.admin}/", json={"externalSourceId": "ACME", "name": "Acme AB"})
    assert (answer.status_code, answer.json()["name"]) == (200, "Acme AB")


def test_a_key_of_a_partner_makes_organizations_of_that_partner(findity: Findity) -> None:
    key(findity, scope="partner", partnerCode="partner-no")
    findity.organization("NORGE", partnerCode="partner-no")
    listed = findity.api.get(ORGANIZATIONS).json()["organizations"]
    assert [organization["externalSourceId"] for organization in listed] == ["NORGE"]


def test_a_key_goes_with_its_organization(acme: Findity) -> None:
    given = key(acme, scope="organization", organizationId=acme.org)
    assert acme.api.delete(f"{acme.admin}/").status_code == 200
    assert acme.api.get(ORGANIZATIONS).status_code == 401
    assert acme.token(**given)["error"] == "invalid_client"
