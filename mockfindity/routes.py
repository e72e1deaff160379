"""Every URL that mockfindity serves, in one table.

A line says: method, path, the operation, how sure it is that Findity does the same, and where that
is known from. ``documented`` stands in a guide, ``observed`` was seen at the real service,
``inferred`` follows from what is documented, ``chosen`` is mockfindity's decision.
"""

from __future__ import annotations

from typing import Any

from . import errors as e
from .api.page import PAGED, PAGED_ALL
from .body import Body
from .errors import Provenance
from .later import Later
from .route import MIB, Family, Operation, Route

oauth = Later("api.oauth")
accounts = Later("api.admin.accounts")
categories = Later("api.admin.categories")
dimensions = Later("api.admin.dimensions")
organizations = Later("api.admin.organizations")
users = Later("api.admin.users")
exports = Later("api.connect.exports")
resources = Later("api.connect.resources")

clients = Later("control.clients")
clock = Later("control.clock")
conduct = Later("control.conduct")
export_outcomes = Later("control.exports")
faults = Later("control.faults")
payment_types = Later("control.payment_types")
health = Later("control.health")
recipients = Later("control.recipients")
reports = Later("control.reports")
requests = Later("control.requests")
salary_codes = Later("control.salary_codes")
scenarios = Later("control.scenarios")
sending = Later("control.sending")
server = Later("control.server")
set_up_categories = Later("control.categories")
settings = Later("control.settings")
snapshots = Later("control.snapshots")
vouchers = Later("control.vouchers")

assets = Later("dashboard.assets")
conduct_page = Later("dashboard.conduct")
dashboard_files = Later("dashboard.files")
exports_page = Later("dashboard.exports")
fault_pages = Later("dashboard.faults")
flow = Later("dashboard.flow")
organization_pages = Later("dashboard.organization")
recipient_pages = Later("dashboard.recipients")
request_pages = Later("dashboard.requests")
sandbox_pages = Later("dashboard.sandboxes")
visit = Later("dashboard.visit")
webhook_pages = Later("dashboard.webhooks")
writing = Later("dashboard.writing")

docs = Later("pages.docs")
documents = Later("pages.documents")

OAUTH = Family("oauth", ("/oauth", "/api/oauth"), "token")
LEGACY = Family("legacy admin", ("/api/admin", "/api/v1/admin", "/v1/admin"), "bearer")
ADMIN = Family("admin", ("/api/v1/admin", "/v1/admin"), "bearer")
CONNECT = Family("connect", ("/api/v1/connect", "/v1/connect"), "bearer")
RESOURCES = Family("resources", ("/api/resources",), "open")
SERVER = Family("control", ("/_mockfindity",), "control")
CONTROL = Family("control", ("/_mockfindity", "/_mockfindity/sandboxes/{sandbox}"), "control")
PAGES = Family("pages", ("",), "page")
DASHBOARD = Family("dashboard", ("",), "dashboard")

ORG_GUIDE = "organizations guide"
ADMIN_GUIDE = "admin guide"
ACCOUNTS_GUIDE = "charts-of-accounts guide"
CONNECT_GUIDE = "connect guide"
VOUCHERS_GUIDE = "voucher-structure guide"
CHOSEN = "chosen"

_NO_ORG = (e.OrganizationNotFound, e.Forbidden)
_UNKNOWN_ORG = (e.OrganizationNotFound,)


def _legacy(
    method: str,
    path: str,
    operation: Operation,
    provenance: Provenance,
    source: str,
    codes: tuple[type[e.Refusal], ...] = (),
    **more: Any,
) -> list[Route]:
    """A legacy operation under an external id, and under Findity's internal one.

    ``{organization}`` and ``{user}`` stand for either way of naming them. The guides call the
    internal ids legacy and do not spell those paths out: ``inferred``.
    """
    codes = (*_NO_ORG, *codes)
    external = path.replace("{organization}", "externalid/{externalId}")
    external = external.replace("{user}", "externalid/{userExternalId}")
    internal = path.replace("{organization}", "{organizationId}").replace("{user}", "{userId}")
    by_external = Route(
        method, external, operation, LEGACY, provenance, source, codes=codes, **more
    )
    by_internal = Route(
        method, internal, operation, LEGACY, "inferred", source, codes=codes, legacy=True, **more
    )
    return [by_external, by_internal]


