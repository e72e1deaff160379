"""Dimensions: the fields expenses are tagged with, their values, and who approves them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import Meta

from .record import Record, Value

DEFAULTS: dict[str, Any] = {
    "definition": None,
    "description": None,
    "type": None,
    "level": "EXPENSE",
    "presetLocation": None,
    "controlType": "LIST_SEARCHABLE",
    "userOverridable": None,
    "externalSourceId": None,
    "useDateInterval": None,
    "recipientId": None,
    "useAsRecipientFilter": None,
    "visibleIfNoPreset": None,
    "hideDimensionValues": None,
    "usedInCarbonFootprint": None,
    "deviateOnCreditRow": None,
    "deviatingCreditRowValue": None,
}
"""The fields of a definition in the admin guide, and what an unsent one is."""


class Dimension(Record, frozen=True, kw_only=True, rename="camel"):
    """A dimension definition; ``fields`` holds what ``DEFAULTS`` lists."""

    organization_id: str
    fields: dict[str, Any] = {}

    @property
    def external_id(self) -> str | None:
        return self.fields.get("externalSourceId")

    @property
    def description(self) -> str | None:
        return self.fields.get("description")


class Approver(Value, frozen=True, kw_only=True, rename="camel"):
    """Who approves reports tagged with a value; steps run by ``sort_order``."""

    user_id: str
    external_source_id: str | None
    person_external_source_id: str | None
    sort_order: int = 0


class DimensionValue(Record, frozen=True, kw_only=True, rename="camel"):
    """One value of a dimension. ``value_id`` is the id the client gave it."""

    organization_id: str
    dimension_id: str
    value_id: str
    value: str
    sort_order: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    approvers: tuple[Approver, ...] = ()


class DimensionUse(Value, frozen=True, kw_only=True, rename="camel"):
    """A value on an expense, as vouchers show it: kept as it was when the expense was written."""

    dimension_id: Annotated[str, Meta(description="The id of the dimension.")]
    dimension_external_source_id: Annotated[
        str | None, Meta(description="Its external id.", examples=["cost-center"])
    ]
    dimension: Annotated[
        str | None, Meta(description="What it is called.", examples=["Cost center"])
    ]
    id: Annotated[
        str, Meta(description="The value's id, as the client gave it.", examples=["CC-001"])
    ]
    value: Annotated[str, Meta(description="What the value is called.", examples=["Marketing"])]


def value_key(dimension_id: str, value_id: str) -> str:
    """The id of a value's record; a value's own id is only unique in its dimension."""
    return f"{dimension_id}/{value_id}"


def use(dimension: Dimension, value: DimensionValue) -> DimensionUse:
    """``value`` as an expense carries it."""
    return DimensionUse(
        dimension_id=dimension.id,
        dimension_external_source_id=dimension.external_id,
        dimension=dimension.description,
        id=value.value_id,
        value=value.value,
    )


def approval_steps(values: Iterable[DimensionValue]) -> tuple[str, ...]:
    """The ids of the users who must approve, each once, one step each by ``sortOrder``.

    Source: admin guide, step 6, for the order; that everyone is asked once is chosen.
    """
    approvers = [approver for value in values for approver in value.approvers]
    ordered = sorted(approvers, key=lambda approver: approver.sort_order)
    return tuple(dict.fromkeys(approver.user_id for approver in ordered))
