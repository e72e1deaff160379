"""Dimensions: fields, their values, and the approvers of values.

Source: steps 2, 3 and 6 of the admin guide. A definition is addressed by its external id or by
Findity's id, since the guide itself makes one without an external id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ...call import Call
from ...domain.dimensions import DEFAULTS, Approver, Dimension, DimensionValue, value_key
from ...domain.record import Record, replace
from ...domain.users import User
from ...errors import ApprovalNotActive, BadRequest, DimensionNotFound
from ...query import TRUTH, Param
from ...wire import Text, Whole, Wire
from .objects import dimension_object, value_object

if TYPE_CHECKING:
    from ...shapes.dimensions import (
        ApproversDoneOut,
        ApproversOfOut,
        DimensionsDoneOut,
        ValuesDoneOut,
    )


class DimensionIn(Wire):
    """One definition; found by ``externalSourceId``, ``id`` or ``description``."""

    id: str | None = None
    external_source_id: Text | None = Field(None, description="By which it is addressed.")
    description: Text | None = Field(None, description="The field's name, as users see it.")
    level: Literal["EXPENSE", "REPORT"] | None = None
    control_type: Text | None = Field(None, description="Such as `LIST_SEARCHABLE`.")
    preset_location: Text | None = Field(None, description="Such as `EMPLOYEE`.")
    definition: Any = None
    type: Any = None
    user_overridable: bool | None = None
    use_date_interval: bool | None = None
    recipient_id: str | None = None
    use_as_recipient_filter: bool | None = None
    visible_if_no_preset: bool | None = None
    hide_dimension_values: bool | None = None
    used_in_carbon_footprint: bool | None = None
    deviate_on_credit_row: bool | None = None
    deviating_credit_row_value: Any = None


class ValueIn(Wire):
    id: Text = Field(description="The value's id in the client's system.")
    value: Text | None = Field(None, description="What users see; needed for a new one.")
    sort_order: Whole | None = None
    start_date: str | None = Field(None, description="Echoed as sent.")
    end_date: str | None = Field(None, description="Echoed as sent.")
    delete: bool = Field(False, description="Remove this value.")


class ValuesIn(Wire):
    values: list[ValueIn] = Field(description="Values to create, change or remove.")


class ApproverIn(Wire):
    external_source_id: Text | None = Field(None, description="The approving user's external id.")
    person_external_source_id: Text | None = Field(None, description="Or that of the person.")
    sort_order: Whole = Field(0, description="Steps run from the lowest.")
    delete: bool = Field(False, description="This user approves no more.")


class ApproversOfIn(Wire):
    id: Text = Field(description="The value's id.")
    approvers: list[ApproverIn] = Field(description="Users to add, change or take away.")


class ApproversIn(Wire):
    values: list[ApproversOfIn] = Field(description="The values, each with its approvers.")


KEPT = frozenset({"external_source_id", "description", "level", "control_type"})
"""What a definition has in any case: null leaves it as it is."""

CLEAR = (Param("clearBeforeUpdate", TRUTH, "Empty the list of values first.", False),)


def list_dimensions(call: Call) -> DimensionsDoneOut:
    """List the dimension fields of an organization."""
    found = call.state.dimensions.many("organization", call.organization().id)
    return {
        "result": "success",
        "description": "dimension definitions",
        "dimensions": [dimension_object(dimension) for dimension in found],
    }


def put_dimensions(call: Call) -> DimensionsDoneOut:
    """Create and change dimension fields in one batch; all of it is done, or nothing."""
    organization = call.organization()
    known = {d.id: d for d in call.state.dimensions.many("organization", organization.id)}
    touched: dict[str, Dimension] = {}
    for index, given in enumerate(call.body):
        dimension = _matching(list(known.values()), given)
        if dimension is None:
            dimension = _new_dimension(call, organization.id, given, f"[{index}]")
        fields = {
            _wire_name(name): value
            for name, value in given.sent().items()
            if name != "id" and (value is not None or name not in KEPT)
        }
        changed = replace(dimension, fields={**dimension.fields, **fields})
        _check_external(known, changed, f"[{index}]")
        known[changed.id] = touched[changed.id] = changed
    call.state.put(*touched.values())
    return {
        "result": "success",
        "description": "custom dimension definition updated",
        "dimensions": [dimension_object(dimension) for dimension in touched.values()],
    }


def _wire_name(name: str) -> str:
    return DimensionIn.model_fields[name].alias or name


def _matching(known: list[Dimension], given: DimensionIn) -> Dimension | None:
    """By ``externalSourceId``, then ``id``, then ``description``; the order is chosen."""
    external, own_id, text = given.external_source_id, given.id, given.description
    return (
        next((d for d in known if external and d.external_id == external), None)
        or next((d for d in known if own_id and d.id == own_id), None)
        or next((d for d in known if text and not own_id and _unnamed(d, text, external)), None)
    )


def _unnamed(dimension: Dimension, text: str, external: str | None) -> bool:
    """Whether a description may stand for the field: not where external ids tell two apart."""
    return dimension.description == text and not (external and dimension.external_id)


def _new_dimension(call: Call, organization_id: str, given: DimensionIn, where: str) -> Dimension:
    if given.id is not None:
        raise DimensionNotFound(f"{where}.id: there is no dimension field {given.id!r}.")
    if given.description is None:
        raise BadRequest(f"{where}.description: required for a new dimension field.")
    return Dimension(id=call.state.ids(), organization_id=organization_id, fields=DEFAULTS)


def _check_external(known: dict[str, Dimension], changed: Dimension, where: str) -> None:
    external = changed.external_id
    taken = external and any(
        d.external_id == external and d.id != changed.id for d in known.values()
    )
    if taken:
        raise BadRequest(
            f"{where}.externalSourceId: {external!r} is that of another dimension field."
        )


def _definition(call: Call) -> Dimension:
    organization = call.organization()
    given = call.path["definitionExternalId"]
    for dimension in call.state.dimensions.many("organization", organization.id):
        if given in (dimension.external_id, dimension.id):
            return dimension
    raise DimensionNotFound(
        f"organization {organization.external_source_id!r} has no dimension field {given!r}: "
        "PUT it to …/customdimensions/ first."
    )


def list_dimension_values(call: Call) -> ValuesDoneOut:
    """List the values of a dimension field."""
    values = call.state.values.many("dimension", _definition(call).id)
    return {
        "result": "success",
        "description": "custom dimension list",
        "values": [value_object(value) for value in values],
    }


def put_dimension_values(call: Call) -> ValuesDoneOut:
    """Create, change and delete values of a dimension field; all of it is done, or nothing."""
    dimension, state = _definition(call), call.state
    before = state.values.many("dimension", dimension.id)
    cleared = before if call.query["clearBeforeUpdate"] else []
    known = {} if cleared else {value.id: value for value in before}
    stored = {value.id: value for value in before}
    touched: dict[str, DimensionValue | None] = {value.id: None for value in cleared}
    for index, given in enumerate(call.body.values):
        key = value_key(dimension.id, given.id)
        if given.delete:
            known.pop(key, None)
            touched[key] = None
            continue
        value = _merged(dimension, known.get(key), given, f"values[{index}]")
        known[key] = touched[key] = value
    state.remove(*(stored[key] for key, v in touched.items() if v is None and key in stored))
    written = [value for value in touched.values() if value is not None]
    state.put(*written)
    return {
        "result": "success",
        "description": "custom dimension list updated",
        "values": [value_object(value) for value in written],
    }


def _merged(
    dimension: Dimension, value: DimensionValue | None, given: ValueIn, where: str
) -> DimensionValue:
    if value is None:
        if given.value is None:
            raise BadRequest(f"{where}.value: required for a new value.")
        value = DimensionValue(
            id=value_key(dimension.id, given.id),
            organization_id=dimension.organization_id,
            dimension_id=dimension.id,
            value_id=given.id,
            value=given.value,
        )
    sent = given.sent("value", "sort_order", "start_date", "end_date")
    return replace(value, **{k: v for k, v in sent.items() if v is not None or k != "value"})


def list_approvers(call: Call) -> ApproversDoneOut:
    """List the approvers of each value of a dimension field."""
    values = call.state.values.many("dimension", _definition(call).id)
    return {
        "result": "success",
        "description": "approvers",
        "values": [_with_approvers(value) for value in values if value.approvers],
    }


def put_approvers(call: Call) -> ApproversDoneOut:
    """Set who approves reports that are tagged with a value, step by step.

    Those named are added, or changed where they approve already; ``delete`` takes one away.
    """
    organization, dimension = call.organization(), _definition(call)
    if not organization.approval_active:
        raise ApprovalNotActive(
            f"approval is not active for organization {organization.external_source_id!r}: an "
            "administrator switches it on, here PUT /_mockfindity/organizations/"
            f'{organization.id}/settings {{"approvalActive": true}}.'
        )
    touched: dict[str, DimensionValue] = {}
    for index, given in enumerate(call.body.values):
        key, where = value_key(dimension.id, given.id), f"values[{index}]"
        value = touched.get(key) or call.state.values.get(key)
        if value is None:
            raise BadRequest(f"{where}.id: the dimension field has no value {given.id!r}.")
        touched[key] = _approved_by(call, value, given.approvers, where)
    records: list[Record] = list(touched.values())
    call.state.put(*records)
    return {
        "result": "success",
        "description": "approvers updated",
        "values": [_with_approvers(value) for value in touched.values()],
    }


def _approved_by(
    call: Call, value: DimensionValue, given: list[ApproverIn], where: str
) -> DimensionValue:
    approvers = {approver.user_id: approver for approver in value.approvers}
    for index, one in enumerate(given):
        user = _approver(call, value.organization_id, one, f"{where}.approvers[{index}]")
        if one.delete:
            approvers.pop(user.id, None)
        else:
            approvers[user.id] = Approver(
                user_id=user.id,
                external_source_id=one.external_source_id or user.external_source_id,
                person_external_source_id=one.person_external_source_id
                or user.person_external_source_id,
                sort_order=one.sort_order,
            )
    ordered = sorted(approvers.values(), key=lambda approver: approver.sort_order)
    return replace(value, approvers=tuple(ordered))


def _approver(call: Call, organization_id: str, given: ApproverIn, where: str) -> User:
    """The user named by external id, or else by the person's."""
    by = {
        "external": given.external_source_id,
        "person": given.person_external_source_id,
    }
    for kind, key in by.items():
        if key and (user := call.state.users.one(kind, (organization_id, key))):
            return user
    name = given.external_source_id or given.person_external_source_id
    raise BadRequest(f"{where}: there is no user {name!r} in the organization: PUT the user first.")


def _with_approvers(value: DimensionValue) -> ApproversOfOut:
    return {
        "id": value.value_id,
        "approvers": [
            {
                "externalSourceId": approver.external_source_id,
                "sortOrder": approver.sort_order,
                "personExternalSourceId": approver.person_external_source_id,
                "delete": False,
            }
            for approver in value.approvers
        ],
    }
