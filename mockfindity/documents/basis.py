"""The basis of a voucher as a PDF. Findity documents that there is one, not what is on it: chosen.

Importing this module is cheap; reportlab and Pillow are loaded by the first call of `render_pdf`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Basis", "BasisRow", "Receipt", "render_pdf"]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One row of a voucher. Source: chosen.

    `side` is `DEBIT` or `CREDIT`; `account` a number such as `5800`, or empty; `text` the name
    of the account; `amount` and `tax` are in the currency of the voucher.
    """

    side: str
    account: str
    text: str
    description: str
    dimensions: str
    amount: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt under its title. `content` is a file of type `image/png` or `image/jpeg`.

    Anything else, and a picture that cannot be read, is listed by its title with a note.
    Source: chosen.
    """

    title: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Basis:
    """All that is printed about one voucher. Source: chosen.

    Dates are printed as given. `currency` is an ISO 4217 code. The totals are in that currency;
    `None` is printed as a dash.
    """

    organization: str
    vat: str
    voucher_id: str
    format: str
    owner: str
    description: str
    date: str
    booking_date: str
    currency: str
    total_debit: Decimal | None
    total_credit: Decimal | None
    rows: Sequence[BasisRow]
    receipts: Sequence[Receipt]


def render_pdf(basis: Basis) -> bytes:
    """The basis as a PDF on A4: facts, booking table, receipts. Source: chosen.

    Equal input gives equal bytes, with equal versions of reportlab and Pillow. Any text is
    accepted: what no bundled font can draw shows as U+FFFD. Raises nothing for bad pictures.
    Safe to call from any thread.
    """
    # Imported here so that a server that never prints anything never loads reportlab.
    from mockfindity.documents import layout, pictures, press, typeface

    shown = [pictures.read(each.content, each.content_type) for each in basis.receipts]
    with typeface.LOCK:
        return press.print_pages(layout.lay_out(basis, shown), layout.title(basis))
