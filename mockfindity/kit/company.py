"""The company that a client works for: what its people do, and what is expected of the client."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .erp import Erp
from .hooks import Hooks
from .refusal import first_refusal, last_refusal
from .seen import DOWNLOAD, UPDATE, Seen
from .violation import violated

if TYPE_CHECKING:
    from ..testing.export import Export
    from ..testing.findity import Findity
    from .client import Client
    from .configuration import Configuration

PEOPLE = ("ANNA", "OMAR", "SOFIA")

TAXI = {"category": "Travel", "description": "Taxi", "amount": 125.00, "taxAmount": 7.08}
HOTEL = {
    "category": "Hotel and meals",
    "description": "Hotel",
    "amount": 1120.0,
    "taxAmount": 120.0,
}
MILEAGE = {"type": "MILEAGE", "category": "Mileage", "quantity": 120, "rate": 2.5, "unit": "KM"}
EXPENSES: tuple[dict[str, Any], ...] = (TAXI, HOTEL, MILEAGE)


class Company(Erp):
    """An organization made from the Swedish template, with three employees.

    ``findity`` is its sandbox, ``seen`` what the client was seen to do in it. Where the client is
    a service, the API recipient sends it webhooks; they are ``hooks``.
    """

    def __init__(self, findity: Findity, configuration: Configuration) -> None:
        self.findity, self.configuration = findity, configuration
        self.seen = Seen(findity)
        self.organization = findity.here
        self.client: Client | None = None
        self.hooks = Hooks(self)
        self._written = 0

    @classmethod
    def founded(cls, findity: Findity, configuration: Configuration) -> Company:
        """A company in an empty sandbox."""
        organization = findity.organization("KIT-AB", name="Kit AB", vat="556000-4615")
        organization.settings(approval_active=False)
        organization.users(*PEOPLE)
        return cls(findity, configuration)

    def hires(self, client: Client) -> None:
        """Let this client do the bookkeeping: where it is a service it is sent webhooks."""
        self.client, client.company = client, self
        if client.webhook_url is not None:
            self.organization.recipient(
                webhook_url=client.webhook_url,
                webhook_payload=self.configuration.payload,
                webhook_headers=self.configuration.webhook_headers,
            )
            client.start()

    # ---- what its people do -------------------------------------------------------------------

    def writes(self, expenses: Sequence[dict[str, Any]] = EXPENSES, owner: str = "ANNA") -> None:
        """A report is written and ready to be sent."""
        self._written += 1
        day = str(self.findity.clock.now)[:10]
        dated = [{"date": day} | expense for expense in expenses]
        self.organization.report(owner, dated, name=f"Expenses {self._written}").submit()

    def sends(
        self,
        format: str | None = None,
        *,
        reports: int = 1,
        expenses: Sequence[dict[str, Any]] = EXPENSES,
    ) -> Export:
        """Reports are written, one by each employee in turn, and sent; the export that is made.

        ``format`` is the first that the client declares, if none is named.
        """
        for number in range(reports):
            self.writes(expenses, PEOPLE[number % len(PEOPLE)])
        return self.organization.bulk_send(format=format or self.configuration.formats[0])

    def has_trouble(self, operation: str, **fault: Any) -> None:
        """From now on requests of an operation go wrong; see ``Faults.add``. What a service then
        answers its webhook takes no export back."""
        self.findity.settings(webhook_failure="keep")
        self.findity.faults.add(operation, **fault)

    def formats(self, *, accounting: bool) -> list[str]:
        """The formats that the client declares, those with accounts or those without."""
        declared = self.configuration.formats
        return [one for one in declared if one.endswith("_PAID") is not accounting]

    # ---- what is expected of the client --------------------------------------------------------

    def expect_activity(self) -> None:
        """Raise ``Violation`` where the client never came to Findity."""
        if not self.seen.all():
            raise violated("it made no request at all")

    def expect_downloaded(self, *exports: Export) -> None:
        """Raise ``Violation`` for an export whose package the client never got."""
        for export in exports:
            if not self.has_delivered(export):
                raise violated(
                    f"it did not download the package of export {export.id}{self.obstacle()}",
                    self.seen.all(),
                )

    def has_delivered(self, export: Export) -> bool:
        """Whether the client was given the package of an export."""
        return self.was_delivered_whole(export) or bool(self.seen.downloads(export))

    def was_delivered_whole(self, export: Export) -> bool:
        """Whether a webhook that counted carried the whole package."""
        return any(
            delivery["exportId"] == export.id
            and delivery["request"]["payload"] == "STANDARD_JSON"
            and delivery["status"] in ("DELIVERED", "COLLECTED")
            for delivery in self.findity.webhooks.all()
        )

    def expect_booked(self, *exports: Export) -> None:
        """Raise ``Violation`` for an export that is not acknowledged whole, all of it SUCCESS."""
        for export in exports:
            status = export.status
            if status != "SENT":
                said = {a.voucher: a.status for a in self.seen.reported(export)}
                raise violated(
                    f"export {export.id} is {status}: of its {len(export.vouchers())} vouchers it "
                    f"reported {len(said)}, {list(said.values()).count('SUCCESS')} of them SUCCESS"
                    f"{self.refused(export)}",
                    self.seen.about(export) or self.seen.all(),
                )

    def refused(self, export: Export) -> str:
        """How a sentence ends on what was reported of an export: with how that was refused, or what
        stood in the way of it; empty where nothing did."""
        updates = self.seen.about(export, UPDATE)
        if not updates:
            return self.obstacle()
        found = last_refusal(updates)
        return f", and was refused: {found.answer}" if found else ""

    def obstacle(self) -> str:
        """How a sentence ends on what the client did not do: with the first request of all that was
        refused, without a fault; empty where none was."""
        found = first_refusal(self.seen.all())
        return f"; {found.asked} was answered {found.answer}" if found else ""

    def expect_booked_once(self, *exports: Export) -> None:
        """Raise ``Violation`` unless each export is booked, and each voucher under one number."""
        self.expect_booked(*exports)
        for export in exports:
            numbers: dict[str, set[str]] = {}
            for said in self.seen.acknowledged(export):
                if said.status == "SUCCESS":
                    numbers.setdefault(said.voucher, set()).add(
                        str(said.fields.get("voucherNumber"))
                    )
            for voucher, given in numbers.items():
                if len(given) > 1:
                    raise violated(
                        f"it booked voucher {voucher} {len(given)} times, as "
                        f"{' and '.join(sorted(given))}",
                        self.seen.about(export),
                    )
        self.expect_no_row_booked_twice()

    def expect_no_row_booked_twice(self) -> None:
        """Raise ``Violation`` for a row that stands in the bookings file twice."""
        rows = [(b.get("voucherId"), b.get("rowId")) for b in self.bookings()]
        twice = [row for row in rows if None not in row and rows.count(row) > 1]
        if twice:
            raise violated(
                f"its bookings file has row {twice[0][1]} of voucher {twice[0][0]} "
                f"{rows.count(twice[0])} times",
                self.seen.of(DOWNLOAD),
            )

    def bookings(self) -> list[dict[str, Any]]:
        """What the client wrote into its bookings file, numbers as decimals.

        Raises ``Violation`` for a line that is no JSON object, or whose amounts are no numbers.
        """
        path = self.client.connection.bookings if self.client else None
        if path is None or not path.exists():
            return []
        found = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                entry = json.loads(line, parse_float=Decimal, parse_int=Decimal)
            except ValueError:
                entry = None
            if not isinstance(entry, dict):
                raise violated(f"line {number} of its bookings file is no JSON object: {line[:80]}")
            for side in ("debit", "credit"):
                if not isinstance(entry.get(side), Decimal | None):
                    raise violated(f"line {number} of its bookings file: {side} is no number")
            found.append(entry)
        return found

    def vouchers(self, *exports: Export) -> list[dict[str, Any]]:
        """The vouchers of these exports."""
        return [voucher for export in exports for voucher in export.vouchers()]
