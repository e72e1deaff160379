"""Categories as an administrator sets them up. The object is the admin guide's; that there is an
API for it is chosen. The v1 Admin API has a smaller view of the same categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ..api.admin.objects import category_object
from ..api.page import page
from ..call import Call
from ..domain.categories import Category
from ..domain.record import merged, replace
from ..errors import BadRequest, CategoryNotFound
from ..wire import Text, Whole, Wire
from .set_up import as_got, as_new, check_account, check_read_only, differing, the_new_one

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.categories import CategoryOut

Number = int | float


class AccountRef(Wire):
    """An account by its id or its number; where both are sent they must be the same one's."""

    id: str | None = Field(None, description="The account's id.")
    number: str | None = Field(None, description="Or its number.")
    text: str | None = as_got()
    visible: bool | None = as_got()
    type: Literal["ACCOUNTING_NUMBER"] | None = as_got()


class CategoryIn(Wire):
    """A category, whole or in part. Of the three fields for the account, the one counts that
    differs from what is stored; null (or an empty list) takes the account away."""

    name: Text = Field(
        default_factory=str, description="Required to create one; unique in the organization."
    )
    accounting_number_id: str | None = Field(None, description="The account it is booked on.")
    accounting_number: AccountRef | None = Field(None, description="The same, by id or number.")
    accounting_numbers: list[AccountRef] = Field([], description="The same, in a list.")
    salary_code_id: str | None = Field(None, description="The salary code it is booked on.")
    tax_accounting_number_id: str | None = Field(
        None, description="Its VAT account; the organization's, if null."
    )
    non_deductable_vat: bool = Field(False, description="Whether its VAT cannot be deducted.")
    id: str | None = as_got()
    date_created: str | None = as_got()
    class_type: str | None = as_got()
    category_template_id: Whole | None = None
    verification_class_type: str | None = None
    default_tax_percent: Number | None = None
    mcc_codes: list[Any] = []
    account_number_mapping: Any = None
    expense_code_id: str | None = None
    tax_salary_code_id: str | None = None
    tax_expense_code_id: str | None = None
    deviant_tax_percent: Number | None = None
    budget_amount: Number | None = None
    budget_name: str | None = None
    budget_start_month: Any = None
    preset_values: list[Any] = []
    settings: dict[str, Any] = Field({}, description="Laid over what is there.")
    expense_category_filter: str | None = "NONE"
    icon_url: str | None = None
    inverted_icon_url: str | None = None
    category_group: str | None = "OTHER"
    show_accounting: bool = False
    show_representation: bool = False
    presets: list[Any] = []


ACCOUNT = ("accounting_number_id", "accounting_number", "accounting_numbers")
COLUMNS = ("name", "non_deductable_vat", "salary_code_id", "tax_accounting_number_id", *ACCOUNT)
READ_ONLY = ("id", "date_created", "class_type")
KEPT = tuple(name for name in CategoryIn.model_fields if name not in (*COLUMNS, *READ_ONLY))
"""The fields that are only stored and given back."""


def _found(call: Call) -> Category:
    return call.find(call.state.categories, "categoryId", CategoryNotFound)


def _shown(call: Call, category: Category) -> CategoryOut:
    return category_object(call.state, category, call.sandboxes.base_url)


def list_set_up_categories(call: Call) -> Page[CategoryOut]:
    """List an organization's categories with all their fields."""
    categories = call.state.categories.many("organization", call.organization().id)
    return page(categories, call, lambda category: _shown(call, category))


def create_category(call: Call) -> CategoryOut:
    """Set up a category; ``name`` is required."""
    organization = call.organization()
    if "name" not in call.body.sent():
        raise BadRequest("name: required, and was not sent.")
    new = Category(
        id=call.state.ids(), organization_id=organization.id, name="", date_created=call.now
    )
    return _write(call, new, as_new(_shown(call, new)))


