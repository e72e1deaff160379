"""Accounts: an organization's chart of accounts. Source: charts-of-accounts guide, word for word.

``meta`` differs by operation, as the guide shows it: an empty object in lists, its two known keys
on a single account, null on one that was just written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...call import Call, Kept
from ...domain.accounts import Account
from ...domain.record import replace
from ...errors import AccountNotFound, BadRequest
from ...wire import Text, Wire
from ..page import page

if TYPE_CHECKING:
    from ...shapes.accounts import AccountMeta, AccountOut
    from ...shapes.base import Page


class NewAccount(Wire):
    name: Text = Field(description="The account's display name.")
    number: Text = Field(description="Its number in the customer's ledger; unique.")


class ChangedAccount(Wire):
    id: Text = Field(description="The account's id; must be that of the URL.")
    name: Text = Field(description="The account's display name.")
    number: Text = Field(description="Its number in the customer's ledger; unique.")
    meta: Any = Field(None, description="As GET gives it; not stored.")


def _shown(account: Account, meta: AccountMeta | None) -> AccountOut:
    return {"id": account.id, "meta": meta, "name": account.name, "number": account.number}


def _found(call: Call) -> Account:
    return call.find(call.state.accounts, "accountId", AccountNotFound)


def _check_number(call: Call, organization_id: str, number: str, own_id: str | None) -> None:
    other = call.state.accounts.one("number", (organization_id, number))
    if other is not None and other.id != own_id:
        raise BadRequest(f"number: {number!r} is that of account {other.id} ({other.name}).")


def list_accounts(call: Call) -> Kept[Page[AccountOut]]:
    """List every account of an organization's chart of accounts."""
    table, organization = call.state.accounts, call.organization()

    def made() -> Page[AccountOut]:
        accounts = table.many("organization", organization.id)
        return page(accounts, call, lambda account: _shown(account, {}))

    return Kept(table, (organization.id, call.query["max"], call.query["offset"]), made)


def create_account(call: Call) -> AccountOut:
    """Add an account to the chart of accounts."""
    organization, body = call.organization(), call.body
    _check_number(call, organization.id, body.number, None)
    account = Account(
        id=call.state.ids(), organization_id=organization.id, number=body.number, name=body.name
    )
    call.state.put(account)
    return _shown(account, None)


def get_account(call: Call) -> AccountOut:
    """Get one account by its id."""
    return _shown(_found(call), {"abbreviation": None, "capabilities": None})


def update_account(call: Call) -> AccountOut:
    """Change an account's name and number. The body's ``id`` must be that of the URL."""
    account, body = _found(call), call.body
    _check_number(call, account.organization_id, body.number, account.id)
    changed = replace(account, name=body.name, number=body.number)
    call.state.put(changed)
    return _shown(changed, None)


def delete_account(call: Call) -> None:
    """Remove an account; a category that still names it cannot be exported until mapped again."""
    call.state.remove(_found(call))
