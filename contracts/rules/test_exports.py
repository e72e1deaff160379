"""Exports: found, downloaded, acknowledged and archived."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mockfindity.kit import MUST, SHOULD, Client, Company, rule, violated
from mockfindity.kit.company import MILEAGE, PEOPLE
from mockfindity.kit.seen import DOWNLOAD, LIST, UPDATE

if TYPE_CHECKING:
    from mockfindity.testing import Export

PAGE = 100
"""Exports that a page of the list holds, where nobody asks for more."""

MANY = 500

ROUNDED = 0.001
"""Seconds by which times in the journal may be off."""


@rule(
    "EXP-1",
    MUST,
    "exports",
    source="connect guide: List unprocessed exports",
    says="The list holds every export that nobody has processed yet.",
    remedy="Go through the whole list, and download each export in it.",
)
def test_it_downloads_every_unprocessed_export(company: Company, client: Client) -> None:
    """It finds and downloads every unprocessed export."""
    exports = [company.sends(), company.sends(), company.sends()]

    client.works()

    company.expect_downloaded(*exports)


@rule(
    "EXP-2",
    MUST,
    "exports",
    source="connect guide: Update the export status",
    says="Each voucher of a package is reported by its id, as SUCCESS or FAILED.",
    remedy="Report every voucher that the package had, with the package's voucher ids.",
)
def test_it_acknowledges_every_voucher(company: Company, client: Client) -> None:
    """It acknowledges every voucher it downloaded, with the package's voucher ids."""
    export = company.sends(reports=3)

    client.works()

    company.expect_booked(export)
    known = {voucher["id"] for voucher in export.vouchers()}
    strange = [a for a in company.seen.acknowledged(export) if a.voucher not in known]
    if strange:
        raise violated(
            f"it reported voucher {strange[0].voucher}, which is not in the package",
            [strange[0].request],
        )


@rule(
    "EXP-3",
    MUST,
    "exports",
    source="connect guide: Update the export status",
    says="The status is reported after the vouchers were processed: what is reported is not sent "
    "again.",
    remedy="Download the package first, book it, and report what became of it then.",
)
def test_it_acknowledges_after_downloading(company: Company, client: Client) -> None:
    """It acknowledges only after downloading."""
    exports = [company.sends(), company.sends()]

    client.works()

    company.expect_booked(*exports)
    for export in exports:
        if company.was_delivered_whole(export):
            continue
        got = min(d["begun"] + d["durationMs"] / 1000 for d in company.seen.downloads(export))
        early = [r for r in company.seen.about(export, UPDATE) if r["begun"] < got - ROUNDED]
        if early:
            raise violated(
                f"it reported export {export.id} before it had its package",
                company.seen.about(export, DOWNLOAD, UPDATE),
            )


@rule(
    "EXP-4",
    SHOULD,
    "exports",
    source="voucher-structure guide: Processing vouchers",
    says="With SUCCESS go the number that the voucher got in your system, and the day of booking.",
    remedy="Send voucherNumber, and bookingDate as ISO 8601, with every SUCCESS.",
)
def test_it_says_number_and_date_of_what_it_booked(company: Company, client: Client) -> None:
    """It sends bookingDate and voucherNumber with SUCCESS."""
    export = company.sends(reports=2)

    client.works()

    company.expect_booked(export)
    said = company.seen.reported(export)
    for word in said:
        for field in ("voucherNumber", "bookingDate"):
            if not word.fields.get(field):
                raise violated(f"it said no {field} of voucher {word.voucher}", [word.request])


@rule(
    "EXP-11",
    MUST,
    "exports",
    source="connect guide: Troubleshooting",
    says="A list without exports says that nothing was sent yet.",
    remedy="Take an empty list for a day without work: write nothing, and end with exit code 0.",
)
def test_an_empty_list_is_no_error(company: Company, client: Client) -> None:
    """An empty list is no error and makes no writes."""
    if client.is_service:
        pytest.skip("a service is told of exports, and need not list them")

    run = client.works()

    lists = company.seen.of(LIST)
    if not any(request["status"] == 200 for request in lists):
        raise violated(f"it did not list the exports{company.obstacle()}", company.seen.all())
    if writes := company.seen.writes():
        raise violated("it wrote to Findity although there was nothing to do", writes)
    if run.failed:
        raise violated(f"it ended with exit code {run.code} where nothing was to be done", lists)


