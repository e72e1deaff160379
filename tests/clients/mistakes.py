"""Never run: mistakes that a type checker finds. It is told to expect each, and complains if there
is none, as there would be if a type were not known."""

from findity.admin.models import OrganizationIn
from findity.connect.models import Voucher, VoucherStatus, VoucherUpdate
from findity.control.models import ExpenseIn


def mistakes(voucher: Voucher) -> list[object]:
    return [
        VoucherUpdate(id=1, status=VoucherStatus.SUCCESS),  # type: ignore[arg-type]
        VoucherUpdate(id="1", status="DONE"),  # type: ignore[arg-type]
        VoucherUpdate(id="1", status=VoucherStatus.SUCCESS, number=1),  # type: ignore[call-arg]
        OrganizationIn(settings={"templateOrganizationId": "x"}),  # type: ignore[arg-type]
        ExpenseIn(category="Travel", date="2026-03-02"),  # type: ignore[arg-type]
        voucher.total_debit_amount + 1,  # type: ignore[operator]
        voucher.voucher_rows[0].account_number,  # type: ignore[attr-defined]
    ]
