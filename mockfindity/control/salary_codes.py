"""Salary codes: what payroll books a category on. In the shape of an accounting number of the
guides, whose ``text`` may also be called ``name``; that there is an API for it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ..api.admin.objects import salary_code_object
from ..api.page import page
from ..call import Call
from ..domain.accounts import SalaryCode
from ..domain.record import replace
from ..errors import BadRequest, SalaryCodeNotFound
from ..wire import Text, Wire
from .set_up import as_got, as_new, by_wire_name, check_read_only, the_new_one

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.salary_codes import SalaryCodeOut


class SalaryCodeIn(Wire):
    """A salary code, whole or in part; ``text`` and ``name`` are one thing."""

    number: Text = Field(
        default_factory=str, description="Required to create one; unique in the organization."
    )
    text: Text = Field(
        default_factory=str, description="What it is called; this or `name` to create one."
    )
    name: Text = Field(default_factory=str, description="The same.")
    id: str | None = as_got()
    visible: bool = as_got(False)
    type: str | None = as_got("SALARY_CODE")


def _found(call: Call) -> SalaryCode:
    return call.find(call.state.salary_codes, "salaryCodeId", SalaryCodeNotFound)


def list_salary_codes(call: Call) -> Page[SalaryCodeOut]:
    """List an organization's salary codes."""
    codes = call.state.salary_codes.many("organization", call.organization().id)
    return page(codes, call, salary_code_object)


def create_salary_code(call: Call) -> SalaryCodeOut:
    """Set up a salary code; ``number`` and ``text`` are required."""
    organization, sent = call.organization(), call.body.sent()
    if "number" not in sent:
        raise BadRequest("number: required, and was not sent.")
    if "text" not in sent and "name" not in sent:
        raise BadRequest("text: required, and was not sent; it may be called name too.")
    new = SalaryCode(id=call.state.ids(), organization_id=organization.id, number="", name="")
    return _write(call, new, as_new(salary_code_object(new)))


def get_salary_code(call: Call) -> SalaryCodeOut:
    """Get one salary code."""
    return salary_code_object(_found(call))


def update_salary_code(call: Call) -> SalaryCodeOut:
    """Change what is sent of a salary code."""
    code = _found(call)
    return _write(call, code, salary_code_object(code))


def delete_salary_code(call: Call) -> None:
    """Remove a salary code; a category that has it cannot be exported to payroll."""
    call.state.remove(_found(call))


def _write(call: Call, code: SalaryCode, shown: Mapping[str, Any]) -> SalaryCodeOut:
    """Lay the body over ``code``, which GET gives as ``shown``, and store it."""
    body: SalaryCodeIn = call.body
    check_read_only(body, ("id", "visible", "type"), shown)
    fields = body.sent("number")
    if "number" in fields:
        _check_number(call, code, body.number)
    name = the_new_one(by_wire_name(body, ("text", "name")), code.name)
    written = replace(code, **fields, name=name)
    call.state.put(written)
    return salary_code_object(written)


def _check_number(call: Call, code: SalaryCode, number: str) -> None:
    other = call.state.salary_codes.one("number", (code.organization_id, number))
    if other is not None and other.id != code.id:
        raise BadRequest(f"number: {number!r} is that of salary code {other.id} ({other.name}).")
