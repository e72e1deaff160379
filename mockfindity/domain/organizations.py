"""Organizations: who they belong to, how they are made and changed."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from ..errors import BadRequest, InvalidId
from .record import Record, Value, merged, replace

CLASS_NAME = "com.findity.consumer.Company"
RESERVED = "lookup"


class Partner(Record, frozen=True, kw_only=True, rename="camel"):
    """A partner, under which organizations are grouped; its ``id`` is made, its code is given."""

    code: str
    name: str


class Address(Value, frozen=True, kw_only=True, rename="camel"):
    """A postal address."""

    street1: Annotated[
        str | None, Meta(description="The street and number.", examples=["Kungsgatan 12"])
    ] = None
    street2: Annotated[str | None, Meta(description="A second line.")] = None
    street3: Annotated[str | None, Meta(description="A third line.")] = None
    city: Annotated[str | None, Meta(description="The town.", examples=["Stockholm"])] = None
    postal_code: Annotated[
        str | None, Meta(description="The postal code.", examples=["111 35"])
    ] = None
    country_code: Annotated[str, Meta(description="ISO 3166-1 alpha-2.", examples=["SE"])] = "SE"


class Organization(Record, frozen=True, kw_only=True, rename="camel"):
    """A customer. ``details`` holds the plain fields that are only stored and given back."""

    client_application_id: str
    external_source_id: str
    name: str
    partner_code: str
    service_id: str
    invoice_address_id: str
    date_created: str
    last_updated: str
    vat: str | None = None
    address: Address = Address()
    settings: dict[str, Any] = {}
    details: dict[str, Any] = {}
    approval_active: bool = False
    base_currency: str = "SEK"
    vat_account_id: str | None = None
    status: str = "NORMAL"


def check_external_id(external_id: str, given: str | None) -> None:
    """Refuse an external id that cannot address an organization, or is not the path's.

    Source: organizations guide ("must match the externalId in the URL"); the code is chosen.
    """
    if external_id == RESERVED:
        raise BadRequest("'lookup' is not a valid externalSourceId: choose another one.")
    if given != external_id:
        what = "was not sent" if given is None else f"{given!r} is not that of the URL"
        raise InvalidId(f"externalSourceId {what}: send {external_id!r}.")


def updated(
    organization: Organization,
    *,
    fields: dict[str, Any],
    address: dict[str, Any],
    settings: dict[str, Any],
    details: dict[str, Any],
    now: str,
) -> Organization:
    """The organization with what was sent laid over what it was; the rest stays.

    Source: organizations guide, "include only the fields you want to change";
    ``settings.templateOrganizationId`` has no effect on an update.
    """
    kept = {key: value for key, value in settings.items() if key != "templateOrganizationId"}
    return replace(
        organization,
        **fields,
        address=replace(organization.address, **address),
        settings=merged(organization.settings, kept),
        details=merged(organization.details, details),
        last_updated=now,
    )
