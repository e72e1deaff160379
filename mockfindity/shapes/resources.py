"""The basis of a voucher, as JSON. Its shape is chosen."""

from __future__ import annotations

from typing import Annotated, TypedDict

from .base import about
from .reports import ExpenseOut
from .vouchers import VoucherOut


class BasisOut(TypedDict):
    """What a voucher was made of."""

    voucher: Annotated[VoucherOut, about("The voucher, as its package has it.")]
    expenses: Annotated[list[ExpenseOut], about("The expenses in it.")]
