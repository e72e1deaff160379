"""Acknowledgements: what an integration says of an export's vouchers, and what follows.

A voucher that is SUCCESS is final. One that FAILED may still succeed while its export is open and
its expenses are not on their way again. A report moves on when all its vouchers in the export are
final. A webhook that was not delivered takes back what nobody has acknowledged.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..errors import AccountNotMapped, VoucherNotFound, VoucherProcessed
from .exports import (
    Booking,
    Desk,
    Export,
    Leg,
    Status,
    booking_key,
    leg_key,
    make_export,
    next_recipient,
)
from .recipients import Recipient
from .record import Change, replace
from .reports import Report, step
from .slices import whole
from .voucher_rows import Result
from .vouchers import Voucher


class Update(NamedTuple):
    """One voucher's result, as an integration reports it."""

    voucher_id: str
    result: Result


class Progress:
    """An export while updates are applied to it: what has changed so far, in dictionaries.

    It reads through to the state and writes nothing; ``change`` is what there is to write. The
    ``desk`` is only gone to when a report moves on.
    """

    def __init__(
        self,
        desk: Callable[[], Desk],
        now: str,
        export: Export,
        vouchers: Mapping[str, Voucher],
        legs: Mapping[str, Leg],
        reports: Mapping[str, Report],
    ) -> None:
        self.desk, self.now = desk, now
        self.export = export
        self.pending, self.failed = export.pending, export.failed
        self.vouchers: dict[str, Voucher] = {}
        self.legs: dict[str, Leg] = {}
        self.bookings: dict[str, Booking] = {}
        self._all_vouchers, self._all_legs, self._all_reports = vouchers, legs, reports

    def voucher(self, voucher_id: str) -> Voucher:
        found = self.vouchers.get(voucher_id) or self._all_vouchers.get(voucher_id)
        if found is None or found.export_id != self.export.id:
            raise VoucherNotFound(
                f"export {self.export.id} has no voucher {voucher_id!r}: "
                "use the ids of the vouchers in its package."
            )
        return found

    def leg(self, report_id: str) -> Leg:
        key = leg_key(self.export.id, report_id)
        return self.legs.get(key) or self._all_legs[key]

    def report(self, report_id: str) -> Report:
        return self._all_reports[report_id]

    def change(self) -> Change:
        return Change(
            put=(
                self.export,
                *self.vouchers.values(),
                *self.legs.values(),
                *self.bookings.values(),
            )
        )


def acknowledge(progress: Progress, updates: Sequence[Update]) -> Change:
    """Apply an integration's results, and move the reports they decide.

    Raises ``VoucherNotFound`` and ``VoucherProcessed``; none of the updates applies then.
    Source: Process export (facts); repetition and contradiction are chosen.
    """
    touched: dict[str, None] = {}
    for update in updates:
        voucher = progress.voucher(update.voucher_id)
        if _says_something_new(progress, voucher, update.result):
            _note(progress, voucher, update.result)
            touched.update(dict.fromkeys(voucher.report_ids))
    if not touched:
        return Change()
    _settle(progress)
    return progress.change() + _move_on(progress, touched)


def _says_something_new(progress: Progress, voucher: Voucher, result: Result) -> bool:
    """Whether ``result`` changes anything; raises ``VoucherProcessed`` where it must not."""
    before = voucher.result
    if before is None:
        return True
    if before.status == "SUCCESS":
        number = result.voucher_number
        if result.status != "SUCCESS" or (number and number != before.voucher_number):
            raise VoucherProcessed(
                f"voucher {voucher.id} is SUCCESS with voucherNumber {before.voucher_number!r}: "
                "it is booked once and cannot be changed."
            )
        return False
    if result == replace(before, date_created=result.date_created):
        return False
    _check_still_here(progress, voucher)
    return True


def _check_still_here(progress: Progress, voucher: Voucher) -> None:
    """A failed voucher may succeed after all, unless its expenses are on their way again."""
    here = progress.export.status == "TRANSFER"
    for report_id in voucher.report_ids:
        report = progress.report(report_id)
        waits = report.status in ("TRANSFER", "READY_TO_SEND")
        here = here and waits and report.export_id == progress.export.id
    if not here:
        raise VoucherProcessed(
            f"voucher {voucher.id} was reported FAILED and its export is closed or its expenses "
            "were taken back: wait for the export that carries them next."
        )