@rule(
    "EXP-12",
    MUST,
    "exports",
    source="connect guide: Troubleshooting",
    says="EXPORT_NOT_FOUND says that the organization has no such export. That one may go which "
    "was listed is chosen here.",
    remedy="Leave an export that is gone alone, and go on with the others.",
)
def test_an_export_that_is_gone_does_not_stop_it(company: Company, client: Client) -> None:
    """An export that is gone (EXPORT_NOT_FOUND) does not stop the others."""
    came_whole = company.configuration.payload == "STANDARD_JSON"
    asked = UPDATE if came_whole else DOWNLOAD
    # The second that it asks for is gone, whichever that is.
    company.has_trouble(asked, status=404, code="EXPORT_NOT_FOUND", skip=1, times=1)
    exports = [company.sends() for _ in range(3)]

    client.works()

    gone = [request for request in company.seen.of(asked) if request["status"] == 404]
    others = [e for e in exports if not gone or e.id not in gone[0]["path"]]
    for export in others:
        if export.status != "SENT":
            raise violated(
                f"it did not book export {export.id} when another one was gone"
                f"{company.refused(export)}",
                [*gone, *company.seen.after(gone[0])] if gone else company.seen.all(),
            )


@rule(
    "EXP-14",
    MUST,
    "exports",
    source="conventions page: lists",
    says="A list has meta.total, which may be more than it holds. That a page has 100, where "
    "nobody asks for more, is chosen here.",
    remedy="Ask for the next page with offset until you have meta.total exports; report all "
    "vouchers of a package, however many.",
)
def test_it_copes_with_many(company: Company, client: Client) -> None:
    """It copes with 500 vouchers in one export, and more exports than one list page holds."""
    company.findity.settings(webhook_failure="keep")
    large = _export_of_many_vouchers(company)
    for _ in range(PAGE):
        company.writes([MILEAGE])  # has no receipt to be drawn
        company.organization.bulk_send()

    client.works(patience=4)

    if large.status != "SENT":
        reported = {said.voucher for said in company.seen.reported(large)}
        raise violated(
            f"it reported {len(reported)} vouchers of the export of {MANY}, which is "
            f"{large.status}{company.refused(large)}",
            [*company.seen.of(LIST), *company.seen.about(large)],
        )
    if left := company.organization.exports("TRANSFER"):
        raise violated(
            f"it left {len(left)} of {PAGE + 1} exports, such as {left[0].id}: it asked for the "
            f"list {_from_where(company)}",
            company.seen.of(LIST),
        )


def _from_where(company: Company) -> str:
    """Which pages of the list were asked for."""
    offsets = [request["query"].get("offset", "0") for request in company.seen.of(LIST)]
    return f"from offset {', '.join(offsets)}" if offsets else "never"


def _export_of_many_vouchers(company: Company) -> Export:
    """One export of 500 vouchers, in a format that the client knows."""
    formats = company.configuration.formats
    if "EXPENSE" in formats:
        return company.sends("EXPENSE", expenses=[MILEAGE] * MANY)
    by_report = [form for form in formats if form.startswith("REPORT")]
    if by_report:
        return company.sends(by_report[0], reports=MANY, expenses=[MILEAGE])
    names = [f"EMP-{number}" for number in range(MANY)]
    company.organization.users(*PEOPLE, *names)
    for name in names:
        company.writes([MILEAGE], name)
    return company.organization.bulk_send(format=formats[0])


@rule(
    "EXP-15",
    SHOULD,
    "archive",
    source="connect guide: PDF receipt archival",
    says="A voucher's basisUrl with ?format=pdf is a PDF with the booking and the receipts.",
    remedy="Get basisUrl + '?format=pdf' of every voucher, and keep it with the bookkeeping.",
)
def test_it_archives_a_pdf_of_every_voucher(company: Company, client: Client) -> None:
    """It archives a PDF per voucher with `?format=pdf`."""
    export = company.sends(reports=2)

    client.works()

    got = {pdf["path"] for pdf in company.seen.pdfs() if pdf["status"] == 200}
    for voucher in export.vouchers():
        if urlsplit(voucher["basisUrl"]).path not in got:
            raise violated(
                f"it did not get the PDF of voucher {voucher['id']}",
                company.seen.of("getResource") or company.seen.about(export),
            )
