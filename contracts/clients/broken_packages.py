"""Clients that break the rules of packages; see ``breaking``."""

from __future__ import annotations

from breaking import breaks
from reference import Integration, Json

FIRST_GUIDE = {
    *("REPORT_PER_EXPENSE", "REPORT_PER_ACCOUNT", "USER_PER_EXPENSE", "EXPENSE"),
    "REPORT_PER_REPORT_PAID",
}
UNITS = {"PCS": "pieces", "KM": "kilometres", "MI": "miles", "DAYS": "days"}


@breaks("EXP-8")
class KnowsFiveFormats(Integration):
    """Knows the formats that are in the table of the first guide, and no other."""

    def booked(self, export_id: str, voucher: Json) -> Json:
        if voucher["listType"] not in FIRST_GUIDE:
            raise SystemExit(f"what is {voucher['listType']}?")
        return super().booked(export_id, voucher)


@breaks("EXP-9")
class WantsBothTotals(Integration):
    """Sees that vouchers with accounts balance, and counts on both totals for it."""

    def booked(self, export_id: str, voucher: Json) -> Json:
        if any(row["accountingNumber"] for row in voucher["voucherRows"]):
            left = round(voucher["totalDebitAmount"] - voucher["totalCreditAmount"], 2)
            if left:
                raise SystemExit(f"{left} is left")
        return super().booked(export_id, voucher)


@breaks("EXP-10")
class KnowsFourUnits(Integration):
    """Has a word for the four units it has seen, and none for others."""

    def booked(self, export_id: str, voucher: Json) -> Json:
        for row in voucher["voucherRows"]:
            row["description"] += f" ({UNITS[row['unit']]})"
        return super().booked(export_id, voucher)
