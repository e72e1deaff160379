"""Calls without a server, through httpx2's ASGI transport, beside an application that does
nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx2

from mockfindity import create_app
from mockfindity.sandbox import DEFAULT_KEY
from mockfindity.testing.findity import TEMPLATE

from .bare_server import answering
from .load import Effort, median
from .rows import Row, at_least

CALLS = 500
FORM = {
    "grant_type": "client_credentials",
    "client_id": DEFAULT_KEY[0],
    "client_secret": DEFAULT_KEY[1],
}
ORGANIZATION = {
    "externalSourceId": "BENCH",
    "className": "com.findity.consumer.Company",
    "settings": {"templateOrganizationId": TEMPLATE},
}


def in_process(effort: Effort) -> Iterator[Row]:
    """GET one account, in turns with the application that does nothing."""
    yield asyncio.run(_measured(effort.rounds))


async def _measured(rounds: int) -> Row:
    async with client(create_app()) as ours:
        path = await _signed_in(ours)
        async with client(answering((await ours.get(path)).content)) as bare:
            bare.headers["authorization"] = ours.headers["authorization"]
            pairs = [(await rate(ours, path), await rate(bare, path)) for _ in range(rounds)]
    us, them = (median(rates) for rates in zip(*pairs, strict=True))
    ratio = median([one / other for one, other in pairs])
    told = f"{us:,.0f} of {them:,.0f} a second"
    return at_least("GET in process, through create_app()", ratio, 0.8, "of bare", told)


async def _signed_in(ours: httpx2.AsyncClient) -> str:
    """Sign in, make an organization; the path of an account of it."""
    token = (await ours.post("/oauth/token", data=FORM)).json()["access_token"]
    ours.headers["authorization"] = f"Bearer {token}"
    made = await ours.post("/api/admin/organizations/externalid/BENCH/", json=ORGANIZATION)
    accounts = f"/api/v1/admin/organizations/{made.json()['id']}/accounts"
    first = (await ours.get(accounts)).json()["data"][0]["id"]
    return f"{accounts}/{first}"


def client(app: object) -> httpx2.AsyncClient:
    """A client of an application in this process."""
    transport = httpx2.ASGITransport(app=app)  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=transport, base_url="http://findity.test")


async def rate(http: httpx2.AsyncClient, path: str) -> float:
    """Calls a second, one after the other."""
    began = time.perf_counter()
    for _ in range(CALLS):
        (await http.get(path)).raise_for_status()
    return CALLS / (time.perf_counter() - began)
