"""Dimensions: fields, their values, and the approvers of values, as the admin guide shows them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from .base import Done, Id, about


class DimensionOut(TypedDict):
    """A dimension field: something that users tag an expense or a report with.

    Besides its name, its external id and its level all is only stored and given back.
    """

    id: Annotated[Id, about("The field's id.")]
    definition: Annotated[Any, about("As it was sent.", None)]
    description: Annotated[str, about("The field's name, as users see it.", "Cost center")]
    type: Annotated[Any, about("As it was sent.", None)]
    level: Annotated[Literal["EXPENSE", "REPORT"], about("What is tagged with it.")]
    presetLocation: Annotated[
        str | None, about("Where a value that is set beforehand comes from.", "EMPLOYEE")
    ]
    controlType: Annotated[str, about("How users choose a value.", "LIST_SEARCHABLE")]
    userOverridable: Annotated[bool | None, about("Whether users may change a preset value.")]
    externalSourceId: Annotated[
        str | None, about("The client's own id, by which it is addressed.", "cost-center")
    ]
    useDateInterval: Annotated[bool | None, about("Whether the days of its values count.")]
    recipientId: Annotated[str | None, about("A recipient's id, as it was sent.")]
    useAsRecipientFilter: Annotated[bool | None, about("Whether it chooses among recipients.")]
    visibleIfNoPreset: Annotated[
        bool | None, about("Whether users see it where no value is preset.")
    ]
    hideDimensionValues: Annotated[bool | None, about("Whether its values are hidden.")]
    usedInCarbonFootprint: Annotated[
        bool | None, about("Whether it counts for the carbon footprint.")
    ]
    deviateOnCreditRow: Annotated[
        bool | None, about("Whether credit rows have another value of it.")
    ]
    deviatingCreditRowValue: Annotated[Any, about("That value, as it was sent.", None)]


class DimensionsDoneOut(Done, TypedDict):
    """That it was done, and the dimension fields."""

    dimensions: Annotated[
        list[DimensionOut], about("All fields, oldest first; or those that were sent.")
    ]


class DimensionValueOut(TypedDict):
    """A value of a dimension field, which users choose."""

    id: Annotated[str, about("The value's id in the client's system.", "CC-001")]
    value: Annotated[str, about("What users see.", "Marketing")]
    sortOrder: Annotated[int | None, about("Where it stands among the others.", 1)]
    startDate: Annotated[
        str | None, about("From when on it may be chosen, as it was sent.", "2026-01-01")
    ]
    endDate: Annotated[
        str | None, about("Until when it may be chosen, as it was sent.", "2026-12-31")
    ]


class ValuesDoneOut(Done, TypedDict):
    """That it was done, and the values."""

    values: Annotated[
        list[DimensionValueOut],
        about("All values, oldest first; or those that were sent and not deleted."),
    ]


class ApproverOut(TypedDict):
    """Who approves reports that are tagged with a value."""

    externalSourceId: Annotated[str | None, about("The user's external id.", "approver-ext-001")]
    sortOrder: Annotated[int, about("Steps run from the lowest.", 0)]
    personExternalSourceId: Annotated[
        str | None, about("The external id of the user's person.", "person-ext-001")
    ]
    delete: Annotated[bool, about("False: one that is deleted is no longer listed.", False)]


class ApproversOfOut(TypedDict):
    """The approvers of a value."""

    id: Annotated[str, about("The value's id in the client's system.", "CC-001")]
    approvers: Annotated[list[ApproverOut], about("Who approves, in the order of the steps.")]


class ApproversDoneOut(Done, TypedDict):
    """That it was done, and the approvers of values."""

    values: Annotated[
        list[ApproversOfOut],
        about("All values that have approvers, oldest first; or those that were sent."),
    ]


class DimensionListOut(TypedDict):
    """A dimension field with its values, as the organization shows it. The shape is chosen."""

    id: Annotated[Id, about("The field's id.")]
    externalSourceId: Annotated[str | None, about("The client's own id.", "cost-center")]
    description: Annotated[str, about("The field's name, as users see it.", "Cost center")]
    values: Annotated[list[DimensionValueOut], about("Its values, oldest first.")]
