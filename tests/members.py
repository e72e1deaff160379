"""A client with a sandbox of its own on a fleet, and how each of its requests was answered."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx2
from fleets import Fleet
from support import TAXI


class Reply(NamedTuple):
    """When a request was answered, and with which status; ``None``, if it was cut off."""

    at: float
    status: int | None


class Member:
    """One client with a sandbox of its own."""

    def __init__(self, team: Fleet, name: str) -> None:
        self.findity = findity = team.new(name=name)
        self.home, self.steps = team.home(name), 0
        self.replies: list[Reply] = []
        self.promised: set[tuple[str, str]] = set()
        self.answered = 0
        for http in (findity.http, findity.api):
            http.event_hooks = {"response": [self._count]}

    def _count(self, answer: httpx2.Response) -> None:
        self.answered += 1

    def work(self) -> None:
        """An export, from the organization to the voucher that is booked."""
        findity = self.findity
        findity.organization("ACME")
        findity.users("ANNA")
        findity.ready()
        self.export = findity.bulk_send()["exportId"]
        findity.book(self.export)
        self.before = self.records()

    def step(self) -> None:
        """One request: its export, a token, or a report that is written."""
        self.steps += 1
        try:
            answer = self._asked()
        except httpx2.TransportError:
            self.replies.append(Reply(time.perf_counter(), None))
        else:
            self.replies.append(Reply(time.perf_counter(), answer.status_code))

    def _asked(self) -> httpx2.Response:
        findity = self.findity
        if self.steps % 3 == 0:
            return findity.api.get(f"{findity.exports}/{self.export}")
        if self.steps % 3 == 1:
            form = {"client_id": findity.client_id, "client_secret": findity.client_secret}
            answer = findity.http.post(
                "/oauth/token", data={"grant_type": "client_credentials", **form}
            )
            self._note("tokens", answer, "access_token")
            return answer
        body = {"owner": "ANNA", "name": f"Trip {self.steps}", "expenses": [TAXI]}
        answer = findity.control("POST", f"/organizations/{findity.org}/reports", body)
        self._note("reports", answer, "id")
        return answer

    def _note(self, table: str, answer: httpx2.Response, field: str) -> None:
        if answer.is_success:
            self.promised.add((table, answer.json()[field]))

    def records(self) -> set[tuple[str, str]]:
        """Everything in the sandbox, each record as a table and a text."""
        state: dict[str, Any] = self.findity.control("GET", "/state").json()
        tables: dict[str, list[dict[str, Any]]] = state["tables"]
        return {(table, json.dumps(row)) for table, rows in tables.items() for row in rows}

    def lost(self) -> Iterator[str]:
        """What was there before, or was acknowledged since, and is not there now."""
        records = self.records()
        yield from (f"{self.findity.name}: {gone}" for gone in self.before - records)
        ids = {(table, json.loads(row)["id"]) for table, row in records}
        yield from (f"{self.findity.name}: {gone}" for gone in self.promised - ids)

    def since(self, moment: float) -> list[int | None]:
        """How it was answered after a moment."""
        return [reply.status for reply in self.replies if reply.at > moment]
