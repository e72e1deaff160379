"""Work that is done in slices: others have their turn, and everything happens in one order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import Any

import httpx2
import pytest
from support import CLASS, TAXI, Findity

from mockfindity import create_app
from mockfindity.domain.slices import Slices
from mockfindity.errors import BadRequest
from mockfindity.sandbox import Sandbox
from mockfindity.sandboxes import Sandboxes
from mockfindity.work import Work

Begun = Callable[..., Work[str]]


def three(refuses: bool = False) -> Slices[str]:
    yield
    yield
    if refuses:
        raise BadRequest("there is no third.")
    yield
    return "three"


@pytest.fixture
def written() -> list[str]:
    """What the work of a test has written, and what it took back."""
    return []


@pytest.fixture
def begin(written: list[str]) -> Begun:
    """Begins work in a sandbox, and does the first slice of it."""

    def begun(sandbox: Sandbox, *, refuses: bool = False) -> Work[str]:
        work: Work[str] = Work(
            three(refuses),
            write=written.append,
            undo=lambda: written.append("undone"),
            answer=str.upper,
        )
        sandbox.begin(work)
        work.finish(0)
        return work

    return begun


@pytest.fixture
def sandbox(acme: Findity, sandboxes: Sandboxes) -> Sandbox:
    return sandboxes[acme.name]


def test_nothing_is_written_before_the_end(
    sandbox: Sandbox, begin: Begun, written: list[str]
) -> None:
    work = begin(sandbox)
    work.finish(0)

    assert (written, work.is_done) == ([], False)


def test_whoever_began_it_is_answered(sandbox: Sandbox, begin: Begun, written: list[str]) -> None:
    assert asyncio.run(begin(sandbox).answer()) == "THREE"
    assert written == ["three"]


def test_who_reads_does_not_wait(
    acme: Findity, sandbox: Sandbox, begin: Begun, written: list[str]
) -> None:
    begin(sandbox)

    assert acme.api.get(acme.accounts).status_code == 200
    assert written == []


@pytest.mark.parametrize(
    "act",
    [
        lambda findity, sandbox: findity.organization("OTHER"),
        lambda findity, sandbox: findity.control("POST", "/reset"),
        lambda findity, sandbox: findity.control("PUT", "/snapshots/now"),
        lambda findity, sandbox: sandbox.whole(),
    ],
    ids=["write", "reset", "snapshot", "copy"],
)
def test_who_writes_or_copies_has_it_done_first(
    acme: Findity, sandbox: Sandbox, begin: Begun, written: list[str], act: Any
) -> None:
    begin(sandbox)

    act(acme, sandbox)

    assert written == ["three"]


def test_other_work_is_begun_after_it(sandbox: Sandbox, begin: Begun, written: list[str]) -> None:
    begin(sandbox)

    begin(sandbox)

    assert written == ["three"]


def test_a_refusal_is_told_to_whoever_began_it(
    acme: Findity, sandbox: Sandbox, begin: Begun, written: list[str]
) -> None:
    work = begin(sandbox, refuses=True)

    assert acme.organization("OTHER")["externalSourceId"] == "OTHER"
    with pytest.raises(BadRequest, match="no third"):
        asyncio.run(work.answer())
    assert written == ["undone"]


def test_of_two_bulk_sends_at_once_one_sends(acme: Findity) -> None:
    for _ in range(4):
        acme.ready(*[TAXI] * 200)
    answers: list[httpx2.Response] = []
    path = f"/organizations/{acme.org}/bulk-send"
    threads = [
        Thread(target=lambda: answers.append(acme.control("POST", path, {}))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [201, 400]
    assert {a.json().get("code") for a in answers} == {None, "NO_REPORTS_READY"}


def test_a_bulk_send_that_is_refused_gives_no_ids_away(acme: Findity, sandbox: Sandbox) -> None:
    acme.ready(*[TAXI] * 50)
    account = next(a for a in sandbox.state.accounts if a.number == "5800")
    assert acme.api.delete(f"{acme.accounts}/{account.id}").status_code == 204
    before = sandbox.state.ids.count

    refused = acme.control("POST", f"/organizations/{acme.org}/bulk-send", {})

    assert refused.json()["code"] == "ACCOUNT_NOT_MAPPED"
    assert (sandbox.state.ids.count, len(sandbox.state.exports)) == (before, 0)


def test_others_see_the_reports_where_they_were_until_all_is_sent() -> None:
    async def statuses() -> set[str]:
        app = create_app()
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://mock") as http:
            findity = await company(http)
            sending = asyncio.ensure_future(http.post(f"{findity}/bulk-send", json={}))
            seen = set()
            while not sending.done():
                await asyncio.sleep(0)
                seen.add((await http.get(f"{findity}/reports?max=1")).json()["data"][0]["status"])
            assert sending.result().status_code == 201
            seen.add((await http.get(f"{findity}/reports?max=1")).json()["data"][0]["status"])
            return seen

    assert asyncio.run(statuses()) == {"READY_TO_SEND", "TRANSFER"}


async def company(http: httpx2.AsyncClient) -> str:
    """Where the control API has an organization with a thousand expenses that are ready."""
    named = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}
    form = {"grant_type": "client_credentials"} | named
    token = (await http.post("/oauth/token", data=form)).json()["access_token"]
    http.headers["authorization"] = f"Bearer {token}"
    legacy = "/api/admin/organizations/externalid/ACME/"
    settings = {"templateOrganizationId": "tmpl-se-001"}
    made = {"externalSourceId": "ACME", "className": CLASS, "settings": settings}
    (await http.post(legacy, json=made)).raise_for_status()
    anna = {"externalSourceId": "ANNA", "person": {"firstName": "Anna", "lastName": "Ek"}}
    (await http.put(f"{legacy}users/", json=[anna])).raise_for_status()
    base = "/_mockfindity/organizations/ACME"
    for _ in range(5):
        report = {"owner": "ANNA", "name": "Trip", "expenses": [TAXI] * 200}
        report_id = (await http.post(f"{base}/reports", json=report)).json()["id"]
        (await http.post(f"/_mockfindity/reports/{report_id}/submit")).raise_for_status()
    return base
