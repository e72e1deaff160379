"""Categories of the v1 Admin API: read them, and map them to accounts and salary codes.

The charts-of-accounts guide names "the categories endpoints" and does not give them: all of this
is ``chosen``. Creating and deleting categories is the administrator's, in the control API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from ...call import Call
from ...domain.categories import Category
from ...domain.record import replace
from ...errors import BadRequest, CategoryNotFound, InvalidId
from ...wire import Text, Wire
from ..page import page

if TYPE_CHECKING:
    from ...shapes.base import Page
    from ...shapes.categories import MappedCategoryOut


class CategoryMapping(Wire):
    """What a category is booked on; what is not sent stays, ``null`` takes the mapping away."""

    id: str | None = Field(None, description="As GET gives it; must be that of the URL.")
    name: str | None = Field(None, description="As GET gives it; not written.")
    account_number: Text | None = Field(None, description="The number of an account.")
    salary_code: Text | None = Field(None, description="The number of a salary code.")
    non_deductable_vat: bool | None = Field(None, description="As GET gives it; not written.")


def _shown(call: Call, category: Category) -> MappedCategoryOut:
    account = call.state.accounts.get(category.account_id or "")
    salary_code = call.state.salary_codes.get(category.salary_code_id or "")
    return {
        "id": category.id,
        "name": category.name,
        "accountNumber": account.number if account else None,
        "salaryCode": salary_code.number if salary_code else None,
        "nonDeductableVat": category.non_deductable_vat,
    }


def _found(call: Call) -> Category:
    return call.find(call.state.categories, "categoryId", CategoryNotFound)


def _check_unwritten(category: Category, body: CategoryMapping) -> None:
    """Refuse another value of a field that is only taken as GET gives it."""
    for name, wire_name in (("name", "name"), ("non_deductable_vat", "nonDeductableVat")):
        given = getattr(body, name)
        if given is not None and given != getattr(category, name):
            raise BadRequest(f"{wire_name}: only an administrator changes it; leave it out.")


def list_categories(call: Call) -> Page[MappedCategoryOut]:
    """List an organization's expense categories and what they are booked on."""
    categories = call.state.categories.many("organization", call.organization().id)
    return page(categories, call, lambda category: _shown(call, category))


def get_category(call: Call) -> MappedCategoryOut:
    """Get one expense category and what it is booked on."""
    return _shown(call, _found(call))


def update_category(call: Call) -> MappedCategoryOut:
    """Map a category to another account or salary code."""
    category, body = _found(call), call.body
    fields: dict[str, str | None] = {}
    if body.id not in (None, category.id):
        raise InvalidId(f"id: {body.id!r} is not that of the URL.")
    _check_unwritten(category, body)
    for name, wire_name, column, table in (
        ("account_number", "accountNumber", "account_id", call.state.accounts),
        ("salary_code", "salaryCode", "salary_code_id", call.state.salary_codes),
    ):
        for number in body.sent(name).values():
            entry = table.one("number", (category.organization_id, number)) if number else None
            if number and entry is None:
                raise BadRequest(f"{wire_name}: the organization has none numbered {number!r}.")
            fields[column] = entry.id if entry else None
    changed = replace(category, **fields)
    call.state.put(changed)
    return _shown(call, changed)
