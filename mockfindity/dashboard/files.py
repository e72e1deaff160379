"""Files that belong to exports: a voucher's PDF, its receipts, and what a client attached.

What a client sent is not to be trusted: it is given as what mockfindity knows it to be or is saved,
it runs nothing, and only this server's own pages may frame it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import cast

from ..call import Bytes, Call
from .visit import Visit

FRAMED = "frame-ancestors 'self'"
HEADERS = (
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
)


async def get_basis_file(call: Call) -> Bytes:
    """See the basis of a voucher as a PDF."""
    asked = Visit(call).control("vouchers", call.path["voucherId"], "pdf")
    found = await cast(Awaitable[Bytes], asked)
    # A stricter policy would keep the browser's own viewer from showing it.
    return _safe(found, found.media_type, FRAMED)


def get_receipt_file(call: Call) -> Bytes:
    """See a receipt of a voucher."""
    path = ("vouchers", call.path["voucherId"], "receipts", call.path["receipt"])
    found: Bytes = Visit(call).control(*path)
    return _safe(found, found.media_type, f"default-src 'none'; {FRAMED}")


def get_content_file(call: Call) -> Bytes:
    """Save what was attached to an export."""
    visit, export_id = Visit(call), call.path["exportId"]
    organization = visit.control("exports", export_id)["organizationId"]
    path = ("connect", "organizations", organization, "exports", export_id, "content")
    found: Bytes = visit.findity(*path)
    return _safe(found, "application/octet-stream", f"default-src 'none'; {FRAMED}; sandbox")


def _safe(found: Bytes, media_type: str, policy: str) -> Bytes:
    headers = (*found.headers, *HEADERS, ("content-security-policy", policy))
    return Bytes(found.data, media_type, headers)
