"""Organizations: list, get, create or update, delete, look up, count reports.

Source: organizations guide and step 1 of the admin guide. Addressed by external id; the legacy
paths with Findity's internal id answer too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import ConfigDict, Field, WithJsonSchema
from typing_extensions import TypedDict

from ...call import Call
from ...domain.organizations import CLASS_NAME, Organization, check_external_id, updated
from ...domain.reports import COUNTERS
from ...domain.templates import SWEDISH, Template, bare, copy, swedish
from ...errors import BadRequest, DuplicateVat, Forbidden, InvalidId
from ...query import A_DAY, Param, text
from ...state import State
from ...wire import Country, Text, Wire
from .objects import organization_object

if TYPE_CHECKING:
    from ...shapes.base import Done
    from ...shapes.organizations import (
        BriefOrganizationOut,
        CountsOut,
        LookupFoundElsewhereOut,
        LookupFoundOut,
        LookupNotFoundOut,
        OrganizationListOut,
        OrganizationOut,
        ReportCountersOut,
    )


class AddressIn(Wire):
    street1: str | None = None
    street2: str | None = None
    street3: str | None = None
    city: str | None = None
    postal_code: str | None = None
    country_code: Country = Field("SE", description="ISO 3166-1 alpha-2.")


class OrganizationSettingsIn(TypedDict, total=False):
    """Settings: any keys, laid over what is there."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    templateOrganizationId: Annotated[
        str | None,
        Field(
            description="What a new organization is a copy of; without effect later.",
            examples=[SWEDISH],
        ),
    ]


ClassName = Annotated[str, WithJsonSchema({"type": "string", "const": CLASS_NAME})]


class OrganizationIn(Wire):
    """What an upsert may send; what an update leaves out stays as it is."""

    external_source_id: Text | None = Field(None, description="Must be that of the URL.")
    class_name: ClassName | None = Field(None, description="Needed to create.")
    name: Text | None = Field(None, description="Display name; needed to create, or a template.")
    partner_code: Text | None = Field(None, description="Needed to create, or a template.")
    vat: str | None = Field(None, description="Registration number; no two organizations' same.")
    address: AddressIn | None = None
    settings: OrganizationSettingsIn | None = Field(None, description="Kept and given back.")
    phone: str | None = None
    label: str | None = None
    invoice_email_address: str | None = None
    invoice_ref_our: str | None = None
    invoice_ref_their: str | None = None
    unmanaged_card_transaction_email: str | None = None
    policy_url: str | None = None
    licenses: Any = Field(None, description="Accepted; without effect here.")


DETAILS = {
    "phone": "phone",
    "label": "label",
    "invoice_email_address": "invoiceEmailAddress",
    "invoice_ref_our": "invoiceRefOur",
    "invoice_ref_their": "invoiceRefTheir",
    "unmanaged_card_transaction_email": "unmanagedCardTransactionEmail",
    "policy_url": "policyUrl",
}


COUNTER_DATES = (
    Param("fromDate", A_DAY, "Count reports created on this day or later."),
    Param("toDate", A_DAY, "Count reports created on this day or earlier."),
)
VAT = (
    Param(
        "vat", text("a VAT number", least=1), "The registration number to look for.", needed=True
    ),
)


def list_organizations(call: Call) -> OrganizationListOut:
    """List the organizations that the API key administrates."""
    key = call.key
    application = key.client_application_id if key else ""
    organizations = call.state.organizations.many("application", application)
    return {
        "organizations": [_brief(o) for o in organizations if key and key.reaches(o)],
        "serverTime": call.now,
    }


def _brief(organization: Organization) -> BriefOrganizationOut:
    return {
        "id": organization.id,
        "externalSourceId": organization.external_source_id,
        "name": organization.name,
        "vat": organization.vat,
        "status": organization.status,
        "address": organization.address,
    }


def get_organization(call: Call) -> OrganizationOut:
    """Get one organization with all its settings."""
    return _object(call, call.organization())


def upsert_organization(call: Call) -> OrganizationOut:
    """Create an organization, or change the fields that are sent of one that exists."""
    existing = call.find_organization()
    if existing is None and call.internal:
        call.organization()
    external_id = call.path.get("externalId")
    if external_id is not None:
        check_external_id(external_id, call.body.external_source_id)
    if existing is not None:
        call.check_reach(existing)
        return _object(call, _update(call, existing))
    return _object(call, _create(call, external_id or ""))


def _object(call: Call, organization: Organization) -> OrganizationOut:
    return organization_object(call.state, organization, call.sandboxes.base_url)


def _update(call: Call, organization: Organization) -> Organization:
    body: OrganizationIn = call.body
    given = body.external_source_id
    if given is not None and given != organization.external_source_id:
        raise InvalidId(
            f"externalSourceId {given!r} is not that of organization {organization.id}."
        )
    _check_vat(call.state, body.vat, organization)
    sent = body.sent("name", "partner_code", "vat")
    _check_class(body.class_name)
    if body.partner_code is not None:
        _check_partner(call, body.partner_code)
    changed = updated(
        organization,
        fields={k: v or None for k, v in sent.items() if v or k == "vat"},
        address=body.address.sent() if body.address else {},
        settings=dict(body.settings or {}),
        details=_details(body),
        now=call.now,
    )
    call.check_reach(changed)
    call.state.put(changed)
    return changed


def _create(call: Call, external_id: str) -> Organization:
    body: OrganizationIn = call.body
    if body.class_name is None:
        raise BadRequest(f"className: required to create an organization; send {CLASS_NAME}.")
    _check_class(body.class_name)
    template = _template(call, (body.settings or {}).get("templateOrganizationId"))
    name, partner_code = _name_and_partner(body, template, external_id)
    _check_partner(call, partner_code)
    _check_vat(call.state, body.vat, None)
    _check_may_create(call, partner_code)
    return _made(call, external_id, name, partner_code, template or bare())


