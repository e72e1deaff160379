"""Sandboxes are whole Finditys: none sees or changes what is in another, whatever ids it is sent.

The same seed and steps give the same ids. So the hardest case is a *twin*: every id of the one is
an id of the other, and each must be answered with its own.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

import httpx2
import pypdf
import pytest
from bodies import REQUESTS, Request
from inspection import memory
from placeholders import filled
from support import TAXI, Findity

from mockfindity.sandboxes import Sandboxes

NOW = "2026-03-01T08:00:00Z"
VAT = "556123-4567"
ALL = [pytest.param(request, id=request.name) for request in REQUESTS]
BEARER = [pytest.param(r, id=r.name) for r in REQUESTS if r.route.family.auth == "bearer"]


class Home(NamedTuple):
    """A sandbox, and the ids in it under the names that the routes have for them."""

    findity: Findity
    known: dict[str, str]

    def send(self, request: Request, known: dict[str, str]) -> httpx2.Response:
        """A request by this sandbox's token, with anybody's ids."""
        body = None if request.body is None else json.dumps(filled(request.body, known))
        path = filled(request.path, known)
        return self.findity.api.request(request.method, path, content=body)


def opened(server: str) -> Findity:
    """A new sandbox, whose seed and clock are those of all in this file."""
    made = httpx2.post(f"{server}/_mockfindity/sandboxes", json={"seed": 42}, verify=False)
    findity = Findity(server, made.json())
    findity.changed("/clock", {"now": NOW})
    findity.sign_in()
    return findity


def furnished(findity: Findity, name: str) -> Home:
    """An organization with an export; all that can be called something is called ``name``."""
    findity.organization("ACME", name=f"{name} AB", vat=VAT)
    findity.changed(f"/organizations/{findity.org}/settings", {"approvalActive": True})
    findity.users("ANNA", "BO")
    user = {"externalSourceId": "ANNA", "title": name, "person": {"lastName": name}}
    findity.api.put(f"{findity.admin}/users/", json=[user])
    values = {"values": [{"id": "CC-001", "value": name}]}
    findity.api.put(f"{findity.admin}/customdimensions/cost-center/list/", json=values)
    findity.api.put(f"{findity.admin}/customdimensions/", json=[{"description": name}])
    account = findity.api.post(findity.accounts, json={"name": name, "number": "1"}).json()
    categories = findity.accounts.replace("/accounts", "/categories")
    category = findity.api.get(categories).json()["data"][0]
    findity.api.put(f"{categories}/{category['id']}", json={"accountNumber": "1"})
    findity.recipient(recipientName=name)
    findity.ready(TAXI | {"description": name}, name=name)
    export = findity.bulk_send()["exportId"]
    findity.api.put(f"{findity.exports}/{export}/content?fileName={name}", content=name.encode())
    voucher = findity.vouchers(export)[0]
    users = findity.api.get(f"{findity.admin}/users/").json()
    known = {
        "organizationId": findity.org,
        "externalId": "ACME",
        "userExternalId": "ANNA",
        "userId": users[0]["id"],
        "definitionExternalId": "cost-center",
        "accountId": account["id"],
        "categoryId": category["id"],
        "exportId": export,
        "voucherId": voucher["id"],
        "resourceId": voucher["basisUrl"].rpartition("/")[2],
    }
    return Home(findity, known)


@pytest.fixture(scope="module")
def alpha(server: str) -> Iterator[Home]:
    """The sandbox that the others must not see; no test changes it."""
    findity = opened(server)
    yield furnished(findity, "Alpha")
    findity.close()


@pytest.fixture(scope="module")
def twins(server: str) -> Iterator[Home]:
    findity = opened(server)
    yield furnished(findity, "Beta")
    findity.close()


@pytest.fixture
def twin(twins: Home, sandboxes: Sandboxes) -> Iterator[Home]:
    """A sandbox with the same seed and steps, whatever an earlier test did to it."""
    sandbox = sandboxes[twins.findity.name]
    kept, sandbox.state = sandbox.state, sandbox.state.copy()
    yield twins
    sandbox.state = kept


@pytest.fixture
def empty(server: str) -> Iterator[Home]:
    """A sandbox with the same seed in which nothing has happened."""
    findity = opened(server)
    yield Home(findity, {})
    findity.close()


def test_twins_have_the_same_ids(alpha: Home, twin: Home) -> None:
    assert twin.known == alpha.known


@pytest.mark.parametrize("request_", ALL)
def test_a_twin_is_answered_with_its_own(
    alpha: Home, twin: Home, sandboxes: Sandboxes, request_: Request
) -> None:
    before = memory(sandboxes[alpha.findity.name])
    answer = twin.send(request_, alpha.known)
    assert memory(sandboxes[alpha.findity.name]) == before
    assert answer.status_code == request_.route.status
    assert "Alpha" not in answer.text


@pytest.mark.parametrize("request_", ALL)
def test_an_empty_sandbox_finds_nothing_of_anothers(
    alpha: Home, empty: Home, sandboxes: Sandboxes, request_: Request
) -> None:
    before = memory(sandboxes[alpha.findity.name])
    answer = empty.send(request_, alpha.known)
    assert memory(sandboxes[alpha.findity.name]) == before
    finds_nothing = request_.names_organization and not request_.creates_organization
    is_resource = request_.route.id == "getResource"
    assert answer.status_code == (404 if finds_nothing or is_resource else 200)
    assert "Alpha" not in answer.text


@pytest.mark.parametrize("request_", BEARER)
def test_the_token_of_a_sandbox_that_is_gone_opens_nothing(
    alpha: Home, gone: Findity, request_: Request
) -> None:
    answer = Home(gone, {}).send(request_, alpha.known)
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")


@pytest.fixture(scope="module")
def gone(server: str) -> Iterator[Findity]:
    """A sandbox that was dropped, and a client that still has its token."""
    findity = opened(server)
    furnished(findity, "Gamma")
    findity.control("DELETE", "")
    yield findity
    findity.http.close()
    findity.api.close()


def test_the_key_of_a_sandbox_that_is_gone_gets_no_token(gone: Findity) -> None:
    assert gone.token()["error"] == "invalid_client"


def test_a_sandbox_that_is_gone_is_not_found(gone: Findity) -> None:
    answer = gone.control("GET", "/settings")
    assert (answer.status_code, answer.json()["code"]) == (404, "SANDBOX_NOT_FOUND")


def test_a_new_sandbox_of_an_old_name_knows_no_old_key_or_token(
    make_findity: Callable[..., Findity],
) -> None:
    old = make_findity(name="again")
    furnished(old, "Alpha")
    old.control("DELETE", "")
    new = make_findity(name="again")
    assert old.api.get("/api/admin/organizations/").status_code == 401
    assert old.token()["error"] == "invalid_client"
    assert new.api.get("/api/admin/organizations/").json()["organizations"] == []


def test_a_basis_in_pdf_is_the_twins_own(alpha: Home, twin: Home) -> None:
    answer = twin.findity.api.get(f"/api/resources/{alpha.known['resourceId']}?format=pdf")
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert ("Beta AB" in text, "Alpha" in text) == (True, False)


def test_a_vat_number_is_free_in_another_sandbox(alpha: Home, empty: Home) -> None:
    lookup = f"/api/admin/organizations/externalid/lookup/?vat={VAT}"
    assert empty.findity.api.get(lookup).json() == {"result": "NOT_FOUND"}
    assert empty.findity.organization("ACME", vat=VAT)["vat"] == VAT


def test_an_internal_id_of_another_sandbox_is_no_template(alpha: Home, empty: Home) -> None:
    body = {
        "externalSourceId": "NEW",
        "className": "com.findity.consumer.Company",
        "settings": {"templateOrganizationId": alpha.known["organizationId"]},
    }
    path = "/api/admin/organizations/externalid/NEW/"
    assert empty.findity.api.post(path, json=body).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/organizations/{organizationId}/settings",
        "/organizations/{organizationId}/recipients",
        "/organizations/{organizationId}/categories",
        "/organizations/{organizationId}/payment-types",
        "/organizations/{organizationId}/salary-codes",
        "/organizations/{organizationId}/reports",
        "/organizations/{organizationId}/invitations",
    ],
)
def test_the_control_api_of_a_sandbox_shows_nothing_of_anothers(
    alpha: Home, empty: Home, path: str
) -> None:
    answer = empty.findity.control("GET", filled(path, alpha.known))
    assert (answer.status_code, answer.json()["code"]) == (404, "ORGANIZATION_NOT_FOUND")


def test_the_clock_of_a_sandbox_ends_no_token_of_anothers(alpha: Home, empty: Home) -> None:
    empty.findity.made("/clock/advance", {"seconds": 3600})
    assert empty.findity.api.get("/api/admin/organizations/").status_code == 401
    assert alpha.findity.api.get("/api/admin/organizations/").status_code == 200


@pytest.mark.parametrize("step", ["/reset", "/tokens/revoke", "/tokens/expire"])
def test_what_ends_all_tokens_of_a_sandbox_ends_none_of_anothers(
    alpha: Home, empty: Home, sandboxes: Sandboxes, step: str
) -> None:
    before = memory(sandboxes[alpha.findity.name])
    assert empty.findity.control("POST", step).is_success
    assert memory(sandboxes[alpha.findity.name]) == before
    assert empty.findity.api.get("/api/admin/organizations/").status_code == 401
    assert alpha.findity.api.get("/api/admin/organizations/").status_code == 200


def test_a_setting_of_a_sandbox_is_no_setting_of_anothers(alpha: Home, empty: Home) -> None:
    empty.findity.changed("/settings", {"tokenLifetime": 60})
    assert alpha.findity.token()["expires_in"] == 3600


@pytest.mark.parametrize("list_", ["/clients", "/partners"])
def test_what_is_made_in_a_sandbox_is_listed_there_alone(
    alpha: Home, empty: Home, list_: str
) -> None:
    before = alpha.findity.control("GET", list_).json()
    bodies = {"/clients": {}, "/partners": {"code": "partner-dk", "name": "Partner Danmark"}}
    empty.findity.made(list_, bodies[list_])
    assert alpha.findity.control("GET", list_).json() == before
