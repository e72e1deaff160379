"""Every refusal mockfindity can answer with, drawn as one tree.

    Refusal
    ├── BadRequest 400            INVALID_REQUEST
    │   ├── InvalidJson           INVALID_JSON
    │   ├── NoKnownProperties     NO_KNOWN_JSON_PROPERTIES
    │   ├── InvalidId             INVALID_ID
    │   ├── DuplicateVat          DUPLICATE_VAT
    │   ├── ApprovalNotActive     APPROVAL_NOT_ACTIVE
    │   ├── InvalidSendState      INVALID_SEND_STATE
    │   ├── NoReportsReady        NO_REPORTS_READY
    │   ├── AccountNotMapped      ACCOUNT_NOT_MAPPED
    │   ├── VoucherNotFound       VOUCHER_NOT_FOUND
    │   ├── VoucherProcessed      VOUCHER_ALREADY_PROCESSED
    │   └── OAuthError            the answers of RFC 6749, which are no envelope
    │       └── InvalidClient 401
    ├── Unauthorized 401          UNAUTHORIZED
    ├── Forbidden 403             FORBIDDEN
    ├── NotFound 404              NOT_FOUND
    │   └── Organization-, Account-, User-, Dimension-, Category-, Report-, Export-, Recipient-,
    │       Content-, Resource-, PaymentType-, SalaryCode-, Sandbox-, Snapshot-, Client-, Fault-,
    │       Scenario-, Delivery-, RequestNotFound
    ├── MethodNotAllowed 405      METHOD_NOT_ALLOWED
    ├── WaitTimeout 408           WAIT_TIMEOUT
    ├── Conflict 409              ALREADY_EXISTS
    │   └── ScenarioUnderWay      SCENARIO_UNDER_WAY
    ├── PayloadTooLarge 413       PAYLOAD_TOO_LARGE
    ├── RateLimited 429           RATE_LIMIT_EXCEEDED
    ├── InternalError 500         INTERNAL_ERROR
    └── NotDocumented 501         NOT_DOCUMENTED

A refusal is raised before anything is written, so whoever gets one knows that nothing changed.
Its description names the value that was wrong and says what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

Provenance = Literal["documented", "observed", "inferred", "chosen"]


class Refusal(Exception):
    """A request that is answered with an error.

    ``status`` is the HTTP status, ``code`` the machine-readable code of Findity's envelope,
    ``provenance`` how far the *code* is known from Findity's guides (see the README).
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "INVALID_REQUEST"
    provenance: ClassVar[Provenance] = "chosen"
    headers: tuple[tuple[str, str], ...] = ()

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class BadRequest(Refusal):
    """A value that is missing, of the wrong type or not allowed."""


class InvalidJson(BadRequest):
    """The body is not JSON."""

    code = "INVALID_JSON"


class NoKnownProperties(BadRequest):
    """The body has no field that is known here, or on accounts one that is not."""

    code = "NO_KNOWN_JSON_PROPERTIES"
    provenance = "documented"


class InvalidId(BadRequest):
    """The id in the body is not that of the URL."""

    code = "INVALID_ID"
    provenance = "documented"


class DuplicateVat(BadRequest):
    """Another organization has this registration number."""

    code = "DUPLICATE_VAT"


class ApprovalNotActive(BadRequest):
    """Approval is not active for the organization."""

    code = "APPROVAL_NOT_ACTIVE"


class InvalidSendState(BadRequest):
    """The report is in a status from which this step does not go."""

    code = "INVALID_SEND_STATE"
    provenance = "observed"


class NoReportsReady(BadRequest):
    """No report is ready to be sent."""

    code = "NO_REPORTS_READY"


class AccountNotMapped(BadRequest):
    """Something that a voucher row would be booked on is gone or was never set."""

    code = "ACCOUNT_NOT_MAPPED"


class VoucherNotFound(BadRequest):
    """The export has no voucher of this id."""

    code = "VOUCHER_NOT_FOUND"


class VoucherProcessed(BadRequest):
    """The voucher was booked already, otherwise than is said now."""

    code = "VOUCHER_ALREADY_PROCESSED"


class OAuthError(BadRequest):
    """An error of the token endpoint; ``error`` is RFC 6749's, section 5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error


class InvalidClient(OAuthError):
    """There is no such API key, or its secret is another."""

    status = 401
    headers = (("www-authenticate", 'Basic realm="mockfindity"'),)

    def __init__(self, description: str) -> None:
        super().__init__("invalid_client", description)


class Unauthorized(Refusal):
    """No token was sent, or one that is not known, expired or revoked."""

    status = 401
    code = "UNAUTHORIZED"
    headers = (("www-authenticate", "Bearer"),)


class Forbidden(Refusal):
    """Out of reach: the organization of the API key, the server of another site's page."""

    status = 403
    code = "FORBIDDEN"


