"""Webhooks: real HTTP to the client's URL, in order per sandbox, and what follows when it fails.

The outbox of a sandbox says that an export was made; here it becomes a delivery, and one task a
sandbox sends what is pending, one after the other. A delivery that does not count takes its
reports back (``domain.exports.bounce``): the one arrow that comes back in. There is no retry of its
own, since Findity documents none.

Source: the webhook page (facts) for payloads, trigger and bounce; method, time-out, header and
order are chosen.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from . import __version__
from .api.connect.desk import progress_of
from .api.connect.package import package
from .deliveries import Answer, Cause, Delivery
from .domain.acknowledgements import bounce
from .domain.exports import Export
from .domain.record import replace
from .events import ExportMade
from .jsons import encode
from .sandbox import Sandbox
from .sandboxes import Sandboxes
from .targets import resolves_privately

if TYPE_CHECKING:
    import httpx2

    from .shapes.exports import MetadataOut
    from .shapes.vouchers import PackageOut

log = logging.getLogger("mockfindity")

GATHER = 0.2
"""Seconds that webhooks gather before they are sent newest first, where chaos reorders them."""

KEPT = 64 * 1024
"""Bytes of a receiver's answer that are kept."""


def delivery_of(
    sandboxes: Sandboxes, sandbox: Sandbox, export: Export, cause: Cause
) -> Delivery | None:
    """The webhook of an export, not yet noted; ``None`` where its recipient wants none."""
    recipient = export.recipient
    if recipient.webhook_url is None:
        return None
    delivery_id = sandbox.deliveries.new_id()
    collect = sandbox.settings.webhook_mode == "collect"
    return Delivery(
        id=delivery_id,
        export_id=export.id,
        organization_id=export.organization_id,
        cause=cause,
        url=recipient.webhook_url,
        payload=recipient.webhook_payload,
        headers={
            "content-type": "application/json",
            "user-agent": f"mockfindity/{__version__}",
            **{name.lower(): value for name, value in recipient.webhook_headers.items()},
        },
        body=encode(_payload(sandboxes, sandbox, export)),
        date_created=sandbox.clock.stamp(),
        due=sandbox.clock.now() + sandbox.settings.webhook_chaos.delay,
        status="COLLECTED" if collect else "PENDING",
    )


def _payload(sandboxes: Sandboxes, sandbox: Sandbox, export: Export) -> MetadataOut | PackageOut:
    if export.recipient.webhook_payload == "STANDARD_JSON":
        return package(sandbox, export, sandboxes.base_url)
    organization = sandbox.state.organizations.rows[export.organization_id]
    return {
        "exportId": export.id,
        "numberOfVouchers": export.number_of_vouchers,
        "numberOfReports": len(export.report_ids),
        "organizationId": organization.id,
        "externalOrganizationId": organization.external_source_id,
        "clientApplicationId": organization.client_application_id,
    }


