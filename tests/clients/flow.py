"""A whole export, through clients that were generated from mockfindity's documents.

``docs/clients.md`` says how they are made. What happens is printed as JSON.
"""

import base64
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any, TypeVar

from findity.admin import AuthenticatedClient as AdminClient
from findity.admin.api.accounts import create_account, get_account
from findity.admin.api.dimensions import put_approvers, put_dimension_values
from findity.admin.api.organizations import upsert_organization
from findity.admin.api.users import list_users, put_users
from findity.admin.models import (
    Account,
    AccountNotFound,
    ApproverIn,
    ApproversDone,
    ApproversIn,
    ApproversOfIn,
    NewAccount,
    Organization,
    OrganizationIn,
    OrganizationSettingsIn,
    PersonIn,
    UserIn,
    UsersDone,
    ValueIn,
    ValuesDone,
    ValuesIn,
)
from findity.connect import AuthenticatedClient as ConnectClient
from findity.connect.api.exports import (
    get_export,
    get_export_content,
    get_export_vouchers,
    list_exports,
    put_export_content,
    update_export_status,
)
from findity.connect.models import (
    Export,
    ExportPage,
    Package,
    StatusUpdate,
    Voucher,
    VoucherRowType,
    VoucherStatus,
    VoucherUpdate,
)
from findity.connect.types import File
from findity.control import AuthenticatedClient as ControlClient
from findity.control.api.reports import approve_report, create_report, get_report, submit_report
from findity.control.api.sending import bulk_send
from findity.control.models import (
    BulkSend,
    BulkSent,
    DimensionValueIn,
    ExpenseIn,
    ExpenseType,
    Report,
    ReportIn,
    ReportStatus,
)
from findity.oauth import AuthenticatedClient as KeyClient
from findity.oauth.api.oauth import issue_token
from findity.oauth.models import Token, TokenRequest, TokenRequestGrantType

URL = os.environ["FINDITY_BASE_URL"]
SANDBOX = os.environ.get("MOCKFINDITY_SANDBOX", "default")
ORGANIZATION = "ACME"
T = TypeVar("T")


def expect(kind: type[T], answer: object) -> T:
    """The answer, if it is of this kind; an error of Findity's says what was wrong."""
    if isinstance(answer, kind):
        return answer
    raise RuntimeError(f"expected {kind.__name__}, got {answer}")


def signed_in() -> str:
    """An access token, by client credentials; the key goes into the header."""
    key = f"{os.environ['FINDITY_CLIENT_ID']}:{os.environ['FINDITY_CLIENT_SECRET']}"
    client = KeyClient(URL, token=base64.b64encode(key.encode()).decode(), prefix="Basic")
    form = TokenRequest(grant_type=TokenRequestGrantType.CLIENT_CREDENTIALS)
    return expect(Token, issue_token.sync(client=client, body=form)).access_token


# ---- what a customer is set up with: the Admin API ------------------------------------------


def set_up(admin: AdminClient) -> str:
    """An organization of two users, one of whom approves; its id."""
    body = OrganizationIn(
        external_source_id=ORGANIZATION,
        class_name="com.findity.consumer.Company",
        settings=OrganizationSettingsIn(template_organization_id="tmpl-se-001"),
    )
    made = upsert_organization.sync(ORGANIZATION, client=admin, body=body)
    organization = expect(Organization, made)
    users = [
        UserIn(external_source_id=name, person=PersonIn(first_name=name.title(), last_name="Ek"))
        for name in ("ANNA", "BO")
    ]
    expect(UsersDone, put_users.sync(ORGANIZATION, client=admin, body=users))
    values = ValuesIn(values=[ValueIn(id="P1", value="Harbour")])
    done = put_dimension_values.sync(ORGANIZATION, "project", client=admin, body=values)
    expect(ValuesDone, done)
    bo = ApproversOfIn(id="P1", approvers=[ApproverIn(external_source_id="BO")])
    asked = put_approvers.sync(ORGANIZATION, "project", client=admin, body=ApproversIn([bo]))
    expect(ApproversDone, asked)
    return organization.id


def names(admin: AdminClient) -> list[str]:
    """The users. Without ``max_`` they are a list, with it one page of it."""
    users = expect(list, list_users.sync(ORGANIZATION, client=admin))
    return [user.person.first_name for user in users]


def account(admin: AdminClient, organization: str, account_id: str) -> Account:
    """The account of this id; if there is none, a new one."""
    match get_account.sync(organization, account_id, client=admin):
        case Account() as found:
            return found
        case AccountNotFound():
            new = NewAccount(name="Taxi", number="5801")
            return expect(Account, create_account.sync(organization, client=admin, body=new))
        case refused:
            raise RuntimeError(f"no account: {refused}")


# ---- what people do: the control API --------------------------------------------------------


def controlling() -> ControlClient:
    """A client of the control API; its token is needed where the server asks for one."""
    token = os.environ.get("MOCKFINDITY_CONTROL_TOKEN", "")
    return ControlClient(URL, token=token, prefix="", auth_header_name="X-Mockfindity-Token")


