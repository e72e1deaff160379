"""Previews: what an export would be in another of the eight formats. Nothing of one is kept.

It is made of the expenses that the export's vouchers carry, by the recipient as it was at the send
and the accounts as they are now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from .exports import Desk, Export
from .money import total
from .recipients import ListType
from .record import NewId, replace
from .reports import Report
from .vouchers import FORMATS, Batch, Line, Maker, Voucher, batches, make_voucher


class Totals(NamedTuple):
    """The sums of an export's two sides, in the base currency; ``None`` of a side it lacks."""

    debit: Decimal | None
    credit: Decimal | None


class Preview(NamedTuple):
    """An export in another format, a voucher at a time: making one costs what it holds.

    ``ids_at`` gives the ids of the voucher of a place, so that they are the same whichever of the
    vouchers are looked at.
    """

    maker: Maker
    export: Export
    lines: list[Line]
    batches: list[Batch]
    ids_at: Callable[[int], NewId]

    def voucher(self, place: int) -> Voucher:
        """The voucher of a place, from 0. Raises ``AccountNotMapped`` where an account is gone."""
        maker = self.maker._replace(new_id=self.ids_at(place))
        return make_voucher(maker, self.batches[place], self.export.id, self.export.date_created)

    @property
    def totals(self) -> Totals:
        """What each side of all the vouchers comes to: the expenses, tax included."""
        recipient = self.maker.recipient
        gross = total(line.expense.gross for line in self.lines)
        accounting = FORMATS[recipient.verification_lists_type].accounting
        debit = recipient.do_debit_accounting or not accounting
        credit = recipient.do_credit_accounting and accounting
        return Totals(gross if debit else None, gross if credit else None)


def preview(
    desk: Desk,
    export: Export,
    list_type: ListType,
    lines: list[Line],
    ids_at: Callable[[int], NewId],
) -> Preview:
    """``export``, which carries ``lines``, as ``list_type`` would have it."""
    recipient = replace(export.recipient, verification_lists_type=list_type)
    maker = Maker(desk.organization, recipient, desk.chart, desk.new_id)
    return Preview(maker, export, lines, batches(maker, lines), ids_at)


def carried(
    export: Export, vouchers: Mapping[str, Voucher], reports: Mapping[str, Report]
) -> list[Line]:
    """The expenses in an export's vouchers, in the order in which they were sent."""
    ids = {
        expense_id
        for voucher_id in export.voucher_ids
        for expense_id in vouchers[voucher_id].expense_record_ids
    }
    of_export = (reports[report_id] for report_id in export.report_ids)
    return [Line(report, e) for report in of_export for e in report.expenses if e.id in ids]


def totals_of(vouchers: list[Voucher]) -> Totals:
    """The sums of the vouchers that were made."""
    return Totals(
        _sum([voucher.total_debit_amount for voucher in vouchers]),
        _sum([voucher.total_credit_amount for voucher in vouchers]),
    )


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    given = [amount for amount in amounts if amount is not None]
    return total(given) if given else None
