"""Users: an employment in an organization, around the person it belongs to."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from ..domain.reports import Status
from .base import Done, Id, Time, about


class UserPersonOut(TypedDict):
    """The person of a user."""

    id: Annotated[Id, about("The person's id.")]
    externalSourceId: Annotated[
        str | None, about("The client's own id of the person.", "person-ext-001")
    ]
    firstName: Annotated[str, about("The first name.", "Anna")]
    lastName: Annotated[str, about("The last name.", "Ek")]
    email: Annotated[str | None, about("The mail address.", "anna@example.com")]
    address: Annotated[
        dict[str, Any],
        about(
            "The address: whatever was sent of it, laid over what was there.",
            {"street1": "Kungsgatan 12", "city": "Stockholm", "countryCode": "SE"},
        ),
    ]


class UserOut(TypedDict):
    """A user of an organization."""

    id: Annotated[Id, about("The user's id.")]
    organizationId: Annotated[Id, about("The id of the organization.")]
    externalSourceId: Annotated[
        str | None, about("The client's own id of the employment.", "emp-001")
    ]
    employeeId: Annotated[str | None, about("The number in the customer's staff.", "12345")]
    organizationalUnitExternalSourceId: Annotated[
        str | None, about("The client's own id of the unit.", "1234567")
    ]
    title: Annotated[str | None, about("The title.", "Engineer")]
    admin: Annotated[bool, about("Whether the user administrates the organization.")]
    status: Annotated[str, about("Constant here: nobody is activated.", "PENDING_ACTIVATION")]
    dateCreated: Annotated[Time, about("When the user was made, in UTC.")]
    lastUpdated: Annotated[Time, about("When the user was last changed, in UTC.")]
    person: Annotated[UserPersonOut, about("Who it is.")]


class UserPageOut(TypedDict):
    """The part of the users that `max` and `offset` ask for."""

    userList: Annotated[list[UserOut], about("The users, oldest first.")]
    count: Annotated[int, about("How many users are given here.", 1)]
    total: Annotated[int, about("How many users there are.", 1)]


class OngoingReportOut(TypedDict):
    """A report that goes on without its owner."""

    id: Annotated[Id, about("The report's id.")]
    name: Annotated[str, about("What the report is called.", "Trip to Oslo")]
    status: Annotated[Status, about("How far it has come: APPROVAL, READY_TO_SEND or TRANSFER.")]
    userId: Annotated[Id, about("The id of the user who is deleted.")]


class UsersDoneOut(Done, TypedDict):
    """That users were changed, and what that leaves behind."""

    ongoingReports: Annotated[
        list[OngoingReportOut], about("The reports of deleted users that are under way.")
    ]
    movedReports: Annotated[
        list[Any], about("Empty here: no report is given to somebody else.", [])
    ]
