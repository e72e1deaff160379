"""Exports, as the Connect API gives them. Only the ``id`` is documented; the rest is chosen."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from ..domain.exports import Content
from ..domain.recipients import ListType
from .base import Id, Time, Unknown, about


class ExportRecipient(TypedDict):
    """The recipient as it was when the export was made."""

    id: Annotated[Id, about("The recipient's id.")]
    recipientName: Annotated[str, about("What it was called.", "API")]
    pluginName: Annotated[str, about("The integration behind it.", "ce-integration-api")]
    verificationListsType: Annotated[ListType, about("The format of the vouchers.")]


class ExportOut(TypedDict):
    """What an administrator's bulk send made for one recipient."""

    id: Annotated[Id, about("The export's id.")]
    organizationId: Annotated[Id, about("The organization it is of.")]
    externalOrganizationId: Annotated[str, about("Its external id.", "ACME")]
    status: Annotated[
        Literal["TRANSFER", "SENT", "FAILED", "WITHDRAWN"],
        about(
            "`TRANSFER`: not processed yet. `SENT`: every voucher is SUCCESS. `FAILED`: every "
            "voucher is final, and one or more FAILED. `WITHDRAWN`: its webhook was not delivered."
        ),
    ]
    dateCreated: Annotated[Time, about("When it was sent.")]
    lastUpdated: Annotated[Time, about("When it changed last.")]
    numberOfVouchers: Annotated[int, about("How many vouchers are in it.", 1)]
    numberOfReports: Annotated[int, about("How many reports are in it.", 1)]
    recipient: Annotated[ExportRecipient, about("Whom it was made for.")]
    content: Annotated[Content | None, about("What was attached to it; null if nothing was.")]
    meta: Annotated[Unknown, about("Always null.")]


class MetadataOut(TypedDict):
    """The payload ``METADATA`` of a webhook: that an export can be fetched."""

    exportId: Annotated[Id, about("The export.")]
    numberOfVouchers: Annotated[int, about("How many vouchers are in it.", 1)]
    numberOfReports: Annotated[int, about("How many reports are in it.", 1)]
    organizationId: Annotated[Id, about("The organization it is of.")]
    externalOrganizationId: Annotated[str, about("Its external id.", "ACME")]
    clientApplicationId: Annotated[
        str, about("The client application it is of, a number.", "16200214")
    ]
