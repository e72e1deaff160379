"""Clients that break the rules of bookings; see ``breaking``."""

from __future__ import annotations

from typing import Any

import httpx2
from breaking import breaks
from reference import Books, Findity, Integration, Json


class _Forgetful(Books):
    def book(self, export_id: str, voucher: Json) -> str:
        if voucher["id"] in self.numbers:
            self.numbers[f"before: {voucher['id']}"] = self.numbers.pop(voucher["id"])
        return super().book(export_id, voucher)


@breaks("EXP-5")
class BooksAgain(Integration):
    """Books an export anew whenever it sees it."""

    books_kind = _Forgetful


class _Despairing(Findity):
    def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
        answer, wrong = super().ask(method, path, body)
        if answer is None and method == "PUT":
            for update in body["voucherUpdates"]:
                update |= {"status": "FAILED", "errorText": wrong}
        return answer, wrong


@breaks("EXP-6")
class TakesSilenceForFailure(Integration):
    """Reports FAILED where no answer came to SUCCESS."""

    findity_kind = _Despairing


@breaks("EXP-7")
class TrustsItsBooks(Integration):
    """Takes what stands in its books for done, whether it was reported or not."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        if not self.known.issuperset(update["id"] for update in updates):
            super().acknowledge(export_id, updates)

    def process(self, export_id: str) -> None:
        self.known = set(self.books.numbers)
        super().process(export_id)


@breaks("EXP-13", seen="it reported FAILED without an errorText")
class FailsWithoutAWord(Integration):
    """Reports FAILED, and not why."""

    def booked(self, export_id: str, voucher: Json) -> Json:
        update = super().booked(export_id, voucher)
        update.pop("errorText", None)
        return update


class _Gross(Books):
    def amount(self, row: Json) -> float:
        gross: float = row["amountIncludingTax"]
        return gross


@breaks("EXP-16")
class BooksTaxTwice(Integration):
    """Books every row with its tax, which has rows of its own."""

    books_kind = _Gross
