"""``create_app()`` without a socket: what works there, and what says that it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from support import Receiver

import mockfindity

LIST = "/api/admin/organizations/"
ACME = {
    "externalSourceId": "ACME",
    "className": "com.findity.consumer.Company",
    "settings": {"templateOrganizationId": "tmpl-se-001"},
}


def in_process(act: Callable[[httpx2.AsyncClient], Awaitable[Any]]) -> Any:
    """What ``act`` gives, with a client that has signed in to an app of its own."""

    async def acted() -> Any:
        transport = httpx2.ASGITransport(app=mockfindity.create_app())
        async with httpx2.AsyncClient(transport=transport, base_url="http://findity") as client:
            form = {
                "grant_type": "client_credentials",
                "client_id": "mockfindity-client",
                "client_secret": "mockfindity-secret",
            }
            token = (await client.post("/oauth/token", data=form)).json()["access_token"]
            client.headers["authorization"] = f"Bearer {token}"
            return await act(client)

    return asyncio.run(acted())


async def made(client: httpx2.AsyncClient, path: str, body: Any = None) -> Any:
    answer = await client.post(f"/_mockfindity{path}", json=body or {})
    assert answer.is_success, answer.text
    return answer.json()


def test_the_apis_and_the_control_api_work() -> None:
    async def act(client: httpx2.AsyncClient) -> Any:
        await client.post("/api/admin/organizations/externalid/ACME/", json=ACME)
        return (await client.get("/_mockfindity/organizations")).json()["data"]

    assert [one["externalSourceId"] for one in in_process(act)] == ["ACME"]


def test_a_webhook_is_sent_from_the_loop_that_calls(receiver: Receiver) -> None:
    async def act(client: httpx2.AsyncClient) -> Any:
        await client.post("/api/admin/organizations/externalid/ACME/", json=ACME)
        user = {"externalSourceId": "ANNA", "person": {"firstName": "Anna", "lastName": "Ek"}}
        await client.put("/api/admin/organizations/externalid/ACME/users/", json=[user])
        path = "/organizations/ACME/recipients"
        (recipient,) = (await client.get(f"/_mockfindity{path}")).json()["data"]
        hook = {"webhookUrl": receiver.url}
        await client.put(f"/_mockfindity{path}/{recipient['id']}", json=hook)
        taxi = {"category": "Travel", "description": "Taxi", "date": "2026-03-02", "amount": 125}
        report = {"owner": "ANNA", "name": "Trip", "expenses": [taxi]}
        written = await made(client, "/organizations/ACME/reports", report)
        await made(client, f"/reports/{written['id']}/submit")
        await made(client, "/organizations/ACME/bulk-send")
        return (await client.get("/_mockfindity/webhooks/wait?count=1")).json()["data"]

    assert [one["status"] for one in in_process(act)] == ["DELIVERED"]


def test_an_answer_may_be_an_error() -> None:
    async def act(client: httpx2.AsyncClient) -> Any:
        await made(client, "/faults", {"status": 503})
        return (await client.get(LIST)).status_code

    assert in_process(act) == 503


def test_a_connection_that_is_not_there_cannot_be_lost() -> None:
    async def act(client: httpx2.AsyncClient) -> Any:
        await made(client, "/faults", {"connection": "reset"})
        return await client.get(LIST)

    with pytest.raises(ConnectionResetError, match="fault rule"):
        in_process(act)


def test_a_scenario_is_refused() -> None:
    async def act(client: httpx2.AsyncClient) -> Any:
        return await client.post("/_mockfindity/sandboxes", json={"scenario": "demo"})

    answer = in_process(act)

    assert answer.status_code == 400
    assert "an app in process does not speak" in answer.json()["description"]
