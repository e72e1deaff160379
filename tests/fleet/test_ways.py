"""Every request about a sandbox finds the one server that has it, whatever it is named by."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx2
import pytest
from fleets import SERVERS, TEAM, TOKEN, Fleet, needs_haproxy
from support import Findity

import mockfindity

pytestmark = [needs_haproxy, pytest.mark.xdist_group("fleet")]
SANDBOXES = "/_mockfindity/sandboxes"


@pytest.fixture(params=SERVERS)
def there(request: pytest.FixtureRequest, team: Fleet) -> Findity:
    """A sandbox with an organization, at each of the servers."""
    named = {"one": "april", "two": "may", "three": "march"}
    findity = team.new(name=named[request.param])
    findity.organization("ACME")
    findity.users("ANNA")
    assert team.home(findity.name) == request.param
    return findity


def servers(*answers: httpx2.Response) -> set[tuple[int, str]]:
    """How requests were answered, and by whom."""
    return {(a.status_code, a.headers["x-mockfindity-server"]) for a in answers}


def test_a_token_is_had_by_form_by_basic_and_by_refreshing(team: Fleet, there: Findity) -> None:
    key = (there.client_id, there.client_secret)
    named = {"client_id": key[0], "client_secret": key[1]}
    form = {"grant_type": "client_credentials"}
    by_form = there.http.post("/oauth/token", data=form | named)
    by_basic = there.http.post("/api/oauth/token/", data=form, auth=key)
    refresh = {"grant_type": "refresh_token", "refresh_token": by_form.json()["refresh_token"]}
    refreshed = there.http.post("/oauth/token", data=refresh | named)
    revoked = there.http.post("/oauth/revoke", data={"token": "x"}, auth=key)

    home = team.home(there.name)
    assert servers(by_form, by_basic, refreshed, revoked) == {(200, home)}


def test_another_key_of_a_sandbox_leads_to_it_too(team: Fleet, there: Findity) -> None:
    key = there.made("/clients", {"scope": "organization", "organizationId": there.org})
    there.sign_in(client_id=key["clientId"], client_secret=key["clientSecret"])

    assert servers(there.api.get(there.accounts)) == {(200, team.home(there.name))}


def test_calls_pages_and_files_of_a_sandbox_come_from_one_server(
    team: Fleet, there: Findity
) -> None:
    there.ready()
    there.bulk_send()
    (export,) = there.api.get(there.exports).json()["data"]
    (voucher,) = there.vouchers(export["id"])
    pdf = f"/dashboard-files/{there.name}/vouchers/{voucher['id']}/basis.pdf"
    answers = [
        there.api.get(voucher["basisUrl"]),
        there.api.get(f"{there.exports}/{export['id']}"),
        *(there.http.get(path) for path in (f"/dashboard/{there.name}", pdf)),
        there.control("GET", f"/exports/{export['id']}"),
    ]

    assert servers(*answers) == {(200, team.home(there.name))}


def test_a_basis_url_that_needs_no_token_names_its_sandbox(team: Fleet, there: Findity) -> None:
    there.changed("/settings", {"basisUrlAuth": False})
    there.ready()
    (voucher,) = there.vouchers(there.bulk_send()["exportId"])

    assert servers(there.http.get(voucher["basisUrl"])) == {(200, team.home(there.name))}


def test_a_lost_answer_is_lost_through_the_balancer_too(there: Findity) -> None:
    there.made("/faults", {"operation": "listOrganizations", "connection": "reset", "times": 1})

    with pytest.raises(httpx2.RemoteProtocolError):
        there.api.get("/api/admin/organizations")
    assert there.api.get("/api/admin/organizations").status_code == 200


def test_a_sandbox_without_a_name_is_given_one_that_leads_to_it(team: Fleet) -> None:
    made = [team.new() for _ in range(6)]

    assert all(findity.name.startswith("sandbox-") for findity in made)
    assert {findity.control("GET", "").status_code for findity in made} == {200}


def test_a_fork_without_a_name_stays_with_its_source(team: Fleet, there: Findity) -> None:
    forks = [team.new(**{"from": there.name}) for _ in range(6)]

    assert {fork.name.partition("--")[0] for fork in forks} == {there.name}
    assert {team.home(fork.name) for fork in forks} == {team.home(there.name)}


def test_a_fork_is_named_after_its_source(team: Fleet, there: Findity) -> None:
    wrong = {"name": "retry", "from": f"{there.name}/snapshot"}
    refused = team.http.post(SANDBOXES, json=wrong)
    fork = team.new(**{"name": f"{there.name}--retry", "from": there.name})

    assert refused.status_code == 400
    assert f"call it {there.name}--retry, or leave the name out." in refused.text
    assert fork.control("GET", "/organizations").json()["data"][0]["externalSourceId"] == "ACME"


@pytest.mark.parametrize("chunked", [False, True], ids=["whole", "in chunks"])
def test_a_body_that_cannot_be_looked_into_is_refused(team: Fleet, chunked: bool) -> None:
    body = b'{"parameters": {"x": "' + b"x" * 70_000 + b'"}}'
    content: Any = iter([body]) if chunked else body

    answer = team.http.post(SANDBOXES, content=content)

    assert (answer.status_code, answer.json()["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_whatever_names_no_sandbox_is_about_default(team: Fleet) -> None:
    home = team.home("default")
    form = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}
    token = team.http.post("/oauth/token", data={"grant_type": "client_credentials", **form})
    settings = team.http.get("/_mockfindity/settings")
    nobody = team.http.get("/api/admin/organizations", headers={"authorization": "Bearer x"})

    assert servers(token, settings) == {(200, home)}
    assert team.http.get("/api/admin/organizations").headers["x-mockfindity-server"] == home
    assert nobody.status_code == 401


def test_each_server_lists_its_own_sandboxes(team: Fleet, there: Findity) -> None:
    path = f"{SANDBOXES}?max=1000"
    listed = {name: team.http.get(f"/_servers/{name}{path}").json()["data"] for name in SERVERS}
    having = [name for name in SERVERS if there.name in {one["name"] for one in listed[name]}]

    assert having == [team.home(there.name)]
    assert team.http.get(path).json()["data"] == listed[team.home("default")]


def test_nothing_is_made_past_the_rule_and_no_other_server_is_there(team: Fleet) -> None:
    assert team.http.post(f"/_servers/one{SANDBOXES}", json={}).status_code == 405
    assert team.http.get(f"/_servers/nine{SANDBOXES}").status_code == 404


def test_the_control_api_asks_for_its_token(team: Fleet) -> None:
    answer = team.http.get(SANDBOXES, headers={"x-mockfindity-token": "another"})

    assert answer.status_code == 401


def test_a_page_of_the_dashboard_may_change_its_sandbox(team: Fleet, there: Findity) -> None:
    path = f"{SANDBOXES}/{there.name}/clock"
    answers = [
        team.http.put(path, json={"mode": "real"}, headers={"origin": origin})
        for origin in (team.url, "https://elsewhere.example")
    ]

    assert [answer.status_code for answer in answers] == [200, 403]


def test_docs_and_health_are_answered_by_any(team: Fleet) -> None:
    answers = [team.http.get(path) for path in ("/docs", "/_mockfindity/health", "/favicon.ico")]

    assert servers(*answers) == {(200, "any")}


def test_tests_in_python_use_the_fleet_as_a_server(
    team: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(team.certificate))

    with mockfindity.running(url=team.url, control_token=TOKEN) as findity:
        findity.report().submit()
        export = findity.bulk_send()
        assert (findity.url, export.status) == (team.url, "TRANSFER")


def test_the_slots_are_shared_out_evenly() -> None:
    lines = (TEAM / "slots.map").read_text().splitlines()[1:]
    pairs = [line.split() for line in lines]

    assert [slot for slot, _ in pairs] == [str(slot) for slot in range(64)]
    assert Counter(name for _, name in pairs) == {"one": 22, "two": 21, "three": 21}


def test_a_balancer_s_name_is_for_a_body_that_gives_none(server: str) -> None:
    url, header = f"{server}{SANDBOXES}", {"x-mockfindity-name": "of-a-balancer"}
    unnamed = httpx2.post(url, json={}, headers=header, verify=False)
    named = httpx2.post(url, json={"name": "of-a-body"}, headers=header, verify=False)

    assert [made.json()["name"] for made in (unnamed, named)] == ["of-a-balancer", "of-a-body"]
    for made in (unnamed, named):
        httpx2.delete(f"{url}/{made.json()['name']}", verify=False)
