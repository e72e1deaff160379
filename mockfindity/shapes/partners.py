"""Partners, and the organizations made under them, as the control API lists them."""

from __future__ import annotations

from typing import Annotated, TypedDict

from .base import Id, Time, about


class PartnerOut(TypedDict):
    """A partner, under which organizations are made."""

    id: Annotated[Id, about("The partner's id.")]
    code: Annotated[str, about("Its code, unique in the sandbox.", "partner-se")]
    name: Annotated[str, about("Its name.", "Partner Sweden")]


class OrganizationEntry(TypedDict):
    """An organization, and who it belongs to."""

    id: Annotated[Id, about("The organization's id.")]
    externalSourceId: Annotated[str, about("Its external id.", "ACME")]
    name: Annotated[str, about("Its name.", "Acme AB")]
    partnerCode: Annotated[str, about("The partner it was made under.", "partner-se")]
    clientApplicationId: Annotated[
        str, about("The client application it is of, a number.", "16200214")
    ]


class InvitationOut(TypedDict):
    """An invitation that would have been mailed; nothing ever is."""

    id: Annotated[Id, about("The invitation's id.")]
    userId: Annotated[Id, about("The user it is for.")]
    email: Annotated[
        str | None, about("Where it would have gone; null without one.", "anna.ek@example.com")
    ]
    dateCreated: Annotated[Time, about("When the user was made.")]
