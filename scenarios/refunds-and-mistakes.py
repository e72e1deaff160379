"""Money that comes back, and a hotel entered wrong.

Four things that happen in every company, at Sandgrens Möbler AB in one spring.

**A keyboard goes back.** Elin bought it in March and returned it in April. The refund is an expense
like any other, but negative, VAT and all. In April's voucher every row keeps its side and has a
minus in front; the whole voucher is less than nothing, and balances.

**Bought and returned in one breath.** Karim bought the wrong chair mat, and took it back the same
day. Both stand in one report, which comes to zero. In a format that sums up by account the group
does not vanish: it is there, with 0.00.

**A mistake somebody saw.** Elin typed 25 % VAT on a hotel bill, where it is 12. Her manager rejects
the report. She writes it again, properly; the old one stays REJECTED for ever.

**A mistake nobody saw.** Karim's dinner was entered as 4950.00 and was 495.00. It was approved,
sent and booked. What is booked is not taken back: in May he writes the same amount with a minus,
and the right one beside it, and the ledger is even.

The last export, the one with the correction, is left for you to fetch.
"""

from __future__ import annotations

import random
from typing import Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    booked,
    cost_center,
    country,
    departments,
    expect,
    expect_status,
    founded,
    known,
    on_account,
    ready,
    refused,
    spent,
    sums,
    told,
)

SWEDEN = country("sv_SE")
SALES = cost_center("CC-100")


def play(findity: Findity, tell: Tell, *, seed: int = 0) -> dict[str, Any]:
    begin(findity, "sandgren", "2026-03-31T08:00:00Z")
    company = founded(findity, SWEDEN, "sandgren", name="Sandgrens Möbler AB", vat="556290-7743")
    people = [known("Elin Sandgren", 1), known("Karim Haddad", 2), known("Maria Ek", 3)]
    company.users(*(person.as_user() for person in people))
    departments(company, {"CC-100": "Försäljning"}, {"CC-100": ["MARIA"]})
    company.recipient(format="REPORT_PER_ACCOUNT")
    price = random.Random(f"{seed} refunds-and-mistakes").randrange(499, 1499, 50)
    tell(1, 3, "March: a keyboard, a chair mat there and back, a dinner with a slip of the pen")
    march, figures = in_march(company, price)
    tell(2, 3, "April: the keyboard goes back; a hotel is entered wrong, and entered again")
    findity.clock.freeze("2026-04-30T08:00:00Z")
    april, more = in_april(company, price)
    figures |= more
    tell(3, 3, "May: the dinner is put right")
    findity.clock.freeze("2026-05-29T08:00:00Z")
    may, more = in_may(company)
    vouchers = [v for export in (march, april, may) for v in export.vouchers()]
    keyboard = on_account(vouchers, "6110")
    expect(keyboard == 0.0, f"a keyboard that went back still stands in the books: {keyboard}.")
    return told(company, [march, april, may], **figures, **more)


def in_march(company: Any, price: int) -> tuple[Any, dict[str, Any]]:
    """Three reports, sent and booked; one of them comes to nothing."""
    keyboard = [bill("Clas Ohlson, Tangentbord", "2026-03-10", price, 25, "Office supplies")]
    ready(company, "ELIN", "Mars", keyboard)
    mat = [
        bill(f"Kontorsgiganten, {what}", "2026-03-17", amount, 25, "Office supplies")
        for what, amount in (("Stolsunderlägg", 849), ("Stolsunderlägg, retur", -849))
    ]
    ready(company, "KARIM", "Stolsunderlägg", mat)
    dinner = [bill("Restaurang Åhörnan, Middag", "2026-03-24", 4950, 12, "Hotel and meals")]
    ready(company, "KARIM", "Middag i Örebro", dinner)
    export = company.bulk_send()
    vouchers = export.vouchers()
    zero = next(one for one in vouchers if one["description"] == "Stolsunderlägg")
    rows = [row["amount"] for row in zero["voucherRows"]]
    expect(rows == [0, 0, 0], f"the chair mat there and back is booked as {rows}.")
    booked(export, "M")
    return export, {"march": sums(vouchers)["debit"], "rowsOfZero": len(rows)}


def in_april(company: Any, price: int) -> tuple[Any, dict[str, Any]]:
    """The refund, and a hotel whose VAT was 25 % before somebody looked."""
    back = [bill("Clas Ohlson, Tangentbord, retur", "2026-04-08", -price, 25, "Office supplies")]
    ready(company, "ELIN", "Retur", back)
    stay = ("Elite Hotel Savoy, 1 natt", "2026-04-21", 1680)
    wrong = company.report("ELIN", [bill(*stay, 25, "Hotel and meals")], name="Malmö").submit()
    expect_status("the report with the wrong VAT", wrong.reject().data["status"], "REJECTED")
    ready(company, "ELIN", "Malmö, rättad", [bill(*stay, 12, "Hotel and meals")])
    refused("INVALID_SEND_STATE", lambda: company.bulk_send(reports=[wrong]))
    export = company.bulk_send()
    vouchers = export.vouchers()
    refund = next(one for one in vouchers if one["description"] == "Retur")
    expect(refund["totalDebitAmount"] == -price, "the refund is not as much as the keyboard was.")
    hotel = next(one for one in vouchers if one["description"] == "Malmö, rättad")
    vat = on_account([hotel], "2641")
    expect(vat == 180.0, f"the VAT of the hotel is {vat}, and 12 % of it would be 180.")
    booked(export, "A")
    expect_status("the report with the wrong VAT", wrong.status, "REJECTED")
    return export, {"refund": refund["totalDebitAmount"], "hotelVat": vat}


def in_may(company: Any) -> tuple[Any, dict[str, Any]]:
    """What was booked is taken back with a minus, and the right amount stands beside it."""
    lines = [("Rättelse av mars", -4950), ("Restaurang Åhörnan, Middag", 495)]
    both = [bill(what, "2026-05-05", amount, 12, "Hotel and meals") for what, amount in lines]
    ready(company, "KARIM", "Rättelse, middag i Örebro", both)
    export = company.bulk_send()
    correction = sums(export.vouchers())["debit"]
    expect(correction == -4455.0, f"the correction books {correction}, and -4455 would be right.")
    return export, {"correction": correction}


def bill(what: str, day: str, amount: int, percent: int, category: str) -> dict[str, Any]:
    """A receipt that sales pays for."""
    return {**spent(what, day, amount, percent, category=category), **SALES}
