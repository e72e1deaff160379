"""The webhooks of a company, as rules speak of them."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2

from .violation import violated

if TYPE_CHECKING:
    from ..shapes.deliveries import DeliveryOut
    from ..testing.export import Export
    from .company import Company

PATIENCE = 10.0
"""Seconds that a receiver has to answer, as Findity's own webhooks give it here."""


class Answered(NamedTuple):
    """What a webhook was answered: its status, or why there is none; and how long it took."""

    status: int | None
    why: str
    seconds: float

    def __str__(self) -> str:
        said = f"with {self.status}" if self.status is not None else f"not at all ({self.why})"
        return f"{said}, after {self.seconds:.2f} s"


class Hooks:
    """What webhooks a company's exports have, and what the client made of them."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def of(self, export: Export) -> list[DeliveryOut]:
        """The deliveries of an export, oldest first."""
        every = self._company.findity.webhooks.all()
        return [delivery for delivery in every if delivery["exportId"] == export.id]

    def answers(self, export: Export) -> list[Answered]:
        """What its webhooks were answered, those that are over."""
        return [_answered(delivery) for delivery in self.of(export) if delivery["durationMs"]]

    def payload(self, export: Export) -> dict[str, Any]:
        """The JSON that announces an export."""
        found: dict[str, Any] = json.loads(self.of(export)[0]["request"]["body"])
        return found

    @contextlib.contextmanager
    def held_back(self) -> Iterator[None]:
        """What is sent meanwhile is announced by nobody but the rule: see ``post``."""
        findity = self._company.findity
        findity.settings(webhook_mode="collect")
        yield
        findity.settings(webhook_mode="async")

    def post(self, export: Export, payload: dict[str, Any] | None = None) -> Answered:
        """Announce an export from here, with its own payload or another one."""
        sent = self.of(export)[0]["request"]
        body = sent["body"] if payload is None else json.dumps(payload)
        began = time.monotonic()
        status, why = None, ""
        try:
            with httpx2.Client(timeout=PATIENCE, trust_env=False) as http:
                status = http.post(
                    sent["url"], content=body.encode(), headers=sent["headers"]
                ).status_code
        except httpx2.HTTPError as error:
            why = str(error) or type(error).__name__
        return Answered(status, why, time.monotonic() - began)

    def post_at_once(self, *exports: Export) -> list[Answered]:
        """Announce several exports at the same moment."""
        found: dict[str, Answered] = {}
        together = threading.Barrier(len(exports))

        def post(export: Export) -> None:
            together.wait()
            found[export.id] = self.post(export)

        threads = [threading.Thread(target=post, args=(export,)) for export in exports]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [found[export.id] for export in exports]

    def fire(self, export: Export, body: Any) -> Answered:
        """Send another body where the export's webhook goes: a text as it is, else as JSON."""
        webhooks = self._company.findity.webhooks
        fired = webhooks.fire(export, payload=body)[0]["id"]
        webhooks.wait(len(webhooks.all()))
        return _answered(next(one for one in self.of(export) if one["id"] == fired))

    def expect_good(self, export: Export, answered: Answered) -> None:
        """Raise ``Violation`` for a good webhook that was not answered with 200."""
        if answered.status != 200:
            raise violated(
                f"it answered the webhook of export {export.id} {answered}",
                self._company.seen.about(export),
            )

    def expect_taken(self, *exports: Export) -> None:
        """Raise ``Violation`` for an export whose webhook was not answered with 200, or which was
        not booked afterwards, where that can be seen."""
        for export in exports:
            for answered in self.answers(export)[:1]:
                self.expect_good(export, answered)
        client = self._company.client
        if client is not None and client.is_seen and "exports" in client.configuration.areas:
            self._company.expect_booked(*exports)


def _answered(delivery: DeliveryOut) -> Answered:
    answer: Any = delivery["answer"]
    seconds = (delivery["durationMs"] or 0.0) / 1000
    return Answered(answer["status"] if answer else None, delivery["error"] or "", seconds)
