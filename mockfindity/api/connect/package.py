"""The voucher package: what an export's ``/export`` answers, and what STANDARD_JSON carries.

Source: voucher-structure guide; ``persons`` is ``chosen``, a list to look owners up in.
"""

from __future__ import annotations

from typing import Any

from ...domain.exports import Export
from ...domain.vouchers import Voucher
from ...state import State


def package(state: State, export: Export, base_url: str) -> dict[str, Any]:
    """The whole package of an export; the same every time it is asked for."""
    vouchers = [state.vouchers.rows[voucher_id] for voucher_id in export.voucher_ids]
    return {
        "organizations": [_organization(export)],
        "persons": export.persons,
        "vouchers": [voucher_object(voucher, base_url) for voucher in vouchers],
    }


def _organization(export: Export) -> dict[str, Any]:
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


def basis_url(voucher: Voucher, base_url: str) -> str:
    return f"{base_url}/api/resources/{voucher.basis_id}"


def voucher_object(voucher: Voucher, base_url: str) -> dict[str, Any]:
    """One voucher with every field of the guide, null where it does not apply."""
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
        "basisUrl": basis_url(voucher, base_url),
        "voucherRows": voucher.voucher_rows,
        "integrationModuleResult": voucher.integration_module_result,
    }
