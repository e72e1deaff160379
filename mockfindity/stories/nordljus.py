"""Nordljus AB, which makes lamps in Göteborg: how it becomes a customer, and what its people buy.

``nordljus.json`` has what each of the six steps of the admin guide sends, and what is bought in a
week. Anna travels to a customer and brings back a keyboard that she was refunded for; Omar drives
to the ferry and pays in euros; Sofia takes a customer out for dinner. So a week has two reports of
one employee and four in all, values of three dimension fields, VAT of 25, 12 and 6 percent, VAT
that is not deductible, a company card, mileage, a per diem, a refund and a foreign currency.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .company import begin

if TYPE_CHECKING:
    from ..testing.findity import Findity
    from ..testing.organization import Organization
    from ..testing.report import Report

Json = dict[str, Any]

COMPANY: Json = json.loads(Path(__file__).with_name("nordljus.json").read_text("utf-8"))
EXTERNAL_ID: str = COMPANY["organization"]["externalSourceId"]
FORMATS: list[str] = COMPANY["formats"]
FIRST_MONDAY = date(2026, 3, 2)
SET_UP_STEPS = 6


def turn_to(findity: Findity, day: date) -> None:
    """Let it be eight in the morning of a day, and stay so."""
    findity.clock.freeze(f"{day}T08:00:00Z")


def set_up(findity: Findity, tell: Callable[[int, str], None]) -> Organization:
    """Provision the organization in the six steps; each needs the ones before it."""
    begin(findity, EXTERNAL_ID, f"{FIRST_MONDAY}T08:00:00Z")
    base = f"/api/admin/organizations/externalid/{EXTERNAL_ID}/"
    tell(1, "create the organization from the template tmpl-se-001")
    named = COMPANY["organization"]
    company = findity.organization(EXTERNAL_ID, name=named["name"], vat=named["vat"])
    tell(2, "configure dimension fields")
    findity.api("PUT", f"{base}customdimensions/", COMPANY["dimensions"])
    tell(3, "add dimension values")
    for name, values in COMPANY["values"].items():
        findity.api("PUT", f"{base}customdimensions/{name}/list/?clearBeforeUpdate=false", values)
    tell(4, "set up the chart of accounts")
    accounts = f"/api/v1/admin/organizations/{company.id}/accounts"
    for account in COMPANY["accounts"]:
        findity.api("POST", accounts, account)
    tell(5, "add users")
    findity.api("PUT", f"{base}users/?sendInvitationMail=true", COMPANY["users"])
    tell(6, "create the approval structure")
    approvers = f"{base}customdimensions/cost-center/list/approvers/"
    findity.api("PUT", approvers, COMPANY["approvers"])
    return company


def reports_of(monday: date, rng: random.Random) -> list[Json]:
    """What the three of them write in a week: ``nordljus.json`` says for what, ``rng`` how much."""
    euro = 11 + Decimal(rng.randrange(6000)) / 10_000
    return [
        {
            "owner": plan["owner"],
            "name": plan["name"],
            "expenses": [
                expense_of(one, monday, rng, euro) | {"dimensionValues": plan["dimensionValues"]}
                for one in plan["expenses"]
            ],
        }
        for plan in COMPANY["reports"]
    ]


def expense_of(plan: Json, monday: date, rng: random.Random, euro: Decimal) -> Json:
    """An expense with its day and its amount; ``between`` is in money, kilometres or days."""
    low, high = plan["between"]
    expense = {name: plan[name] for name in plan if name not in ("day", "between", "tax")}
    expense["date"] = f"{monday + timedelta(days=plan['day'])}"
    if "rate" in plan:
        return expense | {"quantity": rng.randint(low, high)}
    gross, percent = Decimal(rng.randint(100 * low, 100 * high)) / 100, plan["tax"]
    tax = (gross * percent / (100 + percent)).quantize(Decimal("0.01"))
    if plan.get("currency") == "EUR":
        expense["exchangeRate"] = float(euro)
    return expense | {"amount": float(gross), "taxAmount": float(tax)}


def handed_in(company: Organization, body: Json) -> Report:
    """Write a report and submit it; its ``approvers`` are those whose turn will come."""
    return company.report(body["owner"], body["expenses"], name=body["name"]).submit()


def approved(company: Organization, body: Json) -> Report:
    """Hand a report in, and let everybody approve it whose turn it is."""
    return handed_in(company, body).approve()
