"""The organization object: every key of the admin guide, and the real state in it.

``tests/guides/organization.json`` has the keys and the JSON types of the guide's example, with
values of our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mockfindity.api.admin.objects import ICON_IDS, organization_object
from mockfindity.domain.accounts import Account
from mockfindity.domain.dimensions import Dimension, DimensionValue
from mockfindity.domain.organizations import Address, Organization, Partner
from mockfindity.domain.recipients import Recipient
from mockfindity.domain.record import replace
from mockfindity.domain.templates import Template, bare, copy, swedish
from mockfindity.state import State

BASE = "http://127.0.0.1:4655"
GUIDE = Path(__file__).parents[2] / "guides" / "organization.json"


@pytest.fixture
def state() -> State:
    state = State()
    state.put(Partner(id="partner-1", code="partner-se", name="Partner Sverige"))
    return state


def made(state: State, template: Template, **fields: Any) -> Organization:
    """An organization made from ``template``."""
    parts = copy(template, "org-1", state.ids, "2026-01-15T08:00:00Z")
    organization = Organization(
        id="org-1",
        client_application_id="16200214",
        external_source_id="EXT-1",
        name="Acme",
        partner_code="partner-se",
        service_id="service-1",
        invoice_address_id="invoice-1",
        date_created="2026-01-15T08:00:00Z",
        last_updated="2026-02-01T08:00:00Z",
        approval_active=template.approval_active,
        vat_account_id=parts.vat_account_id,
    )
    organization = replace(organization, **fields)
    state.put(organization, *parts.parts)
    return organization


def shown(state: State, organization: Organization) -> dict[str, Any]:
    """The organization object as it arrives."""
    answer: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(organization_object(state, organization, BASE))
    )
    return answer


def service(state: State, organization: Organization) -> dict[str, Any]:
    found: dict[str, Any] = shown(state, organization)["services"][0]
    return found


def missing(wanted: Any, answer: Any, where: str = "") -> Iterator[str]:
    """What ``answer`` lacks of ``wanted``: keys, at any depth, and JSON types."""
    if wanted is None or answer is None:
        return
    if type(wanted) is not type(answer):
        yield f"{where}: {type(wanted).__name__} wanted, {type(answer).__name__} found"
    elif isinstance(wanted, dict):
        yield from (f"{where}.{key}: not there" for key in wanted.keys() - answer.keys())
        for key in wanted.keys() & answer.keys():
            yield from missing(wanted[key], answer[key], f"{where}.{key}")
    elif isinstance(wanted, list) and wanted:
        for index, item in enumerate(answer):
            yield from missing(wanted[0], item, f"{where}[{index}]")


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


@pytest.mark.parametrize("template", [bare(), swedish()], ids=["bare", "swedish"])
def test_it_has_every_key_of_the_guide_with_its_type(state: State, template: Template) -> None:
    guide = json.loads(GUIDE.read_text(encoding="utf-8"))
    assert list(missing(guide, shown(state, made(state, template)))) == []


def test_the_lists_of_the_guide_are_not_empty_here(state: State) -> None:
    found = service(state, made(state, bare()))
    lists = ("recipients", "accountingNumbers", "categories", "paymentTypes", "representationTypes")
    assert {name: len(found[name]) for name in lists} == {
        "recipients": 1,
        "accountingNumbers": 2,
        "categories": 1,
        "paymentTypes": 1,
        "representationTypes": 4,
    }


def test_its_plain_fields_are_those_of_the_organization(state: State) -> None:
    organization = made(state, bare(), vat="556123-4567", details={"phone": "08-1"})
    answer = shown(state, organization)
    names = ("id", "externalSourceId", "name", "vat", "phone", "status", "clientApplicationId")
    assert [answer[name] for name in names] == [
        "org-1",
        "EXT-1",
        "Acme",
        "556123-4567",
        "08-1",
        "NORMAL",
        "16200214",
    ]


def test_it_names_its_partner(state: State) -> None:
    answer = shown(state, made(state, bare()))
    assert [answer["partnerId"], answer["partnerCode"], answer["partnerName"]] == [
        "partner-1",
        "partner-se",
        "Partner Sverige",
    ]


def test_support_may_look_into_it_for_thirty_days(state: State) -> None:
    assert shown(state, made(state, bare()))["supportAccessEndDate"] == "2026-02-14T08:00:00Z"


def test_its_address_names_the_country(state: State) -> None:
    organization = made(state, bare(), address=Address(city="Oslo", country_code="NO"))
    address = shown(state, organization)["address"]
    assert [address["city"], address["country"], address["countryCode"]] == ["Oslo", "Norway", "NO"]


def test_a_country_nobody_knows_is_called_by_its_code(state: State) -> None:
    organization = made(state, bare(), address=Address(country_code="XK"))
    country = shown(state, organization)["invoiceAddress"]["country"]
    assert [country["name"], country["iso2"], len(country["id"])] == ["XK", "XK", 32]


def test_distances_are_in_miles_where_people_drive_in_miles(state: State) -> None:
    organization = made(state, bare(), address=Address(country_code="GB"))
    assert service(state, organization)["defaultDistanceUnit"] == "MI"


def test_settings_are_laid_over_those_of_the_guide(state: State) -> None:
    organization = made(state, bare(), settings={"design": {"logo": "own.png"}, "own": 1})
    settings = shown(state, organization)["settings"]
    assert [settings["own"], settings["design"]["logo"], settings["language"]] == [
        1,
        "own.png",
        "sv_SE",
    ]


def test_settings_of_one_organization_do_not_show_in_another(state: State) -> None:
    shown(state, made(state, bare(), settings={"gettingStarted": {"userStep": {"done": True}}}))
    other = shown(state, made(State(), bare()))
    assert other["settings"]["gettingStarted"]["userStep"]["done"] is False


def test_every_picture_it_names_is_one_that_is_served(state: State) -> None:
    urls = [t for t in texts(shown(state, made(state, swedish()))) if "/api/resources/" in t]
    assert {url.removeprefix(f"{BASE}/api/resources/") for url in urls} == ICON_IDS


def test_a_category_shows_the_account_it_is_booked_on(state: State) -> None:
    (category,) = service(state, made(state, bare()))["categories"]
    assert category["accountingNumber"] == {
        "id": category["accountingNumberId"],
        "number": "100",
        "text": "Expenses",
        "type": "ACCOUNTING_NUMBER",
        "visible": False,
    }


def test_a_category_whose_account_is_gone_still_names_it(state: State) -> None:
    organization = made(state, bare())
    account = state.accounts.one("number", ("org-1", "100"))
    assert isinstance(account, Account)
    state.remove(account)
    (category,) = service(state, organization)["categories"]
    assert [category["accountingNumber"], category["accountingNumberId"]] == [None, account.id]


def test_salary_codes_stand_among_the_accounting_numbers(state: State) -> None:
    numbers = service(state, made(state, swedish()))["accountingNumbers"]
    codes = [number["number"] for number in numbers if number["type"] == "SALARY_CODE"]
    assert codes == ["811", "812", "813", "821", "822"]


def test_recipients_are_sorted_as_reports_visit_them(state: State) -> None:
    organization = made(state, swedish())
    state.put(
        Recipient(id="late", organization_id="org-1", recipient_name="Late", sort_order=9),
        Recipient(id="soon", organization_id="org-1", recipient_name="Soon", sort_order=0),
    )
    names = [r["recipientName"] for r in service(state, organization)["recipients"]]
    assert names == ["Soon", "Bookkeeping", "Late"]


def test_it_uses_salary_codes_where_a_recipient_does(state: State) -> None:
    organization = made(state, bare())
    before = service(state, organization)["usesSalaryCodes"]
    payroll = Recipient(
        id="payroll", organization_id="org-1", recipient_name="Payroll", uses_salary_codes=True
    )
    state.put(payroll)
    assert [before, service(state, organization)["usesSalaryCodes"]] == [False, True]


def test_approval_shows_as_attestation(state: State) -> None:
    organization = made(state, bare(), approval_active=True)
    assert service(state, organization)["requiresAttestation"] is True


def test_its_vat_account_is_that_of_the_state(state: State) -> None:
    found = service(state, made(state, bare()))
    (vat,) = (n["id"] for n in found["accountingNumbers"] if n["number"] == "999")
    assert found["taxAccountingNumberId"] == vat


def test_dimensions_show_with_their_values(state: State) -> None:
    organization = made(state, bare())
    state.put(
        Dimension(id="dim-1", organization_id="org-1", fields={"description": "Project"}),
        DimensionValue(
            id="dim-1/P1", organization_id="org-1", dimension_id="dim-1", value_id="P1", value="One"
        ),
    )
    found = service(state, organization)
    assert found["supportsDimensions"] is True
    assert found["customDimensionDefinitions"][0]["description"] == "Project"
    assert found["customDimensions"][0]["values"] == [
        {"id": "P1", "value": "One", "sortOrder": None, "startDate": None, "endDate": None}
    ]