def get_set_up_category(call: Call) -> CategoryOut:
    """Get one category with all its fields."""
    return _shown(call, _found(call))


def update_set_up_category(call: Call) -> CategoryOut:
    """Change what is sent of a category."""
    category = _found(call)
    return _write(call, category, _shown(call, category))


def delete_category(call: Call) -> None:
    """Remove a category; an expense that has it cannot be exported any more."""
    call.state.remove(_found(call))


def _write(call: Call, category: Category, shown: Mapping[str, Any]) -> CategoryOut:
    """Lay the body over ``category``, which GET gives as ``shown``, and store it."""
    body: CategoryIn = call.body
    check_read_only(body, READ_ONLY, shown)
    fields = body.sent("name", "non_deductable_vat", "salary_code_id")
    if "name" in fields:
        _check_name(call, category, body.name)
    if "salary_code_id" in fields:
        _check_salary_code(call, category, body.salary_code_id)
    for tax_id in body.sent("tax_accounting_number_id").values():
        stored = category.tax_account_id
        check_account(call, category.organization_id, "taxAccountingNumberId", tax_id, stored)
        fields["tax_account_id"] = tax_id
    fields["account_id"] = _account_id(call, category)
    other = merged(category.other, differing(body, KEPT, shown))
    written = replace(category, **fields, other=other)
    call.state.put(written)
    return _shown(call, written)


def _check_name(call: Call, category: Category, name: str) -> None:
    if name == category.name:
        return
    for other in call.state.categories.many("organization", category.organization_id):
        if other.name == name and other.id != category.id:
            raise BadRequest(f"name: {name!r} is that of category {other.id}; choose another one.")


def _check_salary_code(call: Call, category: Category, given: str | None) -> None:
    if given is None or given == category.salary_code_id:
        return
    code = call.state.salary_codes.get(given)
    if code is None or code.organization_id != category.organization_id:
        raise BadRequest(
            f"salaryCodeId: the organization has no salary code {given!r}; "
            f"GET …/organizations/{category.organization_id}/salary-codes lists them."
        )


def _account_id(call: Call, category: Category) -> str | None:
    """The account that the category is to have; see ``CategoryIn`` for which field counts."""
    body: CategoryIn = call.body
    sent, named = body.sent(*ACCOUNT), dict[str, str | None]()
    if "accounting_number_id" in sent:
        given, field = body.accounting_number_id, "accountingNumberId"
        check_account(call, category.organization_id, field, given, category.account_id)
        named[field] = given
    if "accounting_number" in sent:
        given = _nested(call, category, "accountingNumber", body.accounting_number)
        named["accountingNumber"] = given
    if "accounting_numbers" in sent:
        if len(body.accounting_numbers) > 1:
            raise BadRequest("accountingNumbers: a category has one account: send one, or none.")
        first = body.accounting_numbers[0] if body.accounting_numbers else None
        named["accountingNumbers"] = _nested(call, category, "accountingNumbers[0]", first)
    return the_new_one(named, category.account_id)


def _nested(call: Call, category: Category, field: str, ref: AccountRef | None) -> str | None:
    """The id of the account that an object names; GET gives none for an account that is gone."""
    organization_id, stored = category.organization_id, category.account_id
    accounts = call.state.accounts
    if ref is None:
        return stored if stored is not None and accounts.get(stored) is None else None
    if ref.id is None:
        account = accounts.one("number", (organization_id, ref.number)) if ref.number else None
        if account is None:
            raise BadRequest(
                f"{field}: the organization has no account with the number {ref.number!r}: "
                "send the id or the number of one that it has."
            )
        return account.id
    check_account(call, organization_id, f"{field}.id", ref.id, stored)
    account = accounts.get(ref.id)
    if account is not None and ref.number not in (None, account.number):
        raise BadRequest(
            f"{field}: account {ref.id} has the number {account.number}, not {ref.number}: "
            "send the id or the number."
        )
    return ref.id