class NotFound(Refusal):
    """Nothing is there."""

    status = 404
    code = "NOT_FOUND"


class OrganizationNotFound(NotFound):
    """There is no such organization in the key's client application."""

    code = "ORGANIZATION_NOT_FOUND"
    provenance = "documented"


class AccountNotFound(NotFound):
    """The organization has no such account."""

    code = "ACCOUNT_NOT_FOUND"


class UserNotFound(NotFound):
    """The organization has no such user."""

    code = "USER_NOT_FOUND"


class DimensionNotFound(NotFound):
    """The organization has no such dimension field."""

    code = "DIMENSION_NOT_FOUND"


class CategoryNotFound(NotFound):
    """The organization has no such category."""

    code = "CATEGORY_NOT_FOUND"


class ReportNotFound(NotFound):
    """There is no such report."""

    code = "REPORT_NOT_FOUND"


class ExportNotFound(NotFound):
    """The organization has no such export, or it was withdrawn."""

    code = "EXPORT_NOT_FOUND"
    provenance = "documented"


class RecipientNotFound(NotFound):
    """The organization has no such recipient, or no API recipient at all."""

    code = "RECIPIENT_NOT_FOUND"
    provenance = "documented"


class ContentNotFound(NotFound):
    """Nothing was attached to the export yet."""

    code = "CONTENT_NOT_FOUND"


class ResourceNotFound(NotFound):
    """There is no such resource."""

    code = "RESOURCE_NOT_FOUND"


class PaymentTypeNotFound(NotFound):
    """The organization has no such payment type."""

    code = "PAYMENT_TYPE_NOT_FOUND"


class SalaryCodeNotFound(NotFound):
    """The organization has no such salary code."""

    code = "SALARY_CODE_NOT_FOUND"


class SandboxNotFound(NotFound):
    """There is no such sandbox."""

    code = "SANDBOX_NOT_FOUND"


class SnapshotNotFound(NotFound):
    """The sandbox has no such snapshot."""

    code = "SNAPSHOT_NOT_FOUND"


class FaultNotFound(NotFound):
    """The sandbox has no such fault rule."""

    code = "FAULT_NOT_FOUND"


class ScenarioNotFound(NotFound):
    """There is no such scenario."""

    code = "SCENARIO_NOT_FOUND"


class ClientNotFound(NotFound):
    """The sandbox has no such API key."""

    code = "CLIENT_NOT_FOUND"


class DeliveryNotFound(NotFound):
    """The sandbox has no such webhook delivery."""

    code = "DELIVERY_NOT_FOUND"


class RequestNotFound(NotFound):
    """The journal of the sandbox has no such request."""

    code = "REQUEST_NOT_FOUND"


class MethodNotAllowed(Refusal):
    """The path does not take this method."""

    status = 405
    code = "METHOD_NOT_ALLOWED"

    def __init__(self, description: str, allow: str) -> None:
        super().__init__(description)
        self.headers = (("allow", allow),)


class WaitTimeout(Refusal):
    """The wait ended before its count was reached.

    ``found`` is what there was.
    """

    status = 408
    code = "WAIT_TIMEOUT"

    def __init__(self, description: str, found: Mapping[str, object]) -> None:
        super().__init__(description)
        self.found = found


class Conflict(Refusal):
    """Something of this name is there already."""

    status = 409
    code = "ALREADY_EXISTS"


class ScenarioUnderWay(Conflict):
    """Another scenario is being played in the sandbox."""

    code = "SCENARIO_UNDER_WAY"


class PayloadTooLarge(Refusal):
    """The body is larger than what is taken."""

    status = 413
    code = "PAYLOAD_TOO_LARGE"


class RateLimited(Refusal):
    """Too many requests; the status is documented.

    ``retry_after`` is in seconds.
    """

    status = 429
    code = "RATE_LIMIT_EXCEEDED"

    def __init__(self, description: str, retry_after: int) -> None:
        super().__init__(description)
        self.headers = (("retry-after", str(retry_after)),)


class InternalError(Refusal):
    """The server failed; that is a mistake of its own."""

    status = 500
    code = "INTERNAL_ERROR"


class NotDocumented(Refusal):
    """The server was started to refuse what no guide of Findity's has, and this has none."""

    status = 501
    code = "NOT_DOCUMENTED"
