"""Organizations: in a list, whole, looked up, and the counts of their reports."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from ..domain.organizations import Address
from .addresses import InvoiceAddressOut, OrganizationAddressOut
from .base import Id, Time, Unknown, about, constant
from .organization_settings import OrganizationSettings
from .services import ServiceOut


class BriefOrganizationOut(TypedDict):
    """What a list says of an organization."""

    id: Annotated[Id, about("Findity's own id.")]
    externalSourceId: Annotated[str, about("The client's own id.", "EXT-ORG-001")]
    name: Annotated[str, about("Its display name.", "Acme Sverige AB")]
    vat: Annotated[str | None, about("Its registration number.", "556123-4567")]
    status: Annotated[str, about("Constant here.", "NORMAL")]
    address: Annotated[Address, about("Its postal address.")]


class OrganizationListOut(TypedDict):
    """The organizations that an API key administrates."""

    organizations: Annotated[list[BriefOrganizationOut], about("The organizations, oldest first.")]
    serverTime: Annotated[Time, about("What time it is in the sandbox, in UTC.")]


class OrganizationOut(TypedDict):
    """An organization with all that is set up for it.

    mockfindity holds no state for what is constant here: that is only there because the admin
    guide shows it.
    """

    id: Annotated[Id, about("Findity's own id.")]
    externalSourceId: Annotated[
        str, about("The client's own id, by which it is addressed.", "EXT-ORG-001")
    ]
    className: Annotated[
        str, about("The kind of organization; constant.", "com.findity.consumer.Company")
    ]
    lastUpdated: Annotated[Time, about("When it was last changed, in UTC.")]
    dateCreated: Annotated[Time, about("When it was made, in UTC.")]
    status: Annotated[str, about("Constant here.", "NORMAL")]
    name: Annotated[str, about("Its display name.", "Acme Sverige AB")]
    vat: Annotated[str | None, about("Its registration number.", "556123-4567")]
    phone: Annotated[str | None, about("A telephone number, as it was sent.", "08-123 45 67")]
    logoId: Annotated[Unknown, about("The id of a logo; null here.")]
    iconId: Annotated[Unknown, about("The id of an icon; null here.")]
    address: Annotated[OrganizationAddressOut, about("Its postal address.")]
    clientApplicationId: Annotated[
        str, about("The client application that made it: digits.", "16200214")
    ]
    label: Annotated[str | None, about("A label, as it was sent.", "north")]
    isl2017Date: Annotated[Time, about("Constant here.")]
    content: Annotated[list[Any], about("Empty here.", [])]
    invoiceAddress: Annotated[InvoiceAddressOut, about("Where it is billed.")]
    invoiceEmailAddress: Annotated[
        str | None, about("Where invoices are mailed, as it was sent.", "invoices@example.com")
    ]
    invoiceRefOur: Annotated[
        str | None, about("A reference of ours for invoices, as it was sent.", "Anna Ek")
    ]
    invoiceRefTheir: Annotated[
        str | None, about("A reference of theirs for invoices, as it was sent.", "4711")
    ]
    unmanagedCardTransactionEmail: Annotated[
        str | None,
        about("Where card transactions without an owner are mailed; none are.", "it@example.com"),
    ]
    licenseGroup: Annotated[int, about("Constant here.", 0)]
    licensingEnabled: Annotated[str, about("Constant here.", "INHERITED")]
    supportAccessEndDate: Annotated[
        Time, about("Until when Findity's support may look into it: 30 days after it was made.")
    ]
    settings: OrganizationSettings
    sendEventToExternalSystem: Annotated[bool, about("Constant here.", True)]
    partnerId: Annotated[Id | None, about("The id of the partner it is under.")]
    partnerName: Annotated[str | None, about("The partner's name.", "Partner Sverige")]
    partnerCode: Annotated[str, about("The partner's code.", "partner-se")]
    payedByPartner: Annotated[bool, constant("Whether the partner pays for it.", True)]
    identityProviderId: Annotated[Unknown, about("Null here.")]
    identityProviderEnabled: Annotated[
        bool, constant("Whether an identity provider signs users in.", False)
    ]
    reportReviewOnPartner: Annotated[bool, constant("Whether the partner reviews reports.", False)]
    inheritedLicenseGroup: Annotated[int, about("Constant here.", 2)]
    inheritedLicensingEnabled: Annotated[str, about("Constant here.", "INACTIVE")]
    classType: Annotated[
        str, about("The same as `className`; constant.", "com.findity.consumer.Company")
    ]
    isDefault: Annotated[bool, about("Constant here.", False)]
    services: Annotated[
        list[ServiceOut], about("One service: what is set up for the organization's expenses.")
    ]
    sendEventToExternalSystemPartnerLevel: Annotated[Unknown, about("Null here.")]
    policyUrl: Annotated[
        str | None,
        about("Where its expense policy stands, as it was sent.", "https://example.com/"),
    ]


class LookupFoundOut(TypedDict):
    """The organization is one of the key's own client application."""

    result: Annotated[Literal["FOUND"], about("That it is there.")]
    id: Annotated[Id, about("Findity's own id.")]
    externalSourceId: Annotated[str, about("The client's own id.", "EXT-ORG-001")]
    status: Annotated[str, about("Constant here.", "NORMAL")]


class LookupFoundElsewhereOut(TypedDict):
    """The organization belongs to another client application: no more is said of it."""

    result: Annotated[Literal["FOUND_IN_OTHER_CA"], about("That it is somebody else's.")]


class LookupNotFoundOut(TypedDict):
    """No organization has this number."""

    result: Annotated[Literal["NOT_FOUND"], about("That one may be made.")]


class CountedOrganizationOut(TypedDict):
    """Whose reports were counted."""

    id: Annotated[Id, about("Findity's own id.")]
    externalSourceId: Annotated[str, about("The client's own id.", "EXT-ORG-001")]
    name: Annotated[str, about("Its display name.", "Acme Sverige AB")]


class CountsOut(TypedDict):
    """How many reports have come how far."""

    UNSUBMITTED: Annotated[int, about("Reports with the status NEW, NORMAL or REJECTED.", 3)]
    SUBMITTED: Annotated[int, about("Reports with the status APPROVAL.", 1)]
    APPROVED: Annotated[
        int, about("Reports with the status APPROVED, READY_TO_SEND, TRANSFER or SEND.", 5)
    ]
    BOOKED: Annotated[int, about("Reports with the status SENT or PAID.", 12)]


class ReportCountersOut(TypedDict):
    """The counts of an organization's reports."""

    organization: Annotated[CountedOrganizationOut, about("The organization.")]
    counts: Annotated[CountsOut, about("The counts; 0 where there are none.")]
