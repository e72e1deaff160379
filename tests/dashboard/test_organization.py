"""The pages about an organization: who and what is in it, and how it is set up."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from support import Findity

Read = Callable[..., httpx2.Response]
TABS = ("", "/recipients", "/users", "/accounts", "/categories", "/payment", "/dimensions")


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_findity_says_how_to_begin(read: Read, tab: str) -> None:
    answer = read(f"/organization{tab}")

    assert answer.status_code == 200
    assert "This Findity is empty" in answer.text


@pytest.mark.parametrize("tab", TABS)
def test_a_name_is_shown_and_not_run(findity: Findity, read: Read, tab: str) -> None:
    findity.organization("ACME", name="<script>alert(1)</script>")

    page = read(f"/organization{tab}").text
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in page
    assert "<script>alert" not in page


def test_the_facts_and_the_settings_are_shown(acme: Findity, read: Read) -> None:
    acme.changed(f"/organizations/{acme.org}/settings", {"baseCurrency": "EUR"})

    page = read("/organization").text
    assert f"<code>{acme.org}</code>" in page
    assert 'name="baseCurrency" value="EUR"' in page
    assert "VAT is booked on <strong>2641 Debiterad ingående moms</strong>" in page


def test_an_account_for_vat_that_is_gone_is_said_to_be(acme: Findity, read: Read) -> None:
    settings = acme.control("GET", f"/organizations/{acme.org}/settings").json()
    assert acme.api.delete(f"{acme.accounts}/{settings['vatAccountId']}").status_code == 204

    assert "Its VAT account is gone." in read("/organization").text


def test_the_organization_that_is_named_is_shown(acme: Findity, read: Read) -> None:
    acme.organization("BETA", name="Beta AB")

    assert "<h1>Beta AB</h1>" in read("/organization", organization="BETA").text


def test_every_organization_is_listed_the_newest_first(findity: Findity, read: Read) -> None:
    for number in range(52):
        findity.organization(f"ORG-{number}", name=f"Company {number}")

    first, second = read("/organization").text, read("/organization", offset="50").text
    assert first.index(">Company 51</a>") < first.index(">Company 2</a></td>")
    assert ">Company 1</a></td>" not in first
    assert second.index(">Company 1</a></td>") < second.index(">Company 0</a></td>")


def test_users_are_shown_with_their_status_the_newest_first(acme: Findity, read: Read) -> None:
    acme.users(*(f"EMP-{number}" for number in range(60)))

    first, second = read("/organization/users").text, read("/organization/users", offset="50").text
    assert first.index("<td>EMP-59</td>") < first.index("<td>EMP-10</td>")
    assert "<td>EMP-9</td>" not in first
    assert second.index("<td>EMP-9</td>") < second.index("<td>ANNA</td>")
    assert "51 to 61 of 61" in second
    assert "pending activation</span>" in first


def test_an_account_is_found_by_its_number_or_its_name(acme: Findity, read: Read) -> None:
    by_number = read("/organization/accounts", text="264").text
    by_name = read("/organization/accounts", text="INGÅENDE").text

    assert "<td>2641</td>" in by_number
    assert "<td>2641</td>" in by_name
    assert "<td>5800</td>" not in by_number + by_name


def test_a_text_that_no_account_has_is_said(acme: Findity, read: Read) -> None:
    page = read("/organization/accounts", text="<b>").text

    assert "No account has “&lt;b&gt;” in its number or name." in page


def test_accounts_stand_in_their_order_on_pages(acme: Findity, read: Read) -> None:
    total = acme.api.get(acme.accounts, params={"max": 1}).json()["meta"]["total"]

    first, second = read("/organization/accounts").text, read("/organization/accounts", offset="50")
    assert f"1 to 50 of {total}" in first
    assert first.index("<td>2641</td>") < first.index("<td>2820</td>")
    assert f"51 to {total} of {total}" in second.text


def test_a_category_is_shown_with_its_account(acme: Findity, read: Read) -> None:
    acme.made(f"/organizations/{acme.org}/categories", {"name": "Parking"})

    page = read("/organization/categories").text
    assert "<td>5800 Resekostnader</td>" in page
    assert "<td>821</td>" in page
    row = page[page.index("<td>Parking</td>") :]
    assert row.index("none</span>") < row.index("</tr>")


def test_a_category_whose_account_is_gone_is_said_to_be(acme: Findity, read: Read) -> None:
    accounts = acme.api.get(acme.accounts).json()["data"]
    travel = next(one for one in accounts if one["number"] == "5800")
    acme.api.delete(f"{acme.accounts}/{travel['id']}")

    assert "account is gone" in read("/organization/categories").text


def test_payment_types_and_salary_codes_are_shown(acme: Findity, read: Read) -> None:
    page = read("/organization/payment").text

    assert '<td>Private outlay <span class="badge" data-tone="ok">default</span></td>' in page
    assert "<td>2890 " in page
    assert "<td>811</td>" in page


def test_a_dimension_is_shown_with_values_and_approvers(acme: Findity, read: Read) -> None:
    path = f"{acme.admin}/customdimensions/project/list/"
    acme.api.put(path, json={"values": [{"id": "P-1", "value": "Bridge"}]})
    approvers = [{"externalSourceId": "ANNA", "sortOrder": 2}]
    acme.api.put(f"{path}approvers/", json={"values": [{"id": "P-1", "approvers": approvers}]})

    page = read("/organization/dimensions", dimension="project").text
    assert "Values of Project <small>1</small>" in page
    assert "<td>Bridge</td>" in page
    assert "ANNA <small>step 2</small>" in page


def test_a_dimension_that_is_not_there_is_told_as_a_page(acme: Findity, read: Read) -> None:
    answer = read("/organization/dimensions", dimension="nothing")

    assert answer.status_code == 404
    assert "<h1>404 DIMENSION_NOT_FOUND</h1>" in answer.text


def test_recipients_stand_in_their_order_with_their_format(acme: Findity, read: Read) -> None:
    acme.recipient(sortOrder=5, recipientName="Ledger", webhookUrl="http://127.0.0.1:9/hook")
    base = f"/organizations/{acme.org}/recipients"
    acme.made(base, {"recipientName": "First", "verificationListsType": "EXPENSE", "sortOrder": 1})

    page = read("/organization/recipients").text
    assert page.index(">First</a>") < page.index(">Ledger</a>")
    assert "a voucher for each expense" in page
    assert "http://127.0.0.1:9/hook" in page


def test_a_recipient_is_shown_as_it_can_be_changed(acme: Findity, read: Read) -> None:
    headers = {"X-Key": "<script>"}
    one = acme.recipient(doCreditAccounting=False, webhookHeaders=headers)

    page = read(f"/organization/recipients/{one['id']}").text
    assert f"/organizations/{acme.org}/recipients/{one['id']}" in page
    assert '<option value="REPORT_PER_EXPENSE" selected>' in page
    assert "&#34;X-Key&#34;: &#34;&lt;script&gt;&#34;" in page
    debit, credit = page.index('name="doDebitAccounting"'), page.index('name="doCreditAccounting"')
    assert "checked" in page[debit : page.index(">", debit)]
    assert "checked" not in page[credit : page.index(">", credit)]
    assert "Whether there are CREDIT rows." in page


def test_another_organization_is_chosen_among_its_own_recipients(acme: Findity, read: Read) -> None:
    one = acme.recipient()
    other = acme.organization("BETA")

    page = read(f"/organization/recipients/{one['id']}", organization="ACME").text
    assert f'/organization/recipients?organization={other["id"]}"' in page


def test_a_recipient_that_is_not_there_is_told_as_a_page(acme: Findity, read: Read) -> None:
    answer = read("/organization/recipients/nothing")

    assert answer.status_code == 404
    assert "<h1>404 RECIPIENT_NOT_FOUND</h1>" in answer.text
