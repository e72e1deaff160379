"""The voucher package: what an export's ``/export`` answers, and what STANDARD_JSON carries.

Source: voucher-structure guide; ``persons`` is ``chosen``, a list to look owners up in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ...call import Large, Same
from ...domain.exports import Export
from ...domain.vouchers import Voucher
from ...jsons import encode
from ...sandbox import Sandbox

if TYPE_CHECKING:
    from ...shapes.vouchers import PackageOrganization, PackageOut, VoucherOut


def basis_prefix(sandbox: Sandbox, base_url: str) -> str:
    """What every ``basisUrl`` begins with. Where no token is asked for, the name of the sandbox
    leads to it: sandboxes of one seed give the same ids."""
    name = "" if sandbox.settings.basis_url_auth else f"{sandbox.name}."
    return f"{base_url}/api/resources/{name}"


def package(sandbox: Sandbox, export: Export, base_url: str) -> PackageOut:
    """The whole package of an export; the same every time it is asked for."""
    basis = basis_prefix(sandbox, base_url)
    vouchers = _vouchers(sandbox, export)
    return _frame(export, [voucher_object(voucher, basis) for voucher in vouchers])


def large_package(sandbox: Sandbox, export: Export, base_url: str) -> Large[PackageOut]:
    """The package of an export, which may be made piece by piece. What vouchers say of themselves
    was fixed at the send, so that which they are tells what it is made of."""
    basis = basis_prefix(sandbox, base_url)
    return Large(
        (Same(export.voucher_ids), export.id, basis),
        lambda: package(sandbox, export, base_url),
        partial(_pieces, export, _vouchers(sandbox, export), basis),
    )


def _pieces(export: Export, vouchers: Sequence[Voucher], basis: str) -> Iterator[bytes]:
    """The package as JSON, a voucher at a time."""
    yield encode(_frame(export, []))[:-2]
    for number, voucher in enumerate(vouchers):
        text = encode(voucher_object(voucher, basis))
        yield b"," + text if number else text
    yield b"]}"


def _vouchers(sandbox: Sandbox, export: Export) -> list[Voucher]:
    rows = sandbox.state.vouchers.rows
    return [rows[voucher_id] for voucher_id in export.voucher_ids]


def _frame(export: Export, vouchers: list[VoucherOut]) -> PackageOut:
    return {
        "organizations": [_organization(export)],
        "persons": export.persons,
        "vouchers": vouchers,
    }


def _organization(export: Export) -> PackageOrganization:
    recipient, sender = export.recipient, export.sender
    return {
        "id": sender.id,
        "externalSourceId": sender.external_source_id,
        "name": sender.name,
        "vat": sender.vat,
        "recipients": [
            {
                "id": recipient.id,
                "verificationListsType": recipient.verification_lists_type,
                "pluginName": recipient.integration_plugin_name,
                "recipientName": recipient.recipient_name,
                "doDebitAccounting": recipient.do_debit_accounting,
                "doCreditAccounting": recipient.do_credit_accounting,
            }
        ],
    }


def voucher_object(voucher: Voucher, basis: str) -> VoucherOut:
    """One voucher with every field of the guide, null where it does not apply.

    ``basis`` is what ``basisUrl`` begins with.
    """
    return {
        "id": voucher.id,
        "listType": voucher.list_type,
        "ownerId": voucher.owner_id,
        "organizationId": voucher.organization_id,
        "organizationName": voucher.organization_name,
        "expenseReportId": voucher.expense_report_id,
        "expenseRecordIds": voucher.expense_record_ids,
        "description": voucher.description,
        "date": voucher.date,
        "bookingDate": voucher.booking_date,
        "totalDebitAmount": voucher.total_debit_amount,
        "totalCreditAmount": voucher.total_credit_amount,
        "vatType": voucher.vat_type,
        "recipientId": voucher.recipient_id,
        "recipientName": voucher.recipient_name,
        "basisUrl": f"{basis}{voucher.basis_id}",
        "voucherRows": voucher.voucher_rows,
        "integrationModuleResult": voucher.integration_module_result,
    }
