"""Webhooks, as the control API shows them, and the bulk send that leads to one."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from ..deliveries import Answer, Cause
from ..deliveries import Status as DeliveryStatus
from ..domain.recipients import WebhookPayload
from .base import Id, Time, about


class DeliveryRequest(TypedDict):
    """What is sent to the receiver."""

    method: Annotated[Literal["POST"], about("Always `POST`.")]
    url: Annotated[str, about("Where to.", "http://127.0.0.1:9000/findity")]
    headers: Annotated[dict[str, str], about("Its headers, names in lower case.")]
    payload: Annotated[WebhookPayload, about("Which payload the recipient asks for.")]
    body: Annotated[str, about("The body, as text.")]


class DeliveryOut(TypedDict):
    """A webhook: what is sent, what came back, what followed."""

    id: Annotated[Id, about("The delivery's id, sent as `X-Mockfindity-Delivery`.")]
    exportId: Annotated[Id, about("The export it announces.")]
    organizationId: Annotated[Id, about("The organization that is of.")]
    cause: Annotated[
        Cause,
        about("Why it is sent. Only an `export` that fails takes its reports back."),
    ]
    status: Annotated[
        DeliveryStatus,
        about(
            "`PENDING`: still to be sent. `DELIVERED`, `FAILED`: how it ended. `COLLECTED`: "
            "never sent, and counts as delivered. `CANCELLED`: the state was put back before."
        ),
    ]
    bounced: Annotated[bool, about("Whether reports went back because it failed.")]
    dateCreated: Annotated[Time, about("When it was made, by the sandbox's clock.")]
    durationMs: Annotated[
        float | None, about("How long it took, in milliseconds; null if it was not sent.", 12.5)
    ]
    error: Annotated[
        str | None,
        about("Why there is no answer; null if there is one.", "no answer within 10 s"),
    ]
    request: Annotated[DeliveryRequest, about("What is sent.")]
    answer: Annotated[Answer | None, about("What the receiver answered; null if it did not.")]


class BulkSentOut(TypedDict):
    """What a bulk send made."""

    exportId: Annotated[Id, about("The export.")]
    numberOfVouchers: Annotated[int, about("How many vouchers are in it.", 1)]
    numberOfReports: Annotated[int, about("How many reports are in it.", 1)]
    organizationId: Annotated[Id, about("The organization it is of.")]
    recipientId: Annotated[Id, about("The API recipient it was made for.")]
    webhook: Annotated[Id | None, about("The webhook that announces it; null if none does.")]
