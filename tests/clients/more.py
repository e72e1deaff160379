"""What ``flow.py`` leaves out: the eight formats, refusals by type, answers of several shapes.

What happens is printed as JSON.
"""

import json
from itertools import count
from typing import Any

from findity.admin import AuthenticatedClient as AdminClient
from findity.admin.api.accounts import get_account
from findity.admin.api.users import list_users
from findity.admin.models import UserPage
from findity.connect import AuthenticatedClient as ConnectClient
from findity.connect.api.exports import (
    get_export,
    get_export_vouchers,
    list_exports,
    update_export_status,
)
from findity.connect.api.resources import get_resource
from findity.connect.models import (
    Basis,
    ExportPage,
    ListExportsStatus,
    Package,
    StatusUpdate,
    VoucherStatus,
    VoucherUpdate,
)
from findity.control import AuthenticatedClient as ControlClient
from findity.control.api.recipients import list_recipients, update_recipient
from findity.control.api.sending import bulk_send
from findity.control.models import (
    BulkSend,
    BulkSent,
    OwnRecipient,
    OwnRecipientPage,
    RecipientIn,
    VerificationListsType,
)
from findity.oauth import AuthenticatedClient as KeyClient
from findity.oauth.api.oauth import issue_token
from findity.oauth.models import TokenRequest, TokenRequestGrantType
from flow import (
    ORGANIZATION,
    SANDBOX,
    URL,
    book,
    controlling,
    expect,
    set_up,
    signed_in,
    travel,
    waiting,
)

NOBODY = "0" * 32


def formats(control: ControlClient, connect: ConnectClient, organization: str) -> dict[str, Any]:
    """What is seen of one and the same report in every format."""
    found = expect(
        OwnRecipientPage, list_recipients.sync(SANDBOX, ORGANIZATION, client=control)
    ).data
    (recipient,) = [r for r in found if r.integration_plugin_name == "ce-integration-api"]
    seen: dict[str, Any] = {}
    numbers = count(1)
    for list_type in VerificationListsType:
        body = RecipientIn(verification_lists_type=list_type)
        changed = update_recipient.sync(
            SANDBOX, ORGANIZATION, recipient.id, client=control, body=body
        )
        assert expect(OwnRecipient, changed).verification_lists_type is list_type
        travel(control)
        sent = bulk_send.sync(SANDBOX, ORGANIZATION, client=control, body=BulkSend())
        expect(BulkSent, sent)
        (export,) = waiting(connect, organization)
        seen[list_type.value] = book(connect, organization, export, numbers)
    return seen


def refusals(admin: AdminClient, connect: ConnectClient, organization: str) -> list[object]:
    """Answers that are refusals; those of one status are told apart by their type."""
    body = StatusUpdate([VoucherUpdate(id=NOBODY, status=VoucherStatus.SUCCESS)])
    form = TokenRequest(grant_type=TokenRequestGrantType.CLIENT_CREDENTIALS)
    wrong_key = KeyClient(URL, token="bm9ib2R5OndybmM=", prefix="Basic")
    return [
        get_account.sync(organization, NOBODY, client=admin),
        get_account.sync(NOBODY, NOBODY, client=admin),
        get_account.sync(organization, NOBODY, client=AdminClient(URL, token="none")),
        get_export.sync(organization, NOBODY, client=connect),
        update_export_status.sync(organization, NOBODY, client=connect, body=body),
        issue_token.sync(client=wrong_key, body=form),
    ]


def others(admin: AdminClient, connect: ConnectClient, organization: str) -> dict[str, Any]:
    """A page of users, the exports that are booked, and the basis of a voucher as JSON."""
    page = expect(UserPage, list_users.sync(ORGANIZATION, client=admin, max_=1))
    sent = list_exports.sync(organization, client=connect, status=ListExportsStatus.SENT)
    exports = expect(ExportPage, sent)
    found = get_export_vouchers.sync(organization, exports.data[0].id, client=connect)
    resource_id = expect(Package, found).vouchers[0].basis_url.rpartition("/")[2]
    basis = expect(Basis, get_resource.sync(resource_id, client=connect))
    return {
        "users": [page.count, page.total],
        "exports": exports.meta.total,
        "days": [expense.date.isoformat() for expense in basis.expenses],
    }


def main() -> None:
    token = signed_in()
    admin = AdminClient(URL, token=token, headers={"X-Findity-ApiVersion": "3"})
    connect = ConnectClient(URL, token=token)
    organization = set_up(admin)
    seen = {
        "formats": formats(controlling(), connect, organization),
        "refusals": [type(one).__name__ for one in refusals(admin, connect, organization)],
        "others": others(admin, connect, organization),
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
