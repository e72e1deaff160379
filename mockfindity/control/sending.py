"""The administrator's bulk send, and the webhooks that follow from it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from pydantic import Field

from ..api.connect.desk import desk_of
from ..api.page import PAGED, listed, page
from ..call import Call
from ..deliveries import Cause, Delivery, Status
from ..domain.exports import Desk, Export, next_recipient, owed, send
from ..domain.organizations import Organization
from ..domain.recipients import Recipient
from ..domain.record import replace
from ..domain.reports import Report, step
from ..errors import (
    BadRequest,
    DeliveryNotFound,
    ExportNotFound,
    NoReportsReady,
    RecipientNotFound,
    ReportNotFound,
)
from ..query import Param, one_of
from ..webhooks import delivery_of
from ..wire import Text, Whole, Wire
from ..work import Work
from .waiting import wait_params, waited

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.deliveries import BulkSentOut, DeliveryOut


class BulkSend(Wire):
    recipient_id: Text | None = Field(None, description="The API recipient to send to.")
    report_ids: list[Text] | None = Field(
        None, min_length=1, description="The reports to send; all that are ready, if not sent."
    )


class Fire(Wire):
    export_id: Text = Field(description="The export to send the webhook of.")
    times: Whole = Field(1, ge=1, le=100, description="How many times.")
    payload: Any = Field(None, description="What to send instead of the export's own payload.")


STATUSES: tuple[Status, ...] = get_args(Status)
DELIVERIES_QUERY = (*PAGED, Param("status", one_of(*STATUSES), "Webhooks of this status."))
WAIT = wait_params("deliveries")


def bulk_send(call: Call) -> Work[BulkSentOut]:
    """Send the reports that are ready to an API recipient, as an administrator does."""
    desk, recipient, reports = _to_send(call)
    ids, mark = call.state.ids, call.state.ids.count

    def undo() -> None:
        ids.count = mark

    work: Work[BulkSentOut] = Work(
        send(desk, recipient, reports),
        write=lambda made: call.sandbox.apply(made[1]),
        undo=undo,
        answer=lambda made: _sent(call, made[0]),
    )
    call.sandbox.begin(work)
    return work


def _to_send(call: Call) -> tuple[Desk, Recipient, list[Report]]:
    """From where, to whom and what is sent."""
    organization = call.organization()
    desk = desk_of(call.sandbox, organization)
    if not desk.recipients:
        raise RecipientNotFound(
            f"organization {organization.id} has no API recipient: POST "
            f"/_mockfindity/organizations/{organization.id}/recipients makes one."
        )
    reports = _reports(call, organization)
    recipient = _recipient(desk, call.body.recipient_id, reports)
    taken = [report for report in reports if owed(report, recipient, desk.bookings)]
    if not taken:
        raise NoReportsReady(f"no report that is ready is owed to {recipient.recipient_name!r}.")
    return desk, recipient, taken


def _reports(call: Call, organization: Organization) -> list[Report]:
    """The reports named, or all that are ready to send."""
    state, ids = call.state, call.body.report_ids
    if ids is None:
        ready = state.reports.many("status", (organization.id, "READY_TO_SEND"))
        if not ready:
            raise NoReportsReady(
                f"organization {organization.external_source_id!r} has no report in "
                "READY_TO_SEND: submit one and have it approved first."
            )
        return ready
    reports = []
    for report_id in dict.fromkeys(ids):
        report = state.reports.get(report_id)
        if report is None or report.organization_id != organization.id:
            raise ReportNotFound(f"the organization has no report {report_id!r}.")
        step(report, "bulk send", call.now)
        reports.append(report)
    return reports


def _recipient(desk: Desk, named: str | None, reports: list[Report]) -> Recipient:
    """The API recipient named, or else the first that is still owed one of the reports."""
    if named is not None:
        for recipient in desk.recipients:
            if recipient.id == named:
                return recipient
        raise RecipientNotFound(f"the organization has no API recipient {named!r}.")
    waiting = (next_recipient(report, desk.recipients, desk.bookings) for report in reports)
    owed_to = [recipient for recipient in waiting if recipient is not None]
    if not owed_to:
        raise NoReportsReady("every API recipient has booked all of the reports that are ready.")
    return min(owed_to, key=desk.recipients.index)


async def _sent(call: Call, export: Export) -> BulkSentOut:
    """What was sent, with its webhook; in the mode ``sync`` once that is over."""
    deliveries = call.sandbox.deliveries
    newest = reversed(deliveries.all())
    mine = (d for d in newest if d.export_id == export.id and d.cause == "export")
    found = next(mine, None)
    if found is not None and call.sandbox.settings.webhook_mode == "sync":
        while (now := deliveries.get(found.id)) is not None and _is_awaited(call, now):
            await deliveries.bell.heard()
    return {
        "exportId": export.id,
        "numberOfVouchers": export.number_of_vouchers,
        "numberOfReports": len(export.report_ids),
        "organizationId": export.organization_id,
        "recipientId": export.recipient_id,
        "webhook": found.id if found else None,
    }


def _is_awaited(call: Call, delivery: Delivery) -> bool:
    """Whether a delivery will be over without anybody moving the clock."""
    return not delivery.is_over and delivery.due <= call.sandbox.clock.now()


def delivery_object(delivery: Delivery) -> DeliveryOut:
    """A delivery as the control API shows it: what was sent, what came back, what followed."""
    return {
        "id": delivery.id,
        "exportId": delivery.export_id,
        "organizationId": delivery.organization_id,
        "cause": delivery.cause,
        "status": delivery.status,
        "bounced": delivery.bounced,
        "dateCreated": delivery.date_created,
        "durationMs": delivery.duration_ms,
        "error": delivery.error,
        "request": {
            "method": "POST",
            "url": delivery.url,
            "headers": {**delivery.headers, "x-mockfindity-delivery": delivery.id},
            "payload": delivery.payload,
            "body": delivery.body.decode("utf-8", "replace"),
        },
        "answer": delivery.answer,
    }


def list_deliveries(call: Call) -> Page[DeliveryOut]:
    """List the webhooks of a sandbox, oldest first."""
    status, deliveries = call.query["status"], call.sandbox.deliveries.all()
    if status is not None:
        deliveries = [delivery for delivery in deliveries if delivery.status == status]
    return page(deliveries, call, delivery_object)


def _found(call: Call) -> Delivery:
    delivery = call.sandbox.deliveries.get(call.path["deliveryId"])
    if delivery is None:
        raise DeliveryNotFound(f"there is no webhook {call.path['deliveryId']!r} in this sandbox.")
    return delivery


def get_delivery(call: Call) -> DeliveryOut:
    """Get one webhook: request, answer, outcome."""
    return delivery_object(_found(call))


def wait_for_deliveries(call: Call) -> Awaitable[Page[DeliveryOut]]:
    """Wait until so many webhooks are over, whatever became of them, and list those."""
    deliveries = call.sandbox.deliveries

    def over() -> list[Delivery]:
        return [delivery for delivery in deliveries.all() if delivery.is_over]

    return waited(call, deliveries.bell, over, delivery_object, "webhooks were over")


def redeliver(call: Call) -> DeliveryOut:
    """Send a webhook once more, with the same payload; it never changes a report."""
    earlier = _found(call)
    return delivery_object(_again(call, earlier, "redelivery"))


def _again(call: Call, like: Delivery, cause: Cause, body: bytes | None = None) -> Delivery:
    collect = call.sandbox.settings.webhook_mode == "collect"
    delivery = replace(
        like,
        id=call.sandbox.deliveries.new_id(),
        cause=cause,
        body=like.body if body is None else body,
        date_created=call.now,
        due=0.0,
        status="COLLECTED" if collect else "PENDING",
        answer=None,
        error=None,
        bounced=False,
        duration_ms=None,
    )
    call.sandbox.deliveries.add(delivery)
    return delivery


def fire_webhook(call: Call) -> Page[DeliveryOut]:
    """Send the webhook of an export, once or more, with its payload or one of your own."""
    body: Fire = call.body
    export = call.state.exports.get(body.export_id)
    if export is None:
        raise ExportNotFound(f"there is no export {body.export_id!r} in this sandbox.")
    like = delivery_of(call.sandboxes, call.sandbox, export, "fire")
    if like is None:
        raise BadRequest(
            f"exportId: the recipient {export.recipient.recipient_name!r} had no webhookUrl when "
            "the export was made."
        )
    own = encode_payload(body)
    fired = [_again(call, like, "fire", own) for _ in range(body.times)]
    return listed(fired, delivery_object)


def encode_payload(body: Fire) -> bytes | None:
    """The payload of one's own as it is sent: a text as it is, anything else as JSON."""
    if "payload" not in body.model_fields_set:
        return None
    if isinstance(body.payload, str):
        return body.payload.encode()
    return msgspec.json.encode(body.payload)
