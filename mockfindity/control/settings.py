"""The switches of a sandbox, and what Findity's staff set up of an organization and partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from pydantic import Field, ValidationError, WithJsonSchema, create_model

from ..api.page import page
from ..call import Call
from ..checked_settings import CheckedSettings, checked
from ..domain.organizations import Organization, Partner
from ..domain.record import replace
from ..domain.users import Invitation
from ..errors import BadRequest, Conflict
from ..wire import CURRENCY, Currency, Text, Wire, described

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.partners import InvitationOut, OrganizationEntry, PartnerOut
    from ..shapes.settings import OrganizationSetUp, SettingsOut

_ANY_SETTING: dict[str, Any] = {
    name: (Any, Field(None, description=field.description))
    for name, field in CheckedSettings.model_fields.items()
}
SettingsIn = create_model("SettingsIn", __base__=Wire, **_ANY_SETTING)
"""Any of the settings; those not sent stay. What each may be, ``checked`` knows."""


class OrganizationSettings(Wire):
    approval_active: Annotated[bool | None, WithJsonSchema({"type": "boolean"})] = Field(
        None, description="Whether reports need approval."
    )
    base_currency: Annotated[Currency | None, WithJsonSchema(CURRENCY)] = Field(
        None, description="ISO 4217."
    )
    vat_account_id: Text | None = Field(None, description="The account that VAT is booked on.")


class PartnerIn(Wire):
    code: Text
    name: Text


def get_settings(call: Call) -> SettingsOut:
    """Get the switches of a sandbox."""
    return dict(msgspec.to_builtins(call.sandbox.settings))


def update_settings(call: Call) -> SettingsOut:
    """Change switches of a sandbox; those not sent stay."""
    sent = call.body.model_dump(by_alias=True, exclude_unset=True)
    try:
        call.sandbox.settings = checked(get_settings(call) | sent)
    except ValidationError as error:
        raise BadRequest(described(error)) from None
    return get_settings(call)


def _organization_settings(organization: Organization) -> OrganizationSetUp:
    return {
        "approvalActive": organization.approval_active,
        "baseCurrency": organization.base_currency,
        "vatAccountId": organization.vat_account_id,
    }


def get_organization_settings(call: Call) -> OrganizationSetUp:
    """Get what an administrator has set up of an organization."""
    return _organization_settings(call.organization())


def update_organization_settings(call: Call) -> OrganizationSetUp:
    """Switch approval on or off, set the base currency or the VAT account."""
    organization, sent = call.organization(), call.body.sent()
    for name, wire_name in (
        ("approval_active", "approvalActive"),
        ("base_currency", "baseCurrency"),
    ):
        if name in sent and sent[name] is None:
            raise BadRequest(f"{wire_name}: null is not a value it can have; leave it out.")
    account_id = sent.get("vat_account_id")
    if account_id is not None and account_id != organization.vat_account_id:
        account = call.state.accounts.get(account_id)
        if account is None or account.organization_id != organization.id:
            raise BadRequest(f"vatAccountId: the organization has no account {account_id!r}.")
    changed = replace(organization, **sent, last_updated=call.now)
    call.state.put(changed)
    return _organization_settings(changed)


def _partner(partner: Partner) -> PartnerOut:
    return {"id": partner.id, "code": partner.code, "name": partner.name}


def list_partners(call: Call) -> Page[PartnerOut]:
    """List the partners organizations can be made under."""
    return page(list(call.state.partners), call, _partner)


def create_partner(call: Call) -> PartnerOut:
    """Add a partner."""
    body: PartnerIn = call.body
    if call.state.partners.one("code", body.code) is not None:
        raise Conflict(f"there is a partner {body.code!r} already.")
    partner = Partner(id=call.state.ids(), code=body.code, name=body.name)
    call.state.put(partner)
    return _partner(partner)


def list_all_organizations(call: Call) -> Page[OrganizationEntry]:
    """List the organizations of a sandbox, whatever client application they are of."""
    return page(list(call.state.organizations), call, _organization)


def _organization(organization: Organization) -> OrganizationEntry:
    return {
        "id": organization.id,
        "externalSourceId": organization.external_source_id,
        "name": organization.name,
        "partnerCode": organization.partner_code,
        "clientApplicationId": organization.client_application_id,
    }


def list_invitations(call: Call) -> Page[InvitationOut]:
    """List the invitations that would have been mailed to an organization's new users."""
    organization = call.organization()
    invitations = call.state.invitations.many("organization", organization.id)
    return page(invitations, call, _invitation)


def _invitation(invitation: Invitation) -> InvitationOut:
    return {
        "id": invitation.id,
        "userId": invitation.user_id,
        "email": invitation.email,
        "dateCreated": invitation.date_created,
    }
