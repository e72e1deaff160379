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
    │       Scenario-, DeliveryNotFound
    ├── MethodNotAllowed 405      METHOD_NOT_ALLOWED
    ├── WaitTimeout 408           WAIT_TIMEOUT
    ├── Conflict 409              ALREADY_EXISTS
    ├── PayloadTooLarge 413       PAYLOAD_TOO_LARGE
    ├── RateLimited 429           RATE_LIMIT_EXCEEDED
    └── InternalError 500         INTERNAL_ERROR

A refusal is raised before anything is written, so whoever gets one knows that nothing changed.
Its description names the value that was wrong and says what would be right.
"""

from __future__ import annotations

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
    code = "INVALID_JSON"


class NoKnownProperties(BadRequest):
    code = "NO_KNOWN_JSON_PROPERTIES"
    provenance = "documented"


class InvalidId(BadRequest):
    code = "INVALID_ID"
    provenance = "documented"


class DuplicateVat(BadRequest):
    code = "DUPLICATE_VAT"


class ApprovalNotActive(BadRequest):
    code = "APPROVAL_NOT_ACTIVE"


class InvalidSendState(BadRequest):
    code = "INVALID_SEND_STATE"
    provenance = "observed"


class NoReportsReady(BadRequest):
    code = "NO_REPORTS_READY"


class AccountNotMapped(BadRequest):
    code = "ACCOUNT_NOT_MAPPED"


class VoucherNotFound(BadRequest):
    code = "VOUCHER_NOT_FOUND"


class VoucherProcessed(BadRequest):
    code = "VOUCHER_ALREADY_PROCESSED"


class OAuthError(BadRequest):
    """An error of the token endpoint; ``error`` is RFC 6749's, section 5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error


class InvalidClient(OAuthError):
    status = 401
    headers = (("www-authenticate", 'Basic realm="mockfindity"'),)

    def __init__(self, description: str) -> None:
        super().__init__("invalid_client", description)


class Unauthorized(Refusal):
    status = 401
    code = "UNAUTHORIZED"
    headers = (("www-authenticate", "Bearer"),)


class Forbidden(Refusal):
    status = 403
    code = "FORBIDDEN"


class NotFound(Refusal):
    status = 404
    code = "NOT_FOUND"


class OrganizationNotFound(NotFound):
    code = "ORGANIZATION_NOT_FOUND"
    provenance = "documented"


class AccountNotFound(NotFound):
    code = "ACCOUNT_NOT_FOUND"


class UserNotFound(NotFound):
    code = "USER_NOT_FOUND"


class DimensionNotFound(NotFound):
    code = "DIMENSION_NOT_FOUND"


class CategoryNotFound(NotFound):
    code = "CATEGORY_NOT_FOUND"


class ReportNotFound(NotFound):
    code = "REPORT_NOT_FOUND"


class ExportNotFound(NotFound):
    code = "EXPORT_NOT_FOUND"
    provenance = "documented"


class RecipientNotFound(NotFound):
    code = "RECIPIENT_NOT_FOUND"
    provenance = "documented"


class ContentNotFound(NotFound):
    code = "CONTENT_NOT_FOUND"


class ResourceNotFound(NotFound):
    code = "RESOURCE_NOT_FOUND"


class PaymentTypeNotFound(NotFound):
    code = "PAYMENT_TYPE_NOT_FOUND"


class SalaryCodeNotFound(NotFound):
    code = "SALARY_CODE_NOT_FOUND"


class SandboxNotFound(NotFound):
    code = "SANDBOX_NOT_FOUND"


class SnapshotNotFound(NotFound):
    code = "SNAPSHOT_NOT_FOUND"


class FaultNotFound(NotFound):
    code = "FAULT_NOT_FOUND"


class ScenarioNotFound(NotFound):
    code = "SCENARIO_NOT_FOUND"


class ClientNotFound(NotFound):
    code = "CLIENT_NOT_FOUND"


class DeliveryNotFound(NotFound):
    code = "DELIVERY_NOT_FOUND"


class MethodNotAllowed(Refusal):
    status = 405
    code = "METHOD_NOT_ALLOWED"

    def __init__(self, description: str, allow: str) -> None:
        super().__init__(description)
        self.headers = (("allow", allow),)


class WaitTimeout(Refusal):
    """The wait ended before its count was reached; ``found`` is what there was."""

    status = 408
    code = "WAIT_TIMEOUT"

    def __init__(self, description: str, found: dict[str, object]) -> None:
        super().__init__(description)
        self.found = found


class Conflict(Refusal):
    status = 409
    code = "ALREADY_EXISTS"


class PayloadTooLarge(Refusal):
    status = 413
    code = "PAYLOAD_TOO_LARGE"


class RateLimited(Refusal):
    """Too many requests; ``retry_after`` is in seconds. The status is documented."""

    status = 429
    code = "RATE_LIMIT_EXCEEDED"

    def __init__(self, description: str, retry_after: int) -> None:
        super().__init__(description)
        self.headers = (("retry-after", str(retry_after)),)


class InternalError(Refusal):
    status = 500
    code = "INTERNAL_ERROR"
