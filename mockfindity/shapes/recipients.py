"""Recipients: the admin guide's object, and the same with what is our own."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from ..domain.recipients import ListType, VatType, WebhookPayload
from .base import Id, Time, Unknown, about, constant
from .open_objects import key, keys, open_object

RecipientSettings = Annotated[
    dict[str, Any],
    open_object(
        "Settings of the recipient. mockfindity acts on none of them: what is sent is laid over "
        "what is there and given back, with other keys and other types too.",
        excel=keys(
            "How an Excel file is written.",
            includeHeaders=key("Whether it has a row of headings; null if nobody said.", None),
        ),
        swishCertificateInformation=key("The certificate for payments by Swish.", {}),
        accountingType=key("What the reports are for.", "BOOKKEEPING"),
        isGlobal=key("Whether the recipient is a global one.", True),
        outputRmtInf=key("Whether `RmtInf` is written.", False),
        ceIntegrationPaymentFile=key("Settings of a file of payments.", {}),
        supportedFields=key(
            "The names of the settings that this kind of recipient knows.",
            ["receiverEmail", "accountingType"],
        ),
        reportDateType=key("Which day counts as a report's.", "CURRENT_DATE"),
    ),
]


class RecipientOut(TypedDict):
    """Where an organization's reports are sent, and in which format, as the admin guide shows it.

    What has no effect here is only stored and given back.
    """

    id: Annotated[Id, about("The recipient's id.")]
    status: Annotated[str, about("Constant here.", "NORMAL")]
    dateCreated: Annotated[Time, about("When it was set up, in UTC.")]
    deletedAt: Annotated[Unknown, about("Null: one that is deleted is gone.")]
    classType: Annotated[
        str,
        constant(
            "What Findity calls the kind of recipient.",
            "com.findity.economy.accounting.GenericExpenseReportRecipient",
        ),
    ]
    doDebitAccounting: Annotated[bool, about("Whether its vouchers have DEBIT rows.")]
    doCreditAccounting: Annotated[bool, about("Whether its vouchers have CREDIT rows.")]
    usesAutomaticAccounting: Annotated[
        bool, about("Whether accounts are set by themselves; without effect here.")
    ]
    settings: RecipientSettings
    email: Annotated[
        str | None, about("Where reports are mailed; nothing is.", "bookkeeping@example.com")
    ]
    errorEmail: Annotated[
        str | None, about("Where errors are mailed; nothing is.", "it@example.com")
    ]
    integrationPluginName: Annotated[
        str,
        about("`ce-integration-api` gets exports, others get none.", "ce-integration-api"),
    ]
    sendSingleVerification: Annotated[
        bool, about("Whether all goes into one voucher; without effect here.")
    ]
    usesSalaryCodes: Annotated[
        bool, about("Whether a category's salary code is booked on, where it has one.")
    ]
    usesExpenseCodes: Annotated[bool, about("Whether it uses expense codes; without effect here.")]
    usesAccountingNumbers: Annotated[
        bool, about("Whether it uses accounting numbers; without effect here.")
    ]
    sortOrder: Annotated[int, about("Reports visit recipients in this order, lowest first.", 1)]
    paymentTypes: Annotated[list[Any], about("As it was sent; empty to begin with.", [])]
    usesBenefits: Annotated[bool, about("Whether it uses benefits; without effect here.")]
    usesExtendedSubsistenceAllowance: Annotated[
        bool, about("Whether it uses extended subsistence allowance; without effect here.")
    ]
    usesNewAccountingStructure: Annotated[
        bool, about("Whether it uses the new accounting structure; without effect here.")
    ]
    verificationListsType: Annotated[
        ListType, about("The format: what makes one voucher, and what one row of it.")
    ]
    basisOutputType: Annotated[
        str | None,
        about("How the accounting basis is sent; without effect here.", "SEND_PDF_AS_ATTACHMENT"),
    ]
    customRecipientName: Annotated[
        str | None, about("A name of the customer's own; without effect here.", "Payroll")
    ]
    recipientName: Annotated[str, about("What it is called.", "Bookkeeping")]
    originalRecipientName: Annotated[
        str | None,
        about("What it was called at first; as `recipientName`, if nobody said.", "Bookkeeping"),
    ]
    requiresApiKey: Annotated[bool, about("Whether it needs an API key; without effect here.")]
    hasApiKey: Annotated[bool | None, about("Whether it has an API key; without effect here.")]
    accountingNumbersSynced: Annotated[
        bool, about("Whether accounting numbers are kept in step; without effect here.")
    ]
    salaryCodesSynced: Annotated[
        bool, about("Whether salary codes are kept in step; without effect here.")
    ]
    usesPaymentTypes: Annotated[bool, about("Whether it uses payment types; without effect here.")]
    disableManualAccounting: Annotated[
        bool, about("Whether accounting by hand is off; without effect here.")
    ]


class OwnRecipientOut(RecipientOut):
    """A recipient as an administrator sets it up: the admin guide's keys, and four of our own."""

    vatType: Annotated[VatType, about("Whether VAT has rows of its own.")]
    webhookUrl: Annotated[
        str | None, about("Where new exports are announced.", "http://127.0.0.1:9000/findity")
    ]
    webhookPayload: Annotated[
        WebhookPayload, about("What is sent there: what the export is, or the whole package.")
    ]
    webhookHeaders: Annotated[
        dict[str, str], about("Sent with the webhook.", {"Authorization": "Bearer secret"})
    ]