def _note(progress: Progress, voucher: Voucher, result: Result) -> None:
    """Keep ``result`` on the voucher and its expenses, and count it on the export and legs."""
    first = voucher.result is None
    failed = (result.status == "FAILED") - (not first)
    progress.vouchers[voucher.id] = replace(voucher, result=result)
    export = progress.export
    if first or failed:  # or else it only says why in other words
        progress.pending -= first
        progress.failed += failed
        for report_id in voucher.report_ids:
            leg = progress.leg(report_id)
            pending = leg.pending - first
            progress.legs[leg.id] = replace(leg, pending=pending, failed=leg.failed + failed)
    for expense_id in voucher.expense_record_ids:
        key = booking_key(export.recipient_id, expense_id)
        progress.bookings[key] = Booking(
            id=key,
            organization_id=export.organization_id,
            recipient_id=export.recipient_id,
            expense_id=expense_id,
            result=result,
        )


def _settle(progress: Progress) -> None:
    """The export's status, once every voucher in it is final."""
    status: Status = "TRANSFER"
    if not progress.pending:
        status = "FAILED" if progress.failed else "SENT"
    progress.export = replace(
        progress.export,
        pending=progress.pending,
        failed=progress.failed,
        status=status,
        last_updated=progress.now,
    )


def _move_on(progress: Progress, report_ids: Iterable[str]) -> Change:
    """What becomes of the reports whose vouchers are all final now."""
    decided = []
    for report_id in report_ids:
        leg = progress.leg(report_id)
        if not leg.pending:
            report = progress.report(report_id)
            if not leg.failed or report.status == "TRANSFER":
                decided.append((leg, report))
    return _moved(progress, decided) if decided else Change()


def _moved(progress: Progress, decided: Iterable[tuple[Leg, Report]]) -> Change:
    """The reports moved on: to the administrator, to the end, or to the next recipient."""
    now, desk = progress.now, progress.desk()
    desk = desk._replace(bookings=ChainMap(progress.bookings, desk.bookings))
    moved: list[Report] = []
    waiting: dict[str, list[Report]] = {}
    for leg, report in decided:
        following = next_recipient(report, desk.recipients, desk.bookings)
        if leg.failed:
            moved.append(step(report, "failed", now))
        elif following is None:
            moved.append(step(report, "booked", now, "SENT"))
        else:
            waiting.setdefault(following.id, []).append(report)
    change = Change(put=tuple(moved))
    for recipient in desk.recipients:
        if recipient.id in waiting:
            change += _hand_over(desk, recipient, waiting[recipient.id])
    return change


def _hand_over(desk: Desk, recipient: Recipient, reports: Sequence[Report]) -> Change:
    """Booked reports go on to the next recipient's export at once; where that cannot be made,
    they wait in READY_TO_SEND for the administrator to map what is missing and send again."""
    try:
        moved = [step(report, "booked", desk.now, "TRANSFER") for report in reports]
        return whole(make_export(desk, recipient, moved))[1]
    except AccountNotMapped:
        return Change(put=tuple(step(r, "booked", desk.now, "READY_TO_SEND") for r in reports))


def bounce(progress: Progress) -> Change:
    """Take back what a webhook did not deliver: reports without a final voucher.

    What was acknowledged before the client refused stands; an export of which nothing was
    acknowledged is WITHDRAWN, otherwise it shrinks to the vouchers that stay.
    Source: webhook page (facts): "back to ready to send"; the partial case is chosen.
    """
    export, now = progress.export, progress.now
    legs = [progress.leg(report_id) for report_id in export.report_ids]
    gone = {leg.report_id: leg for leg in legs if leg.pending == leg.vouchers}
    if export.status != "TRANSFER" or not gone:
        return Change()
    reports = [step(progress.report(report_id), "bounced", now) for report_id in gone]
    back = tuple(replace(report, export_id=None) for report in reports)
    if len(gone) == len(legs):
        withdrawn = replace(export, status="WITHDRAWN", last_updated=now)
        return Change(put=(withdrawn, *back))
    return Change(put=back, remove=tuple(gone.values())) + _shrunk(progress, gone)


def _shrunk(progress: Progress, gone: Mapping[str, Leg]) -> Change:
    """The export without the vouchers of the reports that are gone."""
    export = progress.export
    vouchers = [progress.voucher(voucher_id) for voucher_id in export.voucher_ids]
    dropped = tuple(v for v in vouchers if v.report_ids[0] in gone)
    kept = tuple(v.id for v in vouchers if v.report_ids[0] not in gone)
    progress.export = replace(
        export,
        voucher_ids=kept,
        report_ids=tuple(r for r in export.report_ids if r not in gone),
        number_of_vouchers=len(kept),
    )
    progress.pending -= len(dropped)
    _settle(progress)
    return Change(put=(progress.export,), remove=dropped)