def _set_up(
    noun: str,
    parameter: str,
    module: Any,
    names: tuple[str, ...],
    model: Any,
    missing: type[e.Refusal],
    creates: tuple[str, ...] = (),
) -> list[Route]:
    """List, create, get, update and delete of something an administrator sets up by hand."""
    base = f"/organizations/{{organizationId}}/{noun}"
    one = f"{base}/{{{parameter}}}"
    body: Body[Any] = Body(model)
    new: Body[Any] = Body(model, creates=creates)
    do = [getattr(module, name) for name in names]
    any_, codes = _UNKNOWN_ORG, (*_UNKNOWN_ORG, missing)
    return [
        Route("GET", base, do[0], CONTROL, "chosen", CHOSEN, query=PAGED_ALL, codes=any_),
        Route("POST", base, do[1], CONTROL, "chosen", CHOSEN, status=201, body=new, codes=any_),
        Route("GET", one, do[2], CONTROL, "chosen", CHOSEN, codes=codes),
        Route("PUT", one, do[3], CONTROL, "chosen", CHOSEN, body=body, codes=codes),
        Route("DELETE", one, do[4], CONTROL, "chosen", CHOSEN, status=204, codes=codes),
    ]


_ORG = "/organizations/{organization}"
_DIMENSION = f"{_ORG}/customdimensions/{{definitionExternalId}}/list"
_ACCOUNTS = "/organizations/{organizationId}/accounts"
_ACCOUNT = f"{_ACCOUNTS}/{{accountId}}"
_CATEGORIES = "/organizations/{organizationId}/categories"
_EXPORTS = "/organizations/{organizationId}/exports"
_EXPORT = f"{_EXPORTS}/{{exportId}}"
_NO_ACCOUNT = (*_NO_ORG, e.AccountNotFound)
_BAD_ACCOUNT = (*_NO_ORG, e.NoKnownProperties, e.BadRequest)
_NO_EXPORT = (*_NO_ORG, e.ExportNotFound)
_STEP_CODES = (e.ReportNotFound, e.InvalidSendState)

