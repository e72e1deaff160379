"""Which operation's answer leads to which other operation, so that a program can walk them.

A line: from, to, and where in the answer (``#/…``), the request's path (``path.…``) or query the
other's parameters are found. The name of a link is that of the operation it leads to.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Link(NamedTuple):
    """A way from one operation to another; ``body`` is a request's body with what was found."""

    source: str
    target: str
    parameters: dict[str, str]
    body: Any = None


def _many(source: str, targets: str, **parameters: str) -> list[Link]:
    """Links to several operations that take the same parameters."""
    return [Link(source, target, parameters) for target in targets.split()]


def _set_up(noun: str, plural: str, parameter: str, name: str = "{}") -> list[Link]:
    """The links of what is listed, created, read, changed and deleted in an organization."""
    targets = [f"{verb}{name.format(noun)}" for verb in ("get", "update")] + [f"delete{noun}"]
    org = {"organizationId": "path.organizationId"}
    return [
        Link(source, target, org | {parameter: found})
        for source, found in ((f"create{noun}", "#/id"), (f"list{plural}", "#/data/0/id"))
        for target in targets
    ]


_ORG_AND_EXPORT = {"organizationId": "path.organizationId", "exportId": "path.exportId"}
_BOOKED = {
    "voucherUpdates": [
        {"id": "$response.body#/vouchers/0/id", "status": "SUCCESS", "voucherNumber": "A-1042"}
    ]
}

LINKS: tuple[Link, ...] = (
    *_many(
        "upsertOrganization",
        "getOrganization deleteOrganization getReportCounters listUsers putUsers"
        " listDimensions putDimensions",
        externalId="#/externalSourceId",
    ),
    *_many(
        "upsertOrganization",
        "listAccounts createAccount listCategories getOrganizationByInternalId",
        organizationId="#/id",
    ),
    *_many(
        "listOrganizations",
        "getOrganization listUsers listDimensions",
        externalId="#/organizations/0/externalSourceId",
    ),
    *_many("listOrganizations", "listAccounts", organizationId="#/organizations/0/id"),
    *_many("putUsers", "listUsers", externalId="path.externalId"),
    *_many(
        "listUsers",
        "getUser deleteUser",
        externalId="path.externalId",
        userExternalId="#/0/externalSourceId",
    ),
    *(
        link
        for source in ("putDimensions", "listDimensions")
        for link in _many(
            source,
            "listDimensionValues putDimensionValues listApprovers putApprovers",
            externalId="path.externalId",
            definitionExternalId="#/dimensions/0/id",
        )
    ),
    *_set_up("Account", "Accounts", "accountId"),
    *_many(
        "listCategories",
        "getCategory updateCategory",
        organizationId="path.organizationId",
        categoryId="#/data/0/id",
    ),
    *_many(
        "listExports",
        "getExport getExportVouchers putExportContent getExportContent",
        organizationId="path.organizationId",
        exportId="#/data/0/id",
    ),
    Link("getExport", "getExportVouchers", _ORG_AND_EXPORT),
    Link("getExportVouchers", "updateExportStatus", _ORG_AND_EXPORT, _BOOKED),
    Link("updateExportStatus", "getExport", _ORG_AND_EXPORT),
    Link("putExportContent", "getExportContent", _ORG_AND_EXPORT),
    *_many("createSandbox", "getSandbox deleteSandbox resetSandbox", sandbox="#/name"),
    *_many(
        "putSnapshot",
        "restoreSnapshot deleteSnapshot",
        sandbox="path.sandbox",
        snapshot="path.snapshot",
    ),
    *_many("createFault", "deleteFault", sandbox="path.sandbox", faultId="#/id"),
    *_many("listFaults", "deleteFault", sandbox="path.sandbox", faultId="#/data/0/id"),
    *_many(
        "createClient", "deleteClient rotateClient", sandbox="path.sandbox", clientId="#/clientId"
    ),
    *(
        link._replace(parameters={"sandbox": "path.sandbox", **link.parameters})
        for link in (
            *_set_up("Recipient", "Recipients", "recipientId"),
            *_set_up("Category", "SetUpCategories", "categoryId", "SetUp{}"),
            *_set_up("PaymentType", "PaymentTypes", "paymentTypeId"),
            *_set_up("SalaryCode", "SalaryCodes", "salaryCodeId"),
        )
    ),
    *_many(
        "listAllOrganizations",
        "listReports createReport bulkSend listRecipients getOrganizationSettings",
        sandbox="path.sandbox",
        organizationId="#/data/0/id",
    ),
    *_many(
        "createReport",
        "getReport submitReport",
        sandbox="path.sandbox",
        reportId="#/id",
    ),
    *_many("submitReport", "approveReport rejectReport", sandbox="path.sandbox", reportId="#/id"),
    *_many("approveReport", "returnReport", sandbox="path.sandbox", reportId="#/id"),
    *_many("submitReport", "bulkSend", sandbox="path.sandbox", organizationId="#/organizationId"),
    *_many("bulkSend", "listDeliveries", sandbox="path.sandbox"),
    *_many(
        "bulkSend",
        "getExportOutcome listExportVouchers",
        sandbox="path.sandbox",
        exportId="#/exportId",
    ),
    *_many(
        "listExportVouchers",
        "getVoucherPdf",
        sandbox="path.sandbox",
        voucherId="#/data/0/voucher/id",
    ),
    *_many(
        "listDeliveries",
        "getDelivery redeliver",
        sandbox="path.sandbox",
        deliveryId="#/data/0/id",
    ),
    *_many("listRequests", "getRequest", sandbox="path.sandbox", requestId="#/data/0/id"),
)


def links_of(operation: str, known: frozenset[str]) -> dict[str, Any]:
    """The links of an operation to others of the same document, by name."""
    return {
        link.target: _shown(link)
        for link in LINKS
        if link.source == operation and link.target in known
    }


def _shown(link: Link) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "operationId": link.target,
        "parameters": {name: _expression(text) for name, text in link.parameters.items()},
    }
    return shown if link.body is None else shown | {"requestBody": link.body}


def _expression(text: str) -> str:
    """A runtime expression of OpenAPI."""
    return f"$response.body{text}" if text.startswith("#") else f"$request.{text}"
