"""Clients that break the rules of exports; see ``breaking``."""

from __future__ import annotations

from contextlib import suppress

from breaking import breaks
from reference import GivenUp, Integration, Json


@breaks("EXP-1")
class FetchesOne(Integration):
    """Takes the first export of the list only."""

    def unprocessed(self) -> list[str]:
        return super().unprocessed()[:1]


@breaks("EXP-2")
class ReportsTwo(Integration):
    """Reports two vouchers of a package, however many it has."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        super().acknowledge(export_id, updates[:2])


@breaks("EXP-3")
class ReportsFirst(Integration):
    """Reports an export, by its own id, before it has seen what is in it."""

    def process(self, export_id: str) -> None:
        with suppress(GivenUp):
            self.acknowledge(export_id, [{"id": export_id, "status": "SUCCESS"}])
        super().process(export_id)


@breaks("EXP-4")
class SaysNoNumber(Integration):
    """Reports SUCCESS and nothing else."""

    def booked(self, export_id: str, voucher: Json) -> Json:
        update = super().booked(export_id, voucher)
        update.pop("voucherNumber", None)
        return update


@breaks("EXP-11")
class WantsWork(Integration):
    """Takes an empty list for an error."""

    def unprocessed(self) -> list[str]:
        found = super().unprocessed()
        if not found:
            raise SystemExit("there are no exports")
        return found


@breaks("EXP-12")
class StopsAtOnce(Integration):
    """Lets whatever is wrong with one export end the run."""

    def process(self, export_id: str) -> None:
        try:
            super().process(export_id)
        except GivenUp as problem:
            raise SystemExit(str(problem)) from None


class _WithoutArchive(Integration):
    def archive(self, voucher: Json) -> None:
        """Keep no PDF: of so many that takes its time, and has no part in this."""


@breaks("EXP-14", seen=": it asked for the list from offset 0")
class ReadsOnePage(_WithoutArchive):
    """Takes the first page of the list for all of it."""

    def unprocessed(self) -> list[str]:
        return [export["id"] for export in self.findity.get(self.exports)["data"]]


@breaks("EXP-14-b", seen="it reported 100 vouchers of the export of 500")
class ReportsAHundred(_WithoutArchive):
    """Reports the first hundred vouchers of a package."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        super().acknowledge(export_id, updates[:100])


@breaks("EXP-15")
class KeepsNoPdf(Integration):
    """Archives what a basisUrl gives by itself, which is no PDF."""

    def pdf_url(self, voucher: Json) -> str:
        return str(voucher["basisUrl"])
