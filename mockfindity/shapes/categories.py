"""Categories and payment types: the admin guide's objects, and the small view of v1."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from ..domain.accounts import AccountingNumber
from .base import Id, Time, about, constant
from .open_objects import open_object

CategorySettings = Annotated[
    dict[str, Any], open_object("As they were sent, laid over what was there; empty at first.")
]


class CategoryOut(TypedDict):
    """An expense category as the admin guide shows it.

    What has no effect here is only stored and given back.
    """

    id: Annotated[Id, about("The category's id.")]
    categoryTemplateId: Annotated[
        int | None, about("The template it was made from; without effect here.", 434)
    ]
    name: Annotated[str, about("Its display name.", "Travel")]
    dateCreated: Annotated[Time, about("When it was set up, in UTC.")]
    accountingNumber: Annotated[
        AccountingNumber | None,
        about("The account it is booked on; null if it has none, or has one that is gone."),
    ]
    accountingNumberId: Annotated[
        Id | None, about("That account's id, also where the account is gone.")
    ]
    accountingNumbers: Annotated[
        list[AccountingNumber], about("The same account in a list, or nothing.")
    ]
    verificationClassType: Annotated[
        str | None,
        about(
            "What Findity calls the kind of expense; without effect here.",
            "com.findity.economy.accounting.travel.ReceiptVerification",
        ),
    ]
    defaultTaxPercent: Annotated[
        float | None, about("VAT that is proposed, in percent; without effect here.", 25)
    ]
    mccCodes: Annotated[list[Any], about("Merchant category codes; without effect here.", [])]
    nonDeductableVat: Annotated[bool, about("Whether its VAT cannot be deducted.")]
    accountNumberMapping: Annotated[Any, about("As it was sent; without effect here.", None)]
    expenseCodeId: Annotated[str | None, about("An expense code; without effect here.", "E-10")]
    salaryCodeId: Annotated[Id | None, about("The id of the salary code it is booked on.")]
    taxAccountingNumberId: Annotated[
        Id | None, about("The id of its VAT account; the organization's counts, if null.")
    ]
    taxSalaryCodeId: Annotated[
        str | None, about("A salary code for its VAT; without effect here.", "811")
    ]
    taxExpenseCodeId: Annotated[
        str | None, about("An expense code for its VAT; without effect here.", "E-10")
    ]
    deviantTaxPercent: Annotated[
        float | None, about("A deviant rate of VAT, in percent; without effect here.", 12)
    ]
    budgetAmount: Annotated[float | None, about("A budget; without effect here.", 10000)]
    budgetName: Annotated[str | None, about("What the budget is called.", "Travel 2026")]
    budgetStartMonth: Annotated[
        Any, about("The month the budget begins with, as it was sent; without effect here.", None)
    ]
    presetValues: Annotated[list[Any], about("As they were sent; without effect here.", [])]
    settings: CategorySettings
    expenseCategoryFilter: Annotated[
        str | None, about("As it was sent; without effect here.", "NONE")
    ]
    iconUrl: Annotated[
        str | None,
        about(
            "Its picture, at `/api/resources`, unless another was set.",
            "http://127.0.0.1:4655/api/resources/5f3a",
        ),
    ]
    invertedIconUrl: Annotated[
        str | None,
        about("The picture on a dark ground.", "http://127.0.0.1:4655/api/resources/5f3a"),
    ]
    classType: Annotated[
        str,
        constant(
            "What Findity calls the kind of category.",
            "com.findity.economy.accounting.OtherExpenseCategory",
        ),
    ]
    categoryGroup: Annotated[
        str | None, about("The group it stands in; without effect here.", "OTHER")
    ]
    showAccounting: Annotated[
        bool, about("Whether users are shown its accounting; without effect here.")
    ]
    showRepresentation: Annotated[
        bool, about("Whether users are asked about representation; without effect here.")
    ]
    presets: Annotated[list[Any], about("As they were sent; without effect here.", [])]


class MappedCategoryOut(TypedDict):
    """An expense category and what it is booked on."""

    id: Annotated[Id, about("The category's id.")]
    name: Annotated[str, about("Its display name.", "Travel")]
    accountNumber: Annotated[
        str | None, about("The number of its account; null if it has none or that is gone.", "5800")
    ]
    salaryCode: Annotated[
        str | None,
        about("The number of its salary code; null if it has none or that is gone.", "811"),
    ]
    nonDeductableVat: Annotated[bool, about("Whether its VAT cannot be deducted.")]


class PaymentTypeOut(TypedDict):
    """How an expense was paid, which decides the account of its credit row."""

    id: Annotated[Id, about("The payment type's id.")]
    name: Annotated[str, about("Its display name.", "Company card")]
    accountingNumberId: Annotated[
        Id | None, about("The id of the account of credit rows, also where that is gone.")
    ]
    ownerEmployeeId: Annotated[str | None, about("The employee whose own it is.", "12345")]
    isDefault: Annotated[bool, about("Whether expenses that name none have it.")]