class Webhooks:
    """The sender: drains outboxes, keeps one HTTP client, runs one task a busy sandbox."""

    def __init__(self, sandboxes: Sandboxes) -> None:
        self.sandboxes = sandboxes
        self._client: httpx2.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def announce(self, sandbox: Sandbox) -> None:
        """Turn what the outbox holds into deliveries, and see that they are sent."""
        while sandbox.outbox:
            self._queue(sandbox, sandbox.outbox.popleft())
        if sandbox.deliveries.queue and not _is_sending(sandbox):
            sandbox.deliveries.sender = asyncio.get_running_loop().create_task(self._send(sandbox))

    def _queue(self, sandbox: Sandbox, event: ExportMade) -> None:
        """The deliveries of an export: its webhook, and the duplicates that chaos asks for."""
        export = sandbox.state.exports.rows[event.export_id]
        delivery = delivery_of(self.sandboxes, sandbox, export, "export")
        if delivery is None:
            return
        sandbox.deliveries.add(delivery)
        for _ in range(sandbox.settings.webhook_chaos.duplicate):
            again = replace(delivery, id=sandbox.deliveries.new_id(), cause="duplicate")
            sandbox.deliveries.add(again)

    async def _send(self, sandbox: Sandbox) -> None:
        """Send what is due, in order, until nothing is pending."""
        deliveries = sandbox.deliveries
        while deliveries.queue:
            newest = sandbox.settings.webhook_chaos.reorder
            if newest:
                await asyncio.sleep(GATHER)
            delivery = deliveries.next_due(sandbox.clock.now(), newest=newest)
            if delivery is None:
                frozen = sandbox.clock.mode == "frozen"
                wait = None if frozen else deliveries.first_due() - sandbox.clock.now()
                await deliveries.later(wait)
                continue
            self._finish(sandbox, await self._deliver(sandbox, delivery))

    def _finish(self, sandbox: Sandbox, ended: Delivery) -> None:
        """Note how a delivery ended, and let a failed one take its export back."""
        if ended.status == "FAILED" and ended.cause == "export":
            ended = replace(ended, bounced=self._take_back(sandbox, ended.export_id))
            self.sandboxes.keep(sandbox)
        sandbox.deliveries.finish(ended)
        seen: dict[str, object] = {
            "id": ended.id,
            "exportId": ended.export_id,
            "status": ended.status,
            "bounced": ended.bounced,
        }
        sandbox.events.publish("webhook", seen)
        self.announce(sandbox)

    async def _deliver(self, sandbox: Sandbox, delivery: Delivery) -> Delivery:
        """Send one; how it ended, with the receiver's answer or the reason there is none."""
        import httpx2

        settings = sandbox.settings
        started = time.perf_counter()
        answer, error = None, None
        try:
            async with asyncio.timeout(settings.webhook_timeout):
                answer = await self._post(delivery)
        except TimeoutError:
            error = f"no answer within {settings.webhook_timeout:g} s"
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as problem:
            error = str(problem) or type(problem).__name__
        except Exception as problem:
            log.exception("webhook %s failed", delivery.id)
            error = f"{type(problem).__name__}: {problem}"
        counting = range(200, 300) if settings.webhook_success == "2xx" else (200,)
        good = answer is not None and answer.status in counting
        return replace(
            delivery,
            status="DELIVERED" if good else "FAILED",
            answer=answer,
            error=error,
            duration_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    async def _post(self, delivery: Delivery) -> Answer:
        """The receiver's answer. Raises ``ValueError`` for a target that is not allowed."""
        import httpx2

        target = httpx2.URL(delivery.url)
        port = target.port or {"https": 443}.get(target.scheme, 80)
        public_too = self.sandboxes.allow_public_webhooks
        if not public_too and not await resolves_privately(target.host, port):
            raise ValueError(
                f"{target.host} is not loopback or private; serve --allow-public-webhooks "
                "lets webhooks leave this network"
            )
        named = {**delivery.headers, "x-mockfindity-delivery": delivery.id}
        headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in named.items()]
        client = self._http()
        request = client.build_request("POST", delivery.url, content=delivery.body, headers=headers)
        response = await client.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk[: KEPT - len(body)]
                if len(body) >= KEPT:
                    break
        finally:
            await response.aclose()
        shown = dict(response.headers.items())
        return Answer(response.status_code, shown, body.decode("utf-8", "replace"))

    def _http(self) -> httpx2.AsyncClient:
        """One client a loop: making it costs more than a delivery. It follows no redirect."""
        import httpx2

        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client = httpx2.AsyncClient(timeout=None, trust_env=False, follow_redirects=False)
            self._loop = loop
        return self._client

    def _take_back(self, sandbox: Sandbox, export_id: str) -> bool:
        """The bounce: whether it took anything back."""
        sandbox.settle()
        state = sandbox.state
        export = state.exports.get(export_id)
        if export is None or sandbox.settings.webhook_failure == "keep":
            return False
        organization = state.organizations.rows[export.organization_id]
        change = bounce(progress_of(sandbox, organization, export))
        sandbox.apply(change)
        return bool(change.put)

    async def aclose(self) -> None:
        """Stop sending and close the HTTP client."""
        for sandbox in self.sandboxes:
            if sandbox.deliveries.sender is not None:
                sandbox.deliveries.sender.cancel()
        if self._client is not None and self._loop is asyncio.get_running_loop():
            await self._client.aclose()
        self._client = None


def _is_sending(sandbox: Sandbox) -> bool:
    task = sandbox.deliveries.sender
    return task is not None and not task.done() and not task.get_loop().is_closed()
