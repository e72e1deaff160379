"""The objects of the admin guide, made from records. Source: admin guide, step 1.

What mockfindity holds no state for is constant. The constants lie in ``data/organization.json``,
every key in the guide's order, with ``null`` where the state is laid over them. They are shared by
all answers: nothing here, and nobody who is given an object, changes one in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import msgspec

from ...domain.accounts import AccountingNumber, SalaryCode, accounting_number
from ...domain.categories import Category, PaymentType
from ...domain.dimensions import DEFAULTS, Dimension, DimensionValue
from ...domain.organizations import Address, Organization
from ...domain.recipients import Recipient
from ...domain.record import merged
from ...state import State

if TYPE_CHECKING:
    from ...shapes.addresses import CountryOut, InvoiceAddressOut, OrganizationAddressOut
    from ...shapes.categories import CategoryOut, PaymentTypeOut
    from ...shapes.dimensions import DimensionListOut, DimensionOut, DimensionValueOut
    from ...shapes.organizations import OrganizationOut
    from ...shapes.recipients import OwnRecipientOut, RecipientOut
    from ...shapes.salary_codes import SalaryCodeOut
    from ...shapes.services import ServiceOut

Object = dict[str, Any]

SUPPORT_ACCESS = timedelta(days=30)
"""How long after its creation Findity's support may look into an organization (admin guide)."""


def _fixed_id(name: str) -> str:
    """The same 32 hex digits for the same name in every sandbox."""
    return blake2b(name.encode(), digest_size=16).hexdigest()


_DESIGN_ICONS = {
    name: _fixed_id(f"design {name}")
    for name in (
        "menuLogoUrl",
        "menuLogoUrl2",
        "logoUrl",
        "favIconUrl",
        "iconUrl",
        "backgroundImageUrl",
    )
}
_CATEGORY_ICONS = {name: _fixed_id(f"category {name}") for name in ("iconUrl", "invertedIconUrl")}

ICON_IDS = frozenset((*_DESIGN_ICONS.values(), *_CATEGORY_ICONS.values()))
"""The ids of the resources that are pictures: whatever ``…Url`` an organization object shows."""


@cache
def _constants() -> dict[str, Object]:
    data = files("mockfindity").joinpath("data/organization.json").read_bytes()
    constants: dict[str, Object] = msgspec.json.decode(data)
    return constants


def _defaults(kind: str, other: Object) -> Object:
    """The constants of one kind of object, with what was stored of them laid over."""
    constants = _constants()[kind]
    return merged(constants, other) if other else constants


@cache
def _icon_urls(base_url: str) -> tuple[Object, Object]:
    """The URLs of an organization's design, and those of a category."""
    design, category = (
        {name: f"{base_url}/api/resources/{icon}" for name, icon in icons.items()}
        for icons in (_DESIGN_ICONS, _CATEGORY_ICONS)
    )
    return design, category


def recipient_object(recipient: Recipient) -> OwnRecipientOut:
    """A recipient as the control API shows it: the guide's keys, and those of our own, among them
    headers that may be secret."""
    return {
        **guide_recipient(recipient),
        "vatType": recipient.vat_type,
        "webhookUrl": recipient.webhook_url,
        "webhookPayload": recipient.webhook_payload,
        "webhookHeaders": recipient.webhook_headers,
    }


def guide_recipient(recipient: Recipient) -> RecipientOut:
    """A recipient with the keys of the admin guide and no others.

    ``originalRecipientName`` follows ``recipientName`` until it is set (chosen).
    """
    name = {"originalRecipientName": recipient.recipient_name}
    shown = _defaults("recipient", name | recipient.other) | {
        "id": recipient.id,
        "dateCreated": recipient.date_created,
        "doDebitAccounting": recipient.do_debit_accounting,
        "doCreditAccounting": recipient.do_credit_accounting,
        "integrationPluginName": recipient.integration_plugin_name,
        "usesSalaryCodes": recipient.uses_salary_codes,
        "sortOrder": recipient.sort_order,
        "verificationListsType": recipient.verification_lists_type,
        "recipientName": recipient.recipient_name,
    }
    return cast("RecipientOut", shown)


def category_object(state: State, category: Category, base_url: str) -> CategoryOut:
    """A category with its account; ``accountingNumber`` is null where that is gone or unmapped,
    while ``accountingNumberId`` still names an account that is gone."""
    account = state.accounts.get(category.account_id) if category.account_id else None
    number = accounting_number(account) if account else None
    icons = _icon_urls(base_url)[1]
    shown = _defaults("category", icons | category.other) | {
        "id": category.id,
        "name": category.name,
        "dateCreated": category.date_created,
        "accountingNumber": number,
        "accountingNumberId": category.account_id,
        "accountingNumbers": [number] if number else [],
        "nonDeductableVat": category.non_deductable_vat,
        "salaryCodeId": category.salary_code_id,
        "taxAccountingNumberId": category.tax_account_id,
    }
    return cast("CategoryOut", shown)


def payment_type_object(payment_type: PaymentType) -> PaymentTypeOut:
    """A payment type; the account is that of credit rows."""
    return {
        "id": payment_type.id,
        "name": payment_type.name,
        "accountingNumberId": payment_type.account_id,
        "ownerEmployeeId": payment_type.owner_employee_id,
        "isDefault": payment_type.is_default,
    }


def salary_code_object(code: SalaryCode) -> SalaryCodeOut:
    """A salary code in the shape of an accounting number, its text also as ``name`` (chosen)."""
    shown = accounting_number(code)
    return {
        "id": shown.id,
        "number": shown.number,
        "name": shown.text,
        "text": shown.text,
        "visible": shown.visible,
        "type": "SALARY_CODE",
    }


