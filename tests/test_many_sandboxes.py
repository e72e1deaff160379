"""A hundred sandboxes side by side on one server, all busy at once: nothing leaks between them.

Each has its own seed, organization, faults and stopped clock, and does its own number of things,
request by request, while all the others do theirs.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from support import CLASS, TAXI

from mockfindity.sandboxes import Sandboxes
from mockfindity.server import serving

SANDBOXES = 100


class Client:
    """What one client does in its sandbox, and what must be there afterwards."""

    def __init__(self, http: httpx2.AsyncClient, number: int) -> None:
        self.http, self.number = http, number
        self.name, self.organization = f"sandbox-{number}", f"ORG-{number}"
        self.now = f"20{number % 50 + 30}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z"
        self.reports, self.struck = number % 4 + 1, number % 3 + 1
        self.calls = 0
        self.headers: dict[str, str] = {}
        self.statuses: list[int] = []

    async def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        where = f"/_mockfindity/sandboxes/{self.name}{path}"
        answer = await self.http.request(method, where, json=body)
        assert answer.is_success, answer.text
        return json.loads(answer.content) if answer.content else {}

    async def call(self, method: str, path: str, **more: Any) -> httpx2.Response:
        self.calls += 1
        return await self.http.request(method, path, headers=self.headers, **more)

    async def begin(self) -> None:
        body = {"name": self.name, "seed": self.number}
        made = (await self.http.post("/_mockfindity/sandboxes", json=body)).json()
        await self.control("PUT", "/clock", {"now": self.now})
        form = {
            "grant_type": "client_credentials",
            "client_id": made["clientId"],
            "client_secret": made["clientSecret"],
        }
        token = (await self.call("POST", "/oauth/token", data=form)).json()
        self.headers = {"authorization": f"Bearer {token['access_token']}"}

    async def furnish(self) -> None:
        """The organization, and a user in it."""
        self.base = f"/api/admin/organizations/externalid/{self.organization}"
        body = {
            "externalSourceId": self.organization,
            "className": CLASS,
            "name": f"Company {self.number}",
            "settings": {"templateOrganizationId": "tmpl-se-001"},
        }
        self.org = (await self.call("POST", self.base, json=body)).json()["id"]
        person = {"firstName": "Anna", "lastName": "Ek"}
        users = [{"externalSourceId": "ANNA", "person": person}]
        assert (await self.call("PUT", f"{self.base}/users", json=users)).status_code == 200

    async def work(self) -> None:
        for number in range(self.reports):
            body = {"owner": "ANNA", "name": f"{self.name} {number}", "expenses": [TAXI]}
            made = await self.control("POST", f"/organizations/{self.org}/reports", body)
            await self.control("POST", f"/reports/{made['id']}/submit")
        await self.control("POST", f"/organizations/{self.org}/bulk-send")
        rule = {"operation": "listUsers", "status": 503, "times": self.struck}
        await self.control("POST", "/faults", rule)
        for _ in range(5):
            self.statuses.append((await self.call("GET", f"{self.base}/users")).status_code)
        await self.control("POST", "/clock/advance", {"seconds": self.number})

    async def play(self) -> None:
        await self.begin()
        await self.furnish()
        await self.work()

    async def check(self) -> None:
        """The sandbox holds what this client did, no more and no less."""
        assert self.statuses == [503] * self.struck + [200] * (5 - self.struck)
        tables = (await self.control("GET", "/state"))["tables"]
        assert [o["name"] for o in tables["organizations"]] == [f"Company {self.number}"]
        names = [f"{self.name} {number}" for number in range(self.reports)]
        assert [report["name"] for report in tables["reports"]] == names
        assert [export["numberOfVouchers"] for export in tables["exports"]] == [self.reports]
        assert {r["dateCreated"] for r in tables["reports"] + tables["exports"]} == {self.now}
        assert all(key["id"].startswith(f"{self.name}.") for key in tables["keys"])
        assert len(tables["tokens"]) == 2
        assert await self.control("GET", "/requests/count") == {"count": self.calls}
        clock = await self.control("GET", "/clock")
        minutes, seconds = divmod(self.number, 60)
        assert clock["now"] == self.now.replace("00:00Z", f"{minutes:02}:{seconds:02}Z")
        rules = (await self.control("GET", "/faults"))["data"]
        assert [(rule["hits"], rule["seen"]) for rule in rules] == [(self.struck, 5)]


@pytest.fixture
def url() -> Iterator[str]:
    with serving() as url:
        yield url


def test_a_hundred_sandboxes_under_load_leak_nothing(url: str) -> None:
    async def played() -> list[str]:
        async with httpx2.AsyncClient(base_url=url, verify=False, timeout=30) as http:
            clients = [Client(http, number) for number in range(SANDBOXES)]
            await asyncio.gather(*(client.play() for client in clients))
            await asyncio.gather(*(client.check() for client in clients))
            return [client.org for client in clients]

    organizations = asyncio.run(played())

    assert len(set(organizations)) == SANDBOXES


def test_resetting_one_of_many_leaves_the_others(url: str) -> None:
    async def played() -> None:
        async with httpx2.AsyncClient(base_url=url, verify=False, timeout=30) as http:
            clients = [Client(http, number) for number in range(10)]
            await asyncio.gather(*(client.play() for client in clients))
            for client in clients[::2]:
                await client.control("POST", "/reset")
            for client in clients[1::2]:
                await client.check()
            for client in clients[::2]:
                tables = (await client.control("GET", "/state"))["tables"]
                assert (tables["organizations"], tables["tokens"]) == ([], [])
                assert await client.control("GET", "/requests/count") == {"count": 0}

    asyncio.run(played())


def test_sandboxes_of_one_seed_give_the_same_ids_and_share_nothing() -> None:
    sandboxes = Sandboxes()
    one, other = (sandboxes.create(name, 7, None) for name in ("one", "other"))

    assert [one.state.ids() for _ in range(3)] == [other.state.ids() for _ in range(3)]
    one.state.remove(*one.state.partners)
    assert (len(one.state.partners), len(other.state.partners)) == (0, 2)
