"""Clients that break the rules of webhooks; see ``breaking``."""

from __future__ import annotations

import json
import os
import threading

from breaking import breaks
from reference import GivenUp, Integration, Json

KNOWN = {
    *("exportId", "numberOfVouchers", "numberOfReports"),
    *("organizationId", "externalOrganizationId", "clientApplicationId"),
}


@breaks("HOOK-1")
class Accepts(Integration):
    """Answers 202, since the work is still to be done."""

    def take(self, body: bytes) -> int:
        return 202 if super().take(body) == 200 else 400


@breaks("HOOK-2")
class BooksEveryWebhook(Integration):
    """Books whatever a webhook names, under a new number each time."""

    def heed(self, webhook: Json) -> None:
        numbers = self.books.numbers
        self.books.numbers = {f"once {number}": number for number in numbers.values()}
        if "exportId" in webhook:
            self.process(webhook["exportId"])


@breaks("HOOK-3", seen="it answered the webhook of export")
class OneAtATime(Integration):
    """Takes no webhook while it works."""

    busy = threading.Lock()

    def take(self, body: bytes) -> int:
        if not self.busy.acquire(blocking=False):
            return 503
        status = super().take(body)
        if status != 200:
            self.busy.release()
        return status

    def heed(self, webhook: Json) -> None:
        try:
            super().heed(webhook)
        finally:
            if webhook:
                self.busy.release()


@breaks("HOOK-3-b", seen=" is TRANSFER")
class TrustsTheOrder(Integration):
    """Books what a webhook names, and takes what was sent before that for done."""

    passed: frozenset[str] = frozenset()

    def heed(self, webhook: Json) -> None:
        if "exportId" not in webhook:
            return
        named, waiting = webhook["exportId"], self.unprocessed()
        if named in waiting and named not in self.passed:
            self.passed |= set(waiting[: waiting.index(named)])
            self.process(named)


@breaks("HOOK-4")
class DiesOfTheUnknown(Integration):
    """Looks up what a webhook names, and ends where there is no such export."""

    def heed(self, webhook: Json) -> None:
        try:
            if "exportId" in webhook:
                self.findity.get(f"{self.exports}/{webhook['exportId']}")
        except GivenUp:
            os._exit(1)
        super().heed(webhook)


@breaks("HOOK-5", seen="it answered the webhook of export")
class Strict(Integration):
    """Takes no webhook with fields that it does not know."""

    def read(self, body: bytes) -> Json | None:
        webhook = super().read(body)
        return webhook if webhook is None or set(webhook) <= KNOWN else None


@breaks("HOOK-5-b", seen=", which the webhook had; Findity has", payload="STANDARD_JSON")
class BooksWhatItIsTold(Integration):
    """Books the package that a webhook carries."""

    def heed(self, webhook: Json) -> None:
        for voucher in webhook.get("vouchers", ()):
            self.books.book("", voucher)
        super().heed(webhook)


@breaks("HOOK-6", seen="it answered a body that was cut with 200")
class TakesAnything(Integration):
    """Answers 200 to whatever comes."""

    def take(self, body: bytes) -> int:
        super().take(body)
        return 200


@breaks("HOOK-6-b", seen="it answered a body without anything in it with 200")
class TakesNothing(Integration):
    """Takes a body without anything in it for somebody who looks whether it lives."""

    def take(self, body: bytes) -> int:
        return super().take(body) if body else 200


@breaks("HOOK-6-c", seen="it answered a body that was cut not at all")
class FallsSilent(Integration):
    """Counts on JSON, and has no answer to anything else."""

    def read(self, body: bytes) -> Json | None:
        webhook: Json = json.loads(body)
        return webhook


@breaks("HOOK-7")
class WorksFirst(Integration):
    """Does the work of a webhook before it answers."""

    def take(self, body: bytes) -> int:
        webhook = self.read(body)
        if webhook is None:
            return 400
        self.heed(webhook)
        return 200