def dimension_object(dimension: Dimension) -> DimensionOut:
    """A dimension definition, as step 2 of the guide shows it."""
    return cast("DimensionOut", {"id": dimension.id} | DEFAULTS | dimension.fields)


def value_object(value: DimensionValue) -> DimensionValueOut:
    """A value of a dimension, as step 3 of the guide shows it."""
    return {
        "id": value.value_id,
        "value": value.value,
        "sortOrder": value.sort_order,
        "startDate": value.start_date,
        "endDate": value.end_date,
    }


def _dimension_list(dimension: DimensionOut, values: Iterable[DimensionValue]) -> DimensionListOut:
    """A dimension with its values: an entry of ``customDimensions``, whose shape is chosen."""
    return {
        "id": dimension["id"],
        "externalSourceId": dimension["externalSourceId"],
        "description": dimension["description"],
        "values": [value_object(value) for value in values],
    }


@cache
def _country(code: str) -> CountryOut:
    """A country by its ISO 3166-1 alpha-2 code; one that is not in the table is called by it."""
    known = _constants()["countries"].get(code, {})
    return {
        "id": known.get("id") or _fixed_id(f"country {code}"),
        "iso2": code,
        "iso3": known.get("iso3"),
        "name": known.get("name", code),
        "lastUpdated": "2018-11-20T15:57:43Z",
        "distanceUnit": known.get("distanceUnit", "KM"),
    }


def _address(address: Address) -> OrganizationAddressOut:
    country = _country(address.country_code)
    return {
        "street1": address.street1,
        "street2": address.street2,
        "street3": address.street3,
        "city": address.city,
        "postalCode": address.postal_code,
        "country": country["name"],
        "countryId": country["id"],
        "countryCode": address.country_code,
    }


def _invoice_address(organization: Organization) -> InvoiceAddressOut:
    """The invoice address: only its country is known, that of the address (chosen)."""
    code = organization.address.country_code
    return {
        "id": organization.invoice_address_id,
        "street1": None,
        "postalCode": None,
        "city": None,
        "country": _country(code),
        "countryCode": code,
    }


def _settings(organization: Organization, base_url: str) -> Object:
    constants = _constants()
    design = constants["design"] | _icon_urls(base_url)[0]
    return merged(constants["settings"] | {"design": design}, organization.settings)


def _accounting_numbers(state: State, organization_id: str) -> list[AccountingNumber]:
    accounts = state.accounts.many("organization", organization_id)
    codes = state.salary_codes.many("organization", organization_id)
    return [accounting_number(a) for a in accounts] + [accounting_number(c) for c in codes]


def _recipients(recipients: Sequence[Recipient]) -> Object:
    """What an organization's recipients, as sorted, say of its accounting."""
    lists_type = recipients[0].verification_lists_type if recipients else "REPORT_PER_ACCOUNT"
    return {
        "recipients": [guide_recipient(recipient) for recipient in recipients],
        "usesSalaryCodes": any(recipient.uses_salary_codes for recipient in recipients),
        "reportVerificationListsType": lists_type,
    }


def _dimensions(state: State, dimensions: Sequence[Dimension]) -> Object:
    shown = [dimension_object(dimension) for dimension in dimensions]
    return {
        "customDimensionDefinitions": shown,
        "customDimensions": [
            _dimension_list(dimension, state.values.many("dimension", dimension["id"]))
            for dimension in shown
        ],
        "supportsDimensions": bool(dimensions),
    }


def _service(state: State, organization: Organization, base_url: str) -> ServiceOut:
    """``services[0]``: what the organization has set up for its expenses."""
    own, code = organization.id, organization.address.country_code
    recipients = state.recipients.many("organization", own)
    categories = state.categories.many("organization", own)
    shown = (
        _constants()["service"]
        | _recipients(sorted(recipients, key=lambda recipient: recipient.sort_order))
        | _dimensions(state, state.dimensions.many("organization", own))
        | {
            "id": organization.service_id,
            "expenseBaseCurrency": organization.base_currency,
            "requiresAttestation": organization.approval_active,
            "defaultDistanceUnit": _country(code)["distanceUnit"],
            "taxAccountingNumberId": organization.vat_account_id,
            "accountingNumbers": _accounting_numbers(state, own),
            "categories": [category_object(state, c, base_url) for c in categories],
            "paymentTypes": [
                payment_type_object(p) for p in state.payment_types.many("organization", own)
            ],
            "accountingSettingsId": _fixed_id(f"accounting settings {code}"),
            "accountingSettingsCountryCode": code,
        }
    )
    return cast("ServiceOut", shown)


def _support_access_end(organization: Organization) -> str:
    end = datetime.fromisoformat(organization.date_created) + SUPPORT_ACCESS
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")


def organization_object(state: State, organization: Organization, base_url: str) -> OrganizationOut:
    """The organization with every key of the admin guide, and all that is set up for it.

    Its picture URLs start with ``base_url`` and end in one of ``ICON_IDS``.
    """
    partner = state.partners.one("code", organization.partner_code)
    shown = (
        _constants()["organization"]
        | organization.details
        | {
            "id": organization.id,
            "externalSourceId": organization.external_source_id,
            "lastUpdated": organization.last_updated,
            "dateCreated": organization.date_created,
            "status": organization.status,
            "name": organization.name,
            "vat": organization.vat,
            "address": _address(organization.address),
            "clientApplicationId": organization.client_application_id,
            "invoiceAddress": _invoice_address(organization),
            "supportAccessEndDate": _support_access_end(organization),
            "settings": _settings(organization, base_url),
            "partnerId": partner.id if partner else None,
            "partnerName": partner.name if partner else None,
            "partnerCode": organization.partner_code,
            "services": [_service(state, organization, base_url)],
        }
    )
    return cast("OrganizationOut", shown)