def travel(control: ControlClient) -> str:
    """A report that Anna writes and submits, and that whoever is asked approves; its id."""
    project = DimensionValueIn(dimension="project", value="P1")
    taxi = ExpenseIn(
        category="Travel",
        description="Taxi",
        date=date(2026, 3, 2),
        amount=125.00,
        tax_amount=7.08,
        dimension_values=[project],
    )
    drive = ExpenseIn(
        type_=ExpenseType.MILEAGE,
        category="Mileage",
        date=date(2026, 3, 3),
        quantity=120,
        rate=2.50,
    )
    body = ReportIn(owner="ANNA", name="Stockholm", expenses=[taxi, drive])
    written = create_report.sync(SANDBOX, ORGANIZATION, client=control, body=body)
    report = expect(Report, written)
    report = expect(Report, submit_report.sync(SANDBOX, report.id, client=control))
    while report.status is ReportStatus.APPROVAL:
        report = expect(Report, approve_report.sync(SANDBOX, report.id, client=control))
    return report.id


# ---- bookkeeping: the Connect API -----------------------------------------------------------


def waiting(connect: ConnectClient, organization: str) -> list[Export]:
    """The exports that are not booked yet."""
    return expect(ExportPage, list_exports.sync(organization, client=connect)).data


def sums(vouchers: list[Voucher]) -> dict[str, float]:
    """Debit and credit of vouchers."""
    rows = [row for voucher in vouchers for row in voucher.voucher_rows]
    return {
        side.value: round(sum(row.amount for row in rows if row.type_ is side), 2)
        for side in VoucherRowType
    }


def pdf(connect: ConnectClient, voucher: Voucher) -> bytes:
    """The basis of a voucher, to keep. Its URL is whole: the client only adds the token."""
    answer = connect.get_httpx_client().get(voucher.basis_url, params={"format": "pdf"})
    return answer.raise_for_status().content


def booked_as(voucher: Voucher, number: str) -> VoucherUpdate:
    """What is reported of a voucher: that it was booked, or why it was not."""
    debit, credit = voucher.total_debit_amount, voucher.total_credit_amount
    if None not in (debit, credit) and debit != credit:
        text = f"debit {debit} is not credit {credit}"
        return VoucherUpdate(id=voucher.id, status=VoucherStatus.FAILED, error_text=text)
    return VoucherUpdate(
        id=voucher.id,
        status=VoucherStatus.SUCCESS,
        booking_date=datetime(2026, 3, 31, tzinfo=UTC),
        voucher_number=number,
    )


def book(
    connect: ConnectClient, organization: str, export: Export, numbers: Iterator[int]
) -> dict[str, Any]:
    """Download an export, keep its bases, report every voucher; what was seen."""
    found = get_export_vouchers.sync(organization, export.id, client=connect)
    vouchers = expect(Package, found).vouchers
    updates = [booked_as(voucher, f"A{next(numbers)}") for voucher in vouchers]
    bases = [pdf(connect, voucher) for voucher in vouchers]
    update = StatusUpdate(voucher_updates=updates)
    booked = update_export_status.sync(organization, export.id, client=connect, body=update)
    return {
        "format": export.recipient.verification_lists_type.value,
        "vouchers": len(vouchers),
        "rows": sum(len(voucher.voucher_rows) for voucher in vouchers),
        **sums(vouchers),
        "pdfs": sum(basis.startswith(b"%PDF-") for basis in bases),
        "status": expect(Export, booked).status.value,
        "numbers": [update.voucher_number for update in updates],
    }


def attach(connect: ConnectClient, organization: str, export: Export, content: bytes) -> bytes:
    """Attach a file to an export, and read it back."""
    put = put_export_content.sync(
        organization,
        export.id,
        client=connect,
        body=File(BytesIO(content)),
        file_name="book.csv",
    )
    expect(Export, put)
    got = get_export_content.sync(organization, export.id, client=connect)
    return expect(File, got).payload.read()


def main() -> None:
    token = signed_in()
    admin = AdminClient(URL, token=token, headers={"X-Findity-ApiVersion": "3"})
    connect = ConnectClient(URL, token=token)
    control = controlling()

    organization = set_up(admin)
    report_id = travel(control)
    sent = bulk_send.sync(SANDBOX, ORGANIZATION, client=control, body=BulkSend())

    (listed,) = waiting(connect, organization)
    export = expect(Export, get_export.sync(organization, listed.id, client=connect))
    booked = book(connect, organization, export, count(1))
    report = expect(Report, get_report.sync(SANDBOX, report_id, client=control))
    seen = {
        "users": names(admin),
        "sent": expect(BulkSent, sent).number_of_vouchers,
        **booked,
        "report": report.status.value,
        "waiting": len(waiting(connect, organization)),
        "content": attach(connect, organization, export, b"A1;125.00\n").decode(),
        "account": account(admin, organization, "0" * 32).number,
    }
    print(json.dumps(seen, indent=2))


if __name__ == "__main__":
    main()
