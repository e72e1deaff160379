"""What an organization's service says of allowances: all constant, since mockfindity pays none."""

from __future__ import annotations

from typing import Annotated, TypedDict

from .base import Unknown, constant


class Allowances(TypedDict):
    """Allowances for travel and food."""

    allowOneDaySubsistenceAllowance: Annotated[
        bool, constant("Whether a day trip gives an allowance.", False)
    ]
    allowFutureSubsistanceAllowance: Annotated[
        Unknown, constant("Whether one may be claimed ahead. The name is Findity's.")
    ]
    allowOneDaySubsistenceAllowanceCustomRules: Annotated[
        bool, constant("Whether the customer has rules of its own for that.", False)
    ]
    allowOneDaySubsistenceAllowanceCustomRulesAbroad: Annotated[
        bool, constant("The same, abroad.", False)
    ]
    useOneDaySubAllowanceCustomRulesAbroadDefAmounts: Annotated[
        bool, constant("Whether those abroad keep the default amounts.", False)
    ]
    oneDaySubsistenceAllowanceMinHoursHalfDay: Annotated[
        float, constant("How many hours make half a day.", 0)
    ]
    oneDaySubsistenceAllowanceMinHoursHalfDayAbroad: Annotated[
        float, constant("How many hours make half a day abroad.", 0)
    ]
    oneDaySubsistenceAllowanceMinHoursFullDay: Annotated[
        float, constant("How many hours make a full day.", 0)
    ]
    oneDaySubsistenceAllowanceMinHoursFullDayAbroad: Annotated[
        float, constant("How many hours make a full day abroad.", 0)
    ]
    oneDaySubsistenceAllowanceFullDayAmount: Annotated[
        float, constant("The amount for a full day.", 0)
    ]
    oneDaySubsistenceAllowanceHalfDayAmount: Annotated[
        float, constant("The amount for half a day.", 0)
    ]
    oneDaySubsistenceAllowanceFullDayAmountAbroad: Annotated[
        float, constant("The amount for a full day abroad.", 0)
    ]
    oneDaySubsistenceAllowanceHalfDayAmountAbroad: Annotated[
        float, constant("The amount for half a day abroad.", 0)
    ]
    deviantFoodAmounts: Annotated[bool, constant("Whether the amounts for food deviate.", False)]
    deviantHoursAndAmount: Annotated[bool, constant("Whether hours and amount deviate.", False)]
    deviantFoodAllowanceBreakfastAmount: Annotated[float, constant("The amount for breakfast.", 0)]
    deviantFoodAllowanceLunchAmount: Annotated[float, constant("The amount for lunch.", 0)]
    deviantFoodAllowanceDinnerAmount: Annotated[float, constant("The amount for dinner.", 0)]
    deviantFoodAllowanceBreakfastAmountAbroad: Annotated[
        float, constant("The amount for breakfast abroad.", 0)
    ]
    deviantFoodAllowanceLunchAmountAbroad: Annotated[
        float, constant("The amount for lunch abroad.", 0)
    ]
    deviantFoodAllowanceDinnerAmountAbroad: Annotated[
        float, constant("The amount for dinner abroad.", 0)
    ]
    deviantFoodAllowanceTaxable: Annotated[
        bool, constant("Whether a deviating allowance for food is taxed.", False)
    ]
    deviantFoodAllowanceTaxableAbroad: Annotated[
        bool, constant("Whether it is taxed abroad.", False)
    ]
    deviantFoodAllowanceBreakfastPercent: Annotated[
        float, constant("The share for breakfast, in percent.", 0)
    ]
    deviantFoodAllowanceLunchPercent: Annotated[
        float, constant("The share for lunch, in percent.", 0)
    ]
    deviantFoodAllowanceDinnerPercent: Annotated[
        float, constant("The share for dinner, in percent.", 0)
    ]
    deviantFoodAllowanceAbroadBreakfastPercent: Annotated[
        float, constant("The share for breakfast abroad, in percent.", 0)
    ]
    deviantFoodAllowanceAbroadLunchPercent: Annotated[
        float, constant("The share for lunch abroad, in percent.", 0)
    ]
    deviantFoodAllowanceAbroadDinnerPercent: Annotated[
        float, constant("The share for dinner abroad, in percent.", 0)
    ]
    subsistenceAllowanceAddPercent: Annotated[
        float, constant("What is added to an allowance, in percent.", 0)
    ]
    subsistenceAllowanceAddAmount: Annotated[
        float, constant("What is added to an allowance, as an amount.", 0)
    ]
    subsistenceAllowanceAddPercentAccomodation: Annotated[
        float, constant("What is added for a night, in percent.", 0)
    ]
    subsistenceAllowanceAddAmountAccomodation: Annotated[
        float, constant("What is added for a night, as an amount.", 0)
    ]
    allowanceType: Annotated[str, constant("The kind of allowance.", "DEFAULT")]
