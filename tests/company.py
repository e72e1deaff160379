"""An organization made of records alone, for tests of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mockfindity.domain.dimensions import DimensionUse
from mockfindity.domain.exports import Booking, Desk, send
from mockfindity.domain.organizations import Organization
from mockfindity.domain.recipients import Recipient, api_recipients
from mockfindity.domain.record import replace
from mockfindity.domain.reports import COUNTED_IN, Expense, Report
from mockfindity.domain.slices import whole
from mockfindity.domain.templates import copy, swedish
from mockfindity.domain.users import User
from mockfindity.domain.vouchers import Voucher
from mockfindity.state import State

NOW = "2026-03-31T08:00:00Z"


class Company:
    """The Swedish template's accounts and categories, two users, one API recipient."""

    def __init__(self) -> None:
        self.state = State()
        parts = copy(swedish(), "org", self.state.ids, NOW)
        self.organization = Organization(
            id="org",
            client_application_id="16200214",
            external_source_id="ACME",
            name="Acme AB",
            partner_code="partner-se",
            service_id="service",
            invoice_address_id="address",
            date_created=NOW,
            last_updated=NOW,
            vat_account_id=parts.vat_account_id,
        )
        self.state.put(self.organization, *parts.parts, *map(_user, ("Anna", "Bo")))
        self.recipient = next(r for r in parts.parts if isinstance(r, Recipient))

    def set(self, **changes: Any) -> None:
        """Change the recipient's configuration."""
        self.recipient = replace(self.recipient, **changes)
        self.state.put(self.recipient)

    def category(self, name: str) -> str:
        return next(c.id for c in self.state.categories if c.name == name)

    def payment(self, name: str = "Private outlay") -> str:
        return next(p.id for p in self.state.payment_types if p.name == name)

    def expense(self, category: str, amount: str, tax: str = "0", **more: Any) -> Expense:
        kind = more.pop("type", "RECEIPT")
        fields = {"description": category, "date": "2026-03-02", "currency": "SEK"} | more
        return Expense(
            id=self.state.ids(),
            type=kind,
            category_id=self.category(category),
            payment_type_id=fields.pop("payment", None) or self.payment(),
            amount=Decimal(amount),
            tax_amount=Decimal(tax),
            unit=COUNTED_IN[kind],
            **fields,
        )

    def report(self, *expenses: Expense, owner: str = "Anna", name: str = "Stockholm") -> Report:
        return Report(
            id=self.state.ids(),
            organization_id="org",
            owner_id=owner,
            name=name,
            status="READY_TO_SEND",
            date_created=NOW,
            last_updated=NOW,
            expenses=expenses,
        )

    def stockholm(self) -> Report:
        """The report of the worked numbers: E1 to E5."""
        return self.report(
            self.expense("Travel", "125.00", "7.08", description="Taxi"),
            self.expense("Hotel and meals", "1120.00", "120.00"),
            self.expense("Travel", "53.00", "3.00", description="Taxi"),
            self.expense("Mileage", "300.00", type="MILEAGE", quantity=Decimal(120)),
            self.expense(
                "Entertainment", "40.00", currency="EUR", exchange_rate=Decimal("11.2345")
            ),
        )

    def desk(self) -> Desk:
        bookings: dict[str, Booking] = self.state.bookings.rows
        return Desk(
            organization=self.organization,
            recipients=api_recipients(self.state.recipients),
            chart=self.state.chart(),
            bookings=bookings,
            new_id=self.state.ids,
            now=NOW,
        )

    def vouchers(self, reports: Sequence[Report], list_type: str, **switches: Any) -> list[Voucher]:
        """The vouchers of a bulk send of ``reports`` in that format."""
        self.set(verification_lists_type=list_type, **switches)
        _, change = whole(send(self.desk(), self.recipient, reports))
        return [record for record in change.put if isinstance(record, Voucher)]


def _user(name: str) -> User:
    return User(
        id=name,
        organization_id="org",
        person_id=f"person-{name}",
        first_name=name,
        last_name="Ek",
        date_created=NOW,
        last_updated=NOW,
        external_source_id=name.upper(),
    )


COST_CENTER = DimensionUse(
    dimension_id="cc", dimension_external_source_id="cc", dimension="Cost center", id="1", value="A"
)