# fmt: off
ROUTES: tuple[Route, ...] = (
    Route("POST", "/token", oauth.issue_token, OAUTH, "documented", "authentication page", codes=(e.OAuthError, e.InvalidClient)),
    Route("POST", "/revoke", oauth.revoke_token, OAUTH, "inferred", "RFC 7009", codes=(e.OAuthError, e.InvalidClient)),

    Route("GET", "/organizations", organizations.list_organizations, LEGACY, "documented", ORG_GUIDE),
    Route("GET", "/organizations/externalid/lookup", organizations.lookup_organization, LEGACY, "documented", ORG_GUIDE, query=organizations.VAT, codes=(e.BadRequest,)),
    *_legacy("GET", _ORG, organizations.get_organization, "documented", ORG_GUIDE),
    *_legacy("POST", _ORG, organizations.upsert_organization, "documented", ORG_GUIDE, body=Body(organizations.OrganizationIn), codes=(e.NoKnownProperties, e.InvalidId, e.DuplicateVat, e.BadRequest)),
    *_legacy("DELETE", _ORG, organizations.delete_organization, "documented", ORG_GUIDE),
    *_legacy("GET", f"{_ORG}/reportcounters", organizations.get_report_counters, "documented", ORG_GUIDE, query=organizations.COUNTER_DATES, codes=(e.BadRequest,)),
    *_legacy("GET", f"{_ORG}/users", users.list_users, "documented", "users reference", query=users.USERS_PAGE),
    *_legacy("PUT", f"{_ORG}/users", users.put_users, "documented", ADMIN_GUIDE, body=Body(users.UserIn, many=True), query=users.SEND_INVITATION, codes=(e.NoKnownProperties, e.UserNotFound, e.BadRequest)),
    *_legacy("GET", f"{_ORG}/users/{{user}}", users.get_user, "documented", "users page", codes=(e.UserNotFound,)),
    *_legacy("DELETE", f"{_ORG}/users/{{user}}", users.delete_user, "documented", "users page", codes=(e.UserNotFound,)),
    *_legacy("GET", f"{_ORG}/customdimensions", dimensions.list_dimensions, "documented", "dimensions page"),
    *_legacy("PUT", f"{_ORG}/customdimensions", dimensions.put_dimensions, "documented", ADMIN_GUIDE, body=Body(dimensions.DimensionIn, many=True), codes=(e.NoKnownProperties, e.DimensionNotFound, e.BadRequest)),
    *_legacy("GET", _DIMENSION, dimensions.list_dimension_values, "documented", "dimensions page", codes=(e.DimensionNotFound,)),
    *_legacy("PUT", _DIMENSION, dimensions.put_dimension_values, "documented", ADMIN_GUIDE, body=Body(dimensions.ValuesIn), query=dimensions.CLEAR, codes=(e.NoKnownProperties, e.DimensionNotFound, e.BadRequest)),
    *_legacy("GET", f"{_DIMENSION}/approvers", dimensions.list_approvers, "documented", "dimensions page", codes=(e.DimensionNotFound,)),
    *_legacy("PUT", f"{_DIMENSION}/approvers", dimensions.put_approvers, "documented", ADMIN_GUIDE, body=Body(dimensions.ApproversIn), codes=(e.NoKnownProperties, e.DimensionNotFound, e.ApprovalNotActive, e.BadRequest)),

    Route("GET", _ACCOUNTS, accounts.list_accounts, ADMIN, "documented", ACCOUNTS_GUIDE, query=PAGED_ALL, codes=_NO_ORG),
    Route("POST", _ACCOUNTS, accounts.create_account, ADMIN, "documented", ACCOUNTS_GUIDE, status=201, body=Body(accounts.NewAccount, closed=True, needed=True), codes=_BAD_ACCOUNT),
    Route("GET", _ACCOUNT, accounts.get_account, ADMIN, "documented", ACCOUNTS_GUIDE, codes=_NO_ACCOUNT),
    Route("PUT", _ACCOUNT, accounts.update_account, ADMIN, "documented", ACCOUNTS_GUIDE, body=Body(accounts.ChangedAccount, closed=True, id_in="accountId"), codes=(*_NO_ACCOUNT, e.NoKnownProperties, e.InvalidId, e.BadRequest)),
    Route("DELETE", _ACCOUNT, accounts.delete_account, ADMIN, "documented", ACCOUNTS_GUIDE, status=204, codes=_NO_ACCOUNT),
    Route("GET", _CATEGORIES, categories.list_categories, ADMIN, "chosen", CHOSEN, query=PAGED, codes=_NO_ORG),
    Route("GET", f"{_CATEGORIES}/{{categoryId}}", categories.get_category, ADMIN, "chosen", CHOSEN, codes=(*_NO_ORG, e.CategoryNotFound)),
    Route("PUT", f"{_CATEGORIES}/{{categoryId}}", categories.update_category, ADMIN, "chosen", CHOSEN, body=Body(categories.CategoryMapping), codes=(*_NO_ORG, e.CategoryNotFound, e.NoKnownProperties, e.InvalidId, e.BadRequest)),

    Route("GET", _EXPORTS, exports.list_exports, CONNECT, "documented", CONNECT_GUIDE, query=exports.EXPORT_QUERY, codes=(*_NO_ORG, e.RecipientNotFound, e.BadRequest)),
    Route("GET", _EXPORT, exports.get_export, CONNECT, "documented", CONNECT_GUIDE, codes=_NO_EXPORT),
    Route("GET", f"{_EXPORT}/export", exports.get_export_vouchers, CONNECT, "documented", VOUCHERS_GUIDE, codes=_NO_EXPORT),
    Route("PUT", f"{_EXPORT}/updatestatus", exports.update_export_status, CONNECT, "documented", VOUCHERS_GUIDE, body=Body(exports.StatusUpdate, needed=True), codes=(*_NO_EXPORT, e.NoKnownProperties, e.VoucherNotFound, e.VoucherProcessed, e.BadRequest)),
    Route("PUT", f"{_EXPORT}/content", exports.put_export_content, CONNECT, "documented", CONNECT_GUIDE, query=exports.FILE_NAME, limit=25 * MIB, codes=_NO_EXPORT),
    Route("GET", f"{_EXPORT}/content", exports.get_export_content, CONNECT, "documented", CONNECT_GUIDE, codes=(*_NO_EXPORT, e.ContentNotFound)),
    Route("GET", "/{resourceId}", resources.get_resource, RESOURCES, "inferred", CONNECT_GUIDE, query=resources.FORMAT, codes=(e.ResourceNotFound,)),

    Route("GET", "/health", health.get_health, SERVER, "chosen", CHOSEN),
    Route("GET", "/livez", health.get_liveness, SERVER, "chosen", CHOSEN),
    Route("GET", "/readyz", health.get_readiness, SERVER, "chosen", CHOSEN),
    Route("GET", "/sandboxes", server.list_sandboxes, SERVER, "chosen", CHOSEN, query=PAGED),
    Route("POST", "/sandboxes", server.create_sandbox, SERVER, "chosen", CHOSEN, status=201, body=Body(server.NewSandbox), codes=(e.Conflict, e.SandboxNotFound, e.SnapshotNotFound, e.ScenarioNotFound)),
    Route("GET", "/sandboxes/{sandbox}", server.get_sandbox, SERVER, "chosen", CHOSEN, codes=(e.SandboxNotFound,)),
    Route("DELETE", "/sandboxes/{sandbox}", server.delete_sandbox, SERVER, "chosen", CHOSEN, status=204, codes=(e.SandboxNotFound, e.BadRequest)),
    Route("POST", "/reset", server.reset_sandbox, CONTROL, "chosen", CHOSEN, status=204),
    Route("GET", "/settings", settings.get_settings, CONTROL, "chosen", CHOSEN),
    Route("PUT", "/settings", settings.update_settings, CONTROL, "chosen", CHOSEN, body=Body(settings.SettingsIn, documented=Later("checked_settings").CheckedSettings)),
    Route("GET", "/clock", clock.get_clock, CONTROL, "chosen", CHOSEN),
    Route("PUT", "/clock", clock.set_clock, CONTROL, "chosen", CHOSEN, body=Body(clock.ClockIn)),
    Route("POST", "/clock/advance", clock.advance_clock, CONTROL, "chosen", CHOSEN, body=Body(clock.Advance)),
    Route("GET", "/state", snapshots.get_state, CONTROL, "chosen", CHOSEN),
    Route("PUT", "/state", snapshots.put_state, CONTROL, "chosen", CHOSEN, limit=256 * MIB, codes=(e.BadRequest,)),
    Route("GET", "/snapshots", snapshots.list_snapshots, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("PUT", "/snapshots/{snapshot}", snapshots.put_snapshot, CONTROL, "chosen", CHOSEN, codes=(e.BadRequest,)),
    Route("POST", "/snapshots/{snapshot}/restore", snapshots.restore_snapshot, CONTROL, "chosen", CHOSEN, codes=(e.SnapshotNotFound,)),
    Route("DELETE", "/snapshots/{snapshot}", snapshots.delete_snapshot, CONTROL, "chosen", CHOSEN, status=204, codes=(e.SnapshotNotFound,)),
    Route("GET", "/requests", requests.list_requests, CONTROL, "chosen", CHOSEN, query=requests.LISTED),
    Route("GET", "/requests/count", requests.count_requests, CONTROL, "chosen", CHOSEN, query=requests.FILTERS),
    Route("GET", "/requests/wait", requests.wait_for_requests, CONTROL, "chosen", CHOSEN, query=requests.WAITED, codes=(e.WaitTimeout,)),
    Route("DELETE", "/requests", requests.clear_requests, CONTROL, "chosen", CHOSEN, status=204),
    Route("GET", "/requests/{requestId}", requests.get_request, CONTROL, "chosen", CHOSEN, codes=(e.RequestNotFound,)),
    Route("GET", "/fault-sets", faults.list_fault_sets, SERVER, "chosen", CHOSEN, query=PAGED_ALL),
    Route("GET", "/faults", faults.list_faults, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("POST", "/faults", faults.create_fault, CONTROL, "chosen", CHOSEN, status=201, body=Body(faults.FaultIn)),
    Route("DELETE", "/faults", faults.delete_faults, CONTROL, "chosen", CHOSEN, status=204, query=faults.WHICH),
    Route("DELETE", "/faults/{faultId}", faults.delete_fault, CONTROL, "chosen", CHOSEN, status=204, codes=(e.FaultNotFound,)),
    Route("GET", "/conduct", conduct.get_conduct, CONTROL, "chosen", CHOSEN),
    Route("GET", "/events", requests.follow_events, CONTROL, "chosen", CHOSEN),
    Route("GET", "/clients", clients.list_clients, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("POST", "/clients", clients.create_client, CONTROL, "chosen", CHOSEN, status=201, body=Body(clients.NewClient)),
    Route("DELETE", "/clients/{clientId}", clients.delete_client, CONTROL, "chosen", CHOSEN, status=204, codes=(e.ClientNotFound, e.BadRequest)),
    Route("POST", "/clients/{clientId}/rotate", clients.rotate_client, CONTROL, "chosen", CHOSEN, codes=(e.ClientNotFound,)),
    Route("POST", "/tokens/expire", clients.expire_tokens, CONTROL, "chosen", CHOSEN),
    Route("POST", "/tokens/revoke", clients.revoke_tokens, CONTROL, "chosen", CHOSEN),
    Route("GET", "/partners", settings.list_partners, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("POST", "/partners", settings.create_partner, CONTROL, "chosen", CHOSEN, status=201, body=Body(settings.PartnerIn), codes=(e.Conflict,)),
    Route("GET", "/organizations", settings.list_all_organizations, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("GET", "/organizations/{organizationId}/settings", settings.get_organization_settings, CONTROL, "chosen", CHOSEN, codes=_UNKNOWN_ORG),
    Route("PUT", "/organizations/{organizationId}/settings", settings.update_organization_settings, CONTROL, "chosen", CHOSEN, body=Body(settings.OrganizationSettings), codes=_UNKNOWN_ORG),
    Route("GET", "/organizations/{organizationId}/invitations", settings.list_invitations, CONTROL, "chosen", CHOSEN, query=PAGED_ALL, codes=_UNKNOWN_ORG),
    *_set_up("recipients", "recipientId", recipients, ("list_recipients", "create_recipient", "get_recipient", "update_recipient", "delete_recipient"), recipients.RecipientIn, e.RecipientNotFound),
    *_set_up("categories", "categoryId", set_up_categories, ("list_set_up_categories", "create_category", "get_set_up_category", "update_set_up_category", "delete_category"), set_up_categories.CategoryIn, e.CategoryNotFound, ("name",)),
    *_set_up("payment-types", "paymentTypeId", payment_types, ("list_payment_types", "create_payment_type", "get_payment_type", "update_payment_type", "delete_payment_type"), payment_types.PaymentTypeIn, e.PaymentTypeNotFound, ("name",)),
    *_set_up("salary-codes", "salaryCodeId", salary_codes, ("list_salary_codes", "create_salary_code", "get_salary_code", "update_salary_code", "delete_salary_code"), salary_codes.SalaryCodeIn, e.SalaryCodeNotFound, ("number",)),
    Route("GET", "/report-life", reports.get_report_life, SERVER, "chosen", CHOSEN),
    Route("GET", "/organizations/{organizationId}/reports", reports.list_reports, CONTROL, "chosen", CHOSEN, query=reports.REPORTS_QUERY, codes=_UNKNOWN_ORG),
    Route("GET", "/organizations/{organizationId}/reports/count", reports.count_reports, CONTROL, "chosen", CHOSEN, codes=_UNKNOWN_ORG),
    Route("POST", "/organizations/{organizationId}/reports", reports.create_report, CONTROL, "chosen", CHOSEN, status=201, body=Body(reports.ReportIn), codes=_UNKNOWN_ORG),
    Route("GET", "/reports/{reportId}", reports.get_report, CONTROL, "chosen", CHOSEN, codes=(e.ReportNotFound,)),
    Route("POST", "/reports/{reportId}/submit", reports.submit_report, CONTROL, "chosen", CHOSEN, codes=_STEP_CODES),
    Route("POST", "/reports/{reportId}/approve", reports.approve_report, CONTROL, "chosen", CHOSEN, codes=_STEP_CODES),
    Route("POST", "/reports/{reportId}/reject", reports.reject_report, CONTROL, "chosen", CHOSEN, codes=_STEP_CODES),
    Route("POST", "/reports/{reportId}/return", reports.return_report, CONTROL, "chosen", CHOSEN, codes=_STEP_CODES),
    Route("POST", "/reports/{reportId}/pay", reports.pay_report, CONTROL, "chosen", CHOSEN, codes=_STEP_CODES),
    Route("POST", "/organizations/{organizationId}/bulk-send", sending.bulk_send, CONTROL, "chosen", CHOSEN, status=201, body=Body(sending.BulkSend), codes=(*_UNKNOWN_ORG, e.RecipientNotFound, e.ReportNotFound, e.NoReportsReady, e.InvalidSendState, e.AccountNotMapped)),
    Route("GET", "/organizations/{organizationId}/exports", export_outcomes.list_export_outcomes, CONTROL, "chosen", CHOSEN, query=export_outcomes.EXPORTS_QUERY, codes=_UNKNOWN_ORG),
    Route("GET", "/exports/{exportId}", export_outcomes.get_export_outcome, CONTROL, "chosen", CHOSEN, codes=(e.ExportNotFound,)),
    Route("GET", "/exports/{exportId}/vouchers", vouchers.list_export_vouchers, CONTROL, "chosen", CHOSEN, query=vouchers.VOUCHERS_QUERY, codes=(e.ExportNotFound, e.AccountNotMapped)),
    Route("GET", "/vouchers/{voucherId}/pdf", vouchers.get_voucher_pdf, CONTROL, "chosen", CHOSEN, codes=(e.ResourceNotFound,)),
    Route("GET", "/vouchers/{voucherId}/receipts/{receipt}", vouchers.get_voucher_receipt, CONTROL, "chosen", CHOSEN, codes=(e.ResourceNotFound,)),
    Route("GET", "/scenarios", scenarios.list_scenarios, CONTROL, "chosen", CHOSEN, query=PAGED_ALL),
    Route("POST", "/scenarios/{scenario}", scenarios.play_scenario, CONTROL, "chosen", CHOSEN, status=201, codes=(e.ScenarioNotFound, e.ScenarioUnderWay, e.InvalidJson, e.BadRequest)),
    Route("GET", "/webhooks", sending.list_deliveries, CONTROL, "chosen", CHOSEN, query=sending.DELIVERIES_QUERY),
    Route("GET", "/webhooks/wait", sending.wait_for_deliveries, CONTROL, "chosen", CHOSEN, query=sending.WAIT, codes=(e.WaitTimeout,)),
    Route("POST", "/webhooks/fire", sending.fire_webhook, CONTROL, "chosen", CHOSEN, status=201, body=Body(sending.Fire), codes=(e.ExportNotFound,)),
    Route("GET", "/webhooks/{deliveryId}", sending.get_delivery, CONTROL, "chosen", CHOSEN, codes=(e.DeliveryNotFound,)),
    Route("POST", "/webhooks/{deliveryId}/redeliver", sending.redeliver, CONTROL, "chosen", CHOSEN, status=201, codes=(e.DeliveryNotFound,)),

    Route("GET", "/docs", docs.get_docs_page, PAGES, "chosen", CHOSEN),
    Route("GET", "/docs/assets/{asset}", docs.get_docs_asset, PAGES, "chosen", CHOSEN, codes=(e.NotFound,)),
    Route("GET", "/favicon.ico", docs.get_icon, PAGES, "chosen", CHOSEN),
    Route("GET", "/dashboard-assets/{asset}", assets.get_dashboard_asset, PAGES, "chosen", CHOSEN, codes=(e.NotFound,)),
    Route("GET", "/openapi/{document}", documents.get_openapi_document, PAGES, "chosen", CHOSEN, codes=(e.NotFound,)),

    Route("GET", "/", flow.get_first_page, DASHBOARD, "chosen", CHOSEN, query=flow.FLOW),
    Route("GET", "/dashboard/{sandbox}", flow.get_flow_page, DASHBOARD, "chosen", CHOSEN, query=flow.FLOW),
    Route("GET", "/dashboard/{sandbox}/reports/{reportId}", flow.get_report_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/write", writing.get_writing_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization", organization_pages.get_organization_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization/users", organization_pages.get_users_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization/accounts", organization_pages.get_accounts_page, DASHBOARD, "chosen", CHOSEN, query=organization_pages.ACCOUNTS),
    Route("GET", "/dashboard/{sandbox}/organization/categories", organization_pages.get_categories_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization/payment", organization_pages.get_payment_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization/dimensions", organization_pages.get_dimensions_page, DASHBOARD, "chosen", CHOSEN, query=organization_pages.DIMENSION),
    Route("GET", "/dashboard/{sandbox}/organization/recipients", recipient_pages.get_recipients_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/organization/recipients/{recipientId}", recipient_pages.get_recipient_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/faults", fault_pages.get_faults_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/faults/settings", fault_pages.get_settings_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/sandboxes", sandbox_pages.get_sandboxes_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/sandboxes/keys", sandbox_pages.get_keys_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/sandboxes/snapshots", sandbox_pages.get_snapshots_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/exports", exports_page.get_exports_page, DASHBOARD, "chosen", CHOSEN, query=exports_page.EXPORTS),
    Route("GET", "/dashboard/{sandbox}/exports/{exportId}", exports_page.get_export_page, DASHBOARD, "chosen", CHOSEN, query=exports_page.EXPORT),
    Route("GET", "/dashboard/{sandbox}/webhooks", webhook_pages.get_webhooks_page, DASHBOARD, "chosen", CHOSEN, query=webhook_pages.WEBHOOKS),
    Route("GET", "/dashboard/{sandbox}/webhooks/{deliveryId}", webhook_pages.get_webhook_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard/{sandbox}/requests", request_pages.get_requests_page, DASHBOARD, "chosen", CHOSEN, query=request_pages.REQUESTS),
    Route("GET", "/dashboard/{sandbox}/requests/{requestId}", request_pages.get_request_page, DASHBOARD, "chosen", CHOSEN, query=request_pages.REQUESTS),
    Route("GET", "/dashboard/{sandbox}/conduct", conduct_page.get_conduct_page, DASHBOARD, "chosen", CHOSEN, query=visit.PAGED_PAGES),
    Route("GET", "/dashboard-files/{sandbox}/exports/{exportId}/content", dashboard_files.get_content_file, DASHBOARD, "chosen", CHOSEN),
    Route("GET", "/dashboard-files/{sandbox}/vouchers/{voucherId}/basis.pdf", dashboard_files.get_basis_file, DASHBOARD, "chosen", CHOSEN),
    Route("GET", "/dashboard-files/{sandbox}/vouchers/{voucherId}/receipts/{receipt}", dashboard_files.get_receipt_file, DASHBOARD, "chosen", CHOSEN),
)
# fmt: on


def loaded() -> tuple[Route, ...]:
    """Every route, with all that it is made of."""
    return tuple(route.load() for route in ROUTES)
