"""A company becomes a customer: its organization, ready for the first expense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mockfindity import FindityError

from ..scenario_files import not_here
from .countries import Country

if TYPE_CHECKING:
    from ..testing.findity import Findity
    from ..testing.organization import Organization


def begin(findity: Findity, external_id: str, at: str) -> None:
    """Freeze the clock. Raises ``StoryError`` if the story was played in this sandbox before."""
    not_here(findity, external_id)
    findity.clock.freeze(at)


def founded(findity: Findity, country: Country, external_id: str, **fields: Any) -> Organization:
    """The organization of a company: currency, accounts, categories and payment types of its
    country, an API recipient, and approval switched on.

    ``fields`` are those of the organizations guide; the name and the VAT number are the
    country's company's unless they are given.
    """
    fields = {"name": country.company, "vat": country.vat} | fields
    if country.template is not None:
        company = findity.organization(external_id, template=country.template, **fields)
    else:
        partner(findity, country)
        company = findity.organization(
            external_id, template=None, partner_code=country.partner, **fields
        )
        _open_books(company, country)
    company.settings(base_currency=country.currency, approval_active=True)
    company.recipient(recipient_name="Bookkeeping")
    return company


def partner(findity: Findity, country: Country) -> None:
    """See to it that there is a partner in the country."""
    body = {"code": country.partner, "name": f"Partner {country.code}"}
    try:
        findity.control("POST", "/partners", body)
    except FindityError as refusal:
        if refusal.status != 409:
            raise


def _open_books(company: Organization, country: Country) -> None:
    """The chart of accounts, and what is mapped to it."""
    named = (*country.chart.values(), country.vat_account, country.outlay, country.card)
    accounts = company.accounts(dict(named))
    for name, (number, _) in country.chart.items():
        company.category(name, account=number, non_deductable_vat=name in country.blocked)
    company.payment_type("Private outlay", account=country.outlay[0], is_default=True)
    company.payment_type("Company card", account=country.card[0])
    company.settings(vat_account_id=accounts[country.vat_account[0]]["id"])


def departments(
    company: Organization, names: Mapping[str, str], heads: Mapping[str, Sequence[str]]
) -> None:
    """Cost centers by id, ``{"CC-1": "Sales"}``, and who approves what is bought for each."""
    company.dimension("cost-center", names)
    company.approvers("cost-center", heads)


def cost_center(value: str) -> dict[str, Any]:
    """What an expense says of its cost center."""
    return {"dimensionValues": [{"dimension": "cost-center", "value": value}]}