def _made(
    call: Call, external_id: str, name: str, partner_code: str, template: Template
) -> Organization:
    body, new_id, now = call.body, call.state.ids, call.now
    blank = Organization(
        id=new_id(),
        client_application_id=call.key.client_application_id if call.key else "",
        external_source_id=external_id,
        name=name,
        partner_code=partner_code,
        service_id=new_id(),
        invoice_address_id=new_id(),
        date_created=now,
        last_updated=now,
        approval_active=template.approval_active,
        base_currency=template.base_currency,
    )
    parts = copy(template, blank.id, new_id, now)
    organization = updated(
        blank,
        fields={"vat": body.vat or None, "vat_account_id": parts.vat_account_id},
        address=body.address.sent() if body.address else {},
        settings=body.settings or {},
        details=_details(body),
        now=now,
    )
    call.state.put(organization, *parts.parts)
    return organization


def _details(body: OrganizationIn) -> dict[str, Any]:
    return {DETAILS[name]: value for name, value in body.sent(*DETAILS).items()}


def _name_and_partner(
    body: OrganizationIn, template: Template | None, external_id: str
) -> tuple[str, str]:
    """From the body, or else from the template. Source: the two guides disagree on what must be
    sent; that a template stands in for both is chosen."""
    name = body.name or (f"Organization {external_id}" if template else None)
    partner_code = body.partner_code or (template.partner_code if template else None)
    for field, value in (("name", name), ("partnerCode", partner_code)):
        if not value:
            raise BadRequest(
                f"{field}: required to create an organization without a template "
                "(settings.templateOrganizationId)."
            )
    return name or "", partner_code or ""


def _template(call: Call, template_id: object) -> Template | None:
    """The template named: the built-in one, or an organization the key reaches."""
    if template_id is None:
        return None
    if template_id == SWEDISH:
        return swedish()
    organization = call.state.organizations.get(str(template_id))
    key = call.key
    if (
        organization is None
        or key is None
        or organization.client_application_id != key.client_application_id
        or not key.reaches(organization)
    ):
        raise BadRequest(
            f"settings.templateOrganizationId: there is no template {template_id!r}; "
            f"{SWEDISH!r} is built in, and the id of an organization may serve."
        )
    return _as_template(call.state, organization)


def _as_template(state: State, organization: Organization) -> Template:
    tables = (
        state.accounts,
        state.salary_codes,
        state.categories,
        state.payment_types,
        state.dimensions,
        state.values,
        state.recipients,
    )
    return Template(
        id=organization.id,
        name=organization.name,
        partner_code=organization.partner_code,
        vat_account_id=organization.vat_account_id,
        parts=tuple(r for table in tables for r in table.many("organization", organization.id)),
        approval_active=organization.approval_active,
        base_currency=organization.base_currency,
    )


def _check_class(class_name: str | None) -> None:
    if class_name is not None and class_name != CLASS_NAME:
        raise BadRequest(f"className: {CLASS_NAME!r} was expected, got {class_name!r}.")


def _check_partner(call: Call, code: str) -> None:
    if call.state.partners.one("code", code) is None:
        raise BadRequest(f"partnerCode: there is no partner {code!r}.")


def _check_vat(state: State, vat: str | None, own: Organization | None) -> None:
    other = state.organizations.one("vat", vat) if vat else None
    if other is not None and (own is None or other.id != own.id):
        raise DuplicateVat(f"vat: {vat!r} is that of another organization; look it up first.")


def _check_may_create(call: Call, partner_code: str) -> None:
    key = call.key
    narrow = key is not None and (
        key.scope == "organization" or (key.scope == "partner" and key.partner_code != partner_code)
    )
    if key is not None and narrow:
        raise Forbidden(
            f"the API key {key.id!r} has the scope {key.scope} and cannot create an "
            f"organization of partner {partner_code!r}."
        )


def delete_organization(call: Call) -> Done:
    """Delete an organization with all that belongs to it; this cannot be undone."""
    call.state.remove_organization(call.organization())
    return {"result": "success", "description": "Organization deleted"}


def lookup_organization(call: Call) -> LookupFoundOut | LookupFoundElsewhereOut | LookupNotFoundOut:
    """Look an organization up by its VAT number, in any client application."""
    vat = call.query["vat"]
    if not vat:
        raise BadRequest("vat: required, as in ?vat=556123-4567.")
    found = call.state.organizations.one("vat", vat)
    if found is None:
        return {"result": "NOT_FOUND"}
    if call.key is None or found.client_application_id != call.key.client_application_id:
        return {"result": "FOUND_IN_OTHER_CA"}
    return {
        "result": "FOUND",
        "id": found.id,
        "externalSourceId": found.external_source_id,
        "status": found.status,
    }


def get_report_counters(call: Call) -> ReportCountersOut:
    """Count an organization's reports by how far they have come, over all time or some days."""
    organization = call.organization()
    first, last = call.query["fromDate"], call.query["toDate"]
    if first and last and first > last:
        raise BadRequest(f"fromDate {first} is after toDate {last}.")
    counts = dict.fromkeys(COUNTERS, 0)
    for report in call.state.reports.many("organization", organization.id):
        day = report.date_created[:10]
        if (first or day) <= day <= (last or day):
            counts[next(name for name, within in COUNTERS.items() if report.status in within)] += 1
    return {
        "organization": {
            "id": organization.id,
            "externalSourceId": organization.external_source_id,
            "name": organization.name,
        },
        "counts": cast("CountsOut", counts),
    }
