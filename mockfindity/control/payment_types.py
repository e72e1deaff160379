"""Payment types as an administrator sets them up. The object is the admin guide's; that there is
an API for it, and what is done about the default one, is chosen.

While an organization has payment types, one of them is the default: the first one made is, one
that is made the default takes that from the others, and when it goes the oldest follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..api.admin.objects import payment_type_object
from ..api.page import page
from ..call import Call
from ..domain.categories import PaymentType
from ..domain.record import replace
from ..errors import BadRequest, PaymentTypeNotFound
from ..wire import Text, Wire
from .set_up import as_got, as_new, check_account, check_read_only

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.categories import PaymentTypeOut


class PaymentTypeIn(Wire):
    """A payment type, whole or in part."""

    name: Text = Field(default_factory=str, description="Required to create one.")
    accounting_number_id: str | None = Field(None, description="The account of credit rows.")
    owner_employee_id: str | None = Field(None, description="The employee whose own it is.")
    is_default: bool = Field(
        False, description="Whether expenses that name none have it; true takes it from another."
    )
    id: str | None = as_got()


def _found(call: Call) -> PaymentType:
    return call.find(call.state.payment_types, "paymentTypeId", PaymentTypeNotFound)


def list_payment_types(call: Call) -> Page[PaymentTypeOut]:
    """List an organization's payment types."""
    payment_types = call.state.payment_types.many("organization", call.organization().id)
    return page(payment_types, call, payment_type_object)


def create_payment_type(call: Call) -> PaymentTypeOut:
    """Set up a payment type; ``name`` is required, and the first one is the default."""
    organization = call.organization()
    if "name" not in call.body.sent():
        raise BadRequest("name: required, and was not sent.")
    new = PaymentType(id=call.state.ids(), organization_id=organization.id, name="")
    return _write(call, new, as_new(payment_type_object(new)))


def get_payment_type(call: Call) -> PaymentTypeOut:
    """Get one payment type."""
    return payment_type_object(_found(call))


def update_payment_type(call: Call) -> PaymentTypeOut:
    """Change what is sent of a payment type."""
    payment_type = _found(call)
    if payment_type.is_default and not call.body.sent("is_default").get("is_default", True):
        raise BadRequest(
            f"isDefault: {payment_type.name!r} is the default, and there must be one: "
            "make another payment type the default instead."
        )
    return _write(call, payment_type, payment_type_object(payment_type))


def delete_payment_type(call: Call) -> None:
    """Remove a payment type; an expense that has it cannot be exported with credit rows."""
    payment_type = _found(call)
    heirs = _others(call, payment_type)
    call.state.remove(payment_type)
    if payment_type.is_default and heirs:
        call.state.put(replace(heirs[0], is_default=True))


def _others(call: Call, payment_type: PaymentType) -> list[PaymentType]:
    every = call.state.payment_types.many("organization", payment_type.organization_id)
    return [other for other in every if other.id != payment_type.id]


def _write(call: Call, payment_type: PaymentType, shown: Mapping[str, Any]) -> PaymentTypeOut:
    """Lay the body over ``payment_type``, which GET gives as ``shown``, and store it."""
    body: PaymentTypeIn = call.body
    check_read_only(body, ("id",), shown)
    fields = body.sent("name", "owner_employee_id", "is_default")
    for given in body.sent("accounting_number_id").values():
        organization_id, stored = payment_type.organization_id, payment_type.account_id
        check_account(call, organization_id, "accountingNumberId", given, stored)
        fields["account_id"] = given
    written = replace(payment_type, **fields)
    for other in _others(call, payment_type):
        if other.name == written.name != payment_type.name:
            raise BadRequest(f"name: {other.name!r} is that of payment type {other.id}.")
    defaults = [other for other in _others(call, payment_type) if other.is_default]
    if written.is_default:
        call.state.put(*(replace(other, is_default=False) for other in defaults))
    elif not defaults:
        written = replace(written, is_default=True)
    call.state.put(written)
    return payment_type_object(written)
