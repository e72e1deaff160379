"""The service of an organization: what is set up for its expenses, as the admin guide shows it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from ..domain.accounts import AccountingNumber
from ..domain.recipients import ListType
from .allowances import Allowances
from .base import Country, Currency, Id, Unknown, about, constant
from .categories import CategoryOut, PaymentTypeOut
from .dimensions import DimensionListOut, DimensionOut
from .recipients import RecipientOut


class RepresentationTypeOut(TypedDict):
    """A kind of representation. Constant here."""

    id: Annotated[Id, about("Its id.")]
    code: Annotated[str, about("What programs call it.", "LUNCH")]
    text: Annotated[str, about("What it is called.", "Lunch")]
    remuneration: Annotated[float, about("What is paid for it.", 90)]
    sortOrder: Annotated[int, about("Where it stands among the others.", 1)]


class ExpenseSetUp(TypedDict):
    """The service without its allowances."""

    id: Annotated[Id, about("The service's id.")]
    useNewMileageView: Annotated[bool, constant("Whether the newer mileage view is used.", False)]
    classType: Annotated[
        str,
        constant("The kind of service.", "com.findity.consumer.service.ExpenseManagementService"),
    ]
    recipients: Annotated[list[RecipientOut], about("Where reports are sent, by `sortOrder`.")]
    expenseReportNumberSeries: Annotated[Unknown, constant("How reports are numbered.")]
    receiptNumberSeries: Annotated[Unknown, constant("How receipts are numbered.")]
    requireVerificationNumber: Annotated[
        bool, constant("Whether a voucher number is required.", False)
    ]
    expenseBaseCurrency: Annotated[Currency, about("The currency of the books, ISO 4217.")]
    userCanTakeBackReports: Annotated[
        bool, constant("Whether users may take a report back.", False)
    ]
    requiresAttestation: Annotated[bool, about("Whether reports need approval.")]
    defaultDistanceUnit: Annotated[Literal["KM", "MI"], about("What distances are measured in.")]
    defaultAmountPerDistanceUnit: Annotated[
        float, constant("What is paid for a distance unit, unless something else is said.", 0)
    ]
    defaultApproverId: Annotated[Unknown, constant("Who approves, unless something else is said.")]
    requiredApprovals: Annotated[Unknown, constant("How many approvals are required.")]
    usesCostCenters: Annotated[bool, constant("Whether it uses cost centers.", False)]
    usesProjects: Annotated[bool, constant("Whether it uses projects.", False)]
    requireBasis: Annotated[bool, constant("Whether an expense needs a receipt.", True)]
    requireBasisForCorporateCards: Annotated[
        bool, constant("Whether a purchase with a corporate card needs one.", True)
    ]
    requireBasisForCorporateCardsPrivatePurchase: Annotated[
        bool, constant("Whether a private one with such a card does.", True)
    ]
    usesCostCentersCustomField: Annotated[
        bool, constant("Whether cost centers are a field of the customer's own.", False)
    ]
    usesProjectsCustomField: Annotated[
        bool, constant("Whether projects are a field of the customer's own.", False)
    ]
    taxAccountingNumberId: Annotated[
        Id | None, about("The id of the account VAT is booked on, also where that is gone.")
    ]
    taxSalaryCodeId: Annotated[Unknown, constant("The salary code that VAT is booked on.")]
    defaultCostCenterLocation: Annotated[
        str, constant("Where a cost center comes from, unless one is chosen.", "NONE")
    ]
    userCanChangeCostCenter: Annotated[
        bool, constant("Whether users may choose another cost center.", True)
    ]
    usePersonalPaymentTypes: Annotated[
        Unknown, constant("Whether users have payment types of their own.")
    ]
    usesPaymentBasis: Annotated[bool, constant("Whether it uses a basis of payment.", False)]
    useReport: Annotated[bool, constant("Whether expenses are sent in reports.", True)]
    useSingleExpense: Annotated[bool, constant("Whether expenses are sent one by one.", False)]
    showOngoingReports: Annotated[bool, constant("Whether reports under way are shown.", False)]
    setProjectAndCostCenterOnTaxAccounting: Annotated[
        Unknown, constant("Whether VAT is booked with project and cost center.")
    ]
    setProjectAndCostCenterOnPaymentAccounting: Annotated[
        Unknown, constant("Whether payments are booked with them.")
    ]
    accountingNumbers: Annotated[
        list[AccountingNumber], about("Accounts, oldest first; then salary codes.")
    ]
    categories: Annotated[list[CategoryOut], about("Its expense categories, oldest first.")]
    voucherSeries: Annotated[list[Any], constant("Series of vouchers.", [])]
    costCenters: Annotated[list[Any], constant("Cost centers.", [])]
    projects: Annotated[list[Any], constant("Projects.", [])]
    customDimensionDefinitions: Annotated[list[DimensionOut], about("Its dimension fields.")]
    customDimensions: Annotated[list[DimensionListOut], about("The same fields with their values.")]
    paymentTypes: Annotated[list[PaymentTypeOut], about("Its payment types, oldest first.")]
    representationTypes: Annotated[
        list[RepresentationTypeOut], constant("Kinds of representation.")
    ]
    attestationSections: Annotated[list[Any], constant("Sections of approval.", [])]
    adminBulkSendSync: Annotated[
        Unknown, constant("Whether an administrator's bulk send waits until it is over.")
    ]
    allowReportAdminsToAttest: Annotated[
        Unknown, constant("Whether who administrates reports may approve.")
    ]
    allowReportAdminsToSendReports: Annotated[
        Unknown, constant("Whether who administrates reports may send them.")
    ]
    allowOrganizationAdminsToAttest: Annotated[
        Unknown, constant("Whether who administrates the organization may approve.")
    ]
    allowExtendedEditing: Annotated[Unknown, constant("Whether more may be edited.")]
    allowOnlyFtg: Annotated[Unknown, constant("Nothing is known of it but its name.")]
    ignoreTaxForAbroadPurchases: Annotated[
        bool, constant("Whether VAT of purchases abroad is left out.", True)
    ]
    bulkTransferReportsFailOnError: Annotated[
        bool, constant("Whether one report's error stops a bulk send.", False)
    ]
    temporaryApproverLimitationType: Annotated[
        str, constant("Who may approve in somebody's place.", "ALL_EMPLOYEES")
    ]
    reviewType: Annotated[str, constant("How reports are reviewed.", "NONE")]
    useTwentyFivePercentRule: Annotated[
        bool, constant("Whether a rule of 25 percent is used.", False)
    ]
    hideMarkAsPrivate: Annotated[
        bool, constant("Whether users are not offered to mark an expense as private.", False)
    ]
    useNewReportPreview: Annotated[
        bool, constant("Whether the newer preview of a report is used.", False)
    ]
    accountingSettingsId: Annotated[Id, about("The same for all organizations of a country.")]
    accountingSettingsCountryCode: Annotated[
        Country, about("The country whose rules count: that of the address.")
    ]
    usesSeparateDomesticTaxFreeSalaryCode: Annotated[
        bool, constant("Whether what is tax-free at home has a salary code of its own.", False)
    ]
    useNewBulkTransferReports: Annotated[
        bool, constant("Whether the newer bulk send is used.", True)
    ]
    usesAccountingNumbers: Annotated[bool, constant("Whether it uses accounting numbers.", True)]
    usesSalaryCodes: Annotated[bool, about("Whether one of its recipients does.")]
    usesPaymentTypes: Annotated[bool, constant("Whether it uses payment types.", True)]
    usesExpenseCodes: Annotated[bool, constant("Whether it uses expense codes.", False)]
    usesBenefits: Annotated[bool, constant("Whether it uses benefits.", False)]
    supportsDimensions: Annotated[bool, about("Whether it has dimension fields.")]
    useAccountMapping: Annotated[bool, constant("Whether it uses account mapping.", False)]
    showOpenEmailField: Annotated[bool, constant("Whether an open mail field is shown.", False)]
    usesNewAccountingStructure: Annotated[
        bool, constant("Whether it uses the new accounting structure.", True)
    ]
    accountingNumbersSynced: Annotated[
        bool, constant("Whether accounting numbers are kept in step with another system.", False)
    ]
    salaryCodesSynced: Annotated[
        bool, constant("Whether salary codes are kept in step with another system.", False)
    ]
    areAccountIdsHidden: Annotated[bool, constant("Whether the ids of accounts are hidden.", False)]
    useCreditAccountFromMileageCategory: Annotated[
        Unknown, constant("Whether mileage is credited to its category's account.")
    ]
    useCreditAccountFromSubsistenceAllowanceCategory: Annotated[
        Unknown, constant("Whether allowances are credited to theirs.")
    ]
    reportVerificationListsType: Annotated[ListType, about("The format of its first recipient.")]
    exchangeRatePercentage: Annotated[
        float, constant("What is added to exchange rates, in percent.", 0)
    ]
    reportMaxNumberOfExpenses: Annotated[Unknown, constant("How many expenses a report may have.")]
    expenseReceiptMaxSize: Annotated[Unknown, constant("How large a receipt may be.")]
    collectReports: Annotated[bool, constant("Whether reports are collected.", False)]


class ServiceOut(ExpenseSetUp, Allowances):
    """What an organization has set up for its expenses."""
