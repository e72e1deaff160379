"""A voucher to print, and what a reader finds in the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from mockfindity.documents.basis import Basis, BasisRow, render_pdf


@pytest.fixture
def row() -> Callable[..., BasisRow]:
    """Makes a row; what is not given is a taxi in debit."""

    def make(**changes: Any) -> BasisRow:
        usual: dict[str, Any] = {
            "side": "DEBIT",
            "account": "5800",
            "text": "Resekostnader",
            "description": "Taxi Arlanda",
            "dimensions": "Cost center: 100",
            "amount": Decimal("1234.50"),
            "tax": Decimal("246.90"),
        }
        return BasisRow(**{**usual, **changes})

    return make


@pytest.fixture
def voucher() -> Callable[..., Basis]:
    """Makes a basis; what is not given is a voucher without rows and receipts."""

    def make(**changes: Any) -> Basis:
        usual: dict[str, Any] = {
            "organization": "Åkerlunds Bygg AB",
            "vat": "SE556677889901",
            "voucher_id": "voucher-1",
            "format": "REPORT_PER_EXPENSE",
            "owner": "Anna Åkerlund",
            "description": "Resa till Göteborg",
            "date": "2024-03-05",
            "booking_date": "2024-03-31",
            "currency": "SEK",
            "total_debit": Decimal("1234.50"),
            "total_credit": Decimal("1234.50"),
            "rows": (),
            "receipts": (),
        }
        return Basis(**{**usual, **changes})

    return make


@pytest.fixture
def read() -> Callable[[Basis], PdfReader]:
    """Renders a basis and opens it as a reader of PDF would."""
    return lambda basis: PdfReader(io.BytesIO(render_pdf(basis)), strict=True)


@pytest.fixture
def text(read: Callable[[Basis], PdfReader]) -> Callable[[Basis], str]:
    """Renders a basis and gives the text of all its pages."""
    return lambda basis: "\n".join(page.extract_text() for page in read(basis).pages)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Makes a picture file: `picture("JPEG", "RGB", (40, 30))`."""

    def make(kind: str, mode: str, size: tuple[int, int], **options: Any) -> bytes:
        file = io.BytesIO()
        Image.new(mode, size).save(file, kind, **options)
        return file.getvalue()

    return make
