"""Resources: the basis of a voucher as JSON or PDF, and the pictures of icons and logos.

Source: connect guide, "append ``?format=pdf``"; the path and the JSON are ``chosen``.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from ...auth import authenticate, bearer
from ...call import Bytes, Call
from ...documents.icon import icon_png
from ...domain.reports import Expense
from ...domain.vouchers import Voucher
from ...errors import ResourceNotFound, Unauthorized
from ...query import Param, one_of
from ..admin.objects import ICON_IDS
from .basis import basis_pdf, expenses_of
from .package import basis_prefix, voucher_object

if TYPE_CHECKING:
    from ...shapes.reports import ExpenseOut
    from ...shapes.resources import BasisOut

FORMAT = (Param("format", one_of("json", "pdf"), "How to give it.", "json"),)


def get_resource(call: Call) -> BasisOut | Bytes | Awaitable[Bytes]:
    """Get the basis of a voucher, as a PDF with ``?format=pdf``; or the picture of an icon."""
    resource_id = call.path["resourceId"]
    if resource_id in ICON_IDS:
        return Bytes(icon_png(), "image/png")
    voucher = _voucher(call, resource_id)
    if call.query["format"] == "pdf":
        return basis_pdf(call.state, voucher)
    expenses = expenses_of(call.state, voucher)
    return {
        "voucher": voucher_object(voucher, basis_prefix(call.sandbox, call.sandboxes.base_url)),
        "expenses": [expense_object(expense) for expense in expenses],
    }


def _voucher(call: Call, resource_id: str) -> Voucher:
    """The voucher whose basis this is, if the caller may see it."""
    token = bearer(call.headers.get("authorization", "").encode("latin-1"))
    name, _, basis_id = resource_id.rpartition(".")
    try:
        call.key = authenticate(call.sandbox, token)
    except Unauthorized:
        return _open_voucher(call, name, basis_id)
    voucher = call.state.vouchers.one("basis", basis_id)
    if voucher is None or name not in ("", call.sandbox.name):
        raise ResourceNotFound(f"there is no resource {resource_id!r}.")
    organization = call.state.organizations.rows[voucher.organization_id]
    if organization.client_application_id != call.key.client_application_id:
        raise ResourceNotFound(f"there is no resource {resource_id!r}.")
    call.check_reach(organization)
    return voucher


def _open_voucher(call: Call, name: str, basis_id: str) -> Voucher:
    """The voucher behind a ``basisUrl`` that needs no token: its sandbox is named in it, or the
    only one of those that ask for none to have it."""
    open_ones = [s for s in call.sandboxes if not s.settings.basis_url_auth]
    found = [
        (sandbox, voucher)
        for sandbox in open_ones
        if name in ("", sandbox.name)
        and (voucher := sandbox.state.vouchers.one("basis", basis_id)) is not None
    ]
    if len(found) != 1:
        raise Unauthorized(
            "a voucher's basis needs a token, unless its sandbox has basisUrlAuth off."
        )
    call.sandbox, voucher = found[0]
    return voucher


def expense_object(expense: Expense) -> ExpenseOut:
    """An expense as the control API shows it; its receipts by name, without their bytes."""
    return {
        "id": expense.id,
        "type": expense.type,
        "categoryId": expense.category_id,
        "paymentTypeId": expense.payment_type_id,
        "description": expense.description,
        "date": expense.date,
        "amount": expense.amount,
        "currency": expense.currency,
        "exchangeRate": expense.exchange_rate,
        "taxAmount": expense.tax_amount,
        "dimensionValues": expense.dimension_values,
        "quantity": expense.quantity,
        "unit": expense.unit,
        "rate": expense.rate,
        "receipts": [
            {
                "fileName": receipt.file_name,
                "contentType": receipt.content_type,
                "size": None if receipt.content is None else len(receipt.content),
            }
            for receipt in expense.receipts
        ],
    }
