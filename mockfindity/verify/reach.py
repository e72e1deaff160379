"""Chapter 2: who may not, and what is not there. None of it changes anything."""

from __future__ import annotations

from .place import Place
from .session import Session

NOBODY = "mockfindity-verify-nobody"
NOTHING = "0" * 31 + "1"
"""An id that looks like one and is nobody's."""


def try_reach(session: Session, place: Place) -> None:
    """Requests without a token, for what is not there, and with values that mean nothing."""
    session.tell("Asking for what must be refused")
    _tokens(session, place)
    _organizations(session)
    _things(session, place)
    _values(session, place)


def _tokens(session: Session, place: Place) -> None:
    for token in (None, "mockfindity-verify-no-token"):
        session.refused("listOrganizations", "Unauthorized", token=token)
        session.refused("listAccounts", "Unauthorized", token=token, path=place.internal())
        session.refused("listExports", "Unauthorized", token=token, path=place.internal())


def _organizations(session: Session) -> None:
    nobody, nothing = {"externalId": NOBODY}, {"organizationId": NOTHING}
    missing = "OrganizationNotFound"
    session.refused("getOrganization", missing, code="chosen", path=nobody)
    session.refused("getReportCounters", missing, code="chosen", path=nobody)
    session.refused("listUsers", missing, status="inferred", code="chosen", path=nobody)
    session.refused("listAccounts", missing, code="chosen", path=nothing)
    session.refused("listExports", missing, status="inferred", path=nothing)


def _things(session: Session, place: Place) -> None:
    account = place.internal(accountId=NOTHING)
    session.refused("getAccount", "AccountNotFound", path=account)
    export = place.internal(exportId=NOTHING)
    for operation in ("getExport", "getExportVouchers"):
        session.refused(operation, "ExportNotFound", status="inferred", path=export)
    user = place.external(userExternalId=NOBODY)
    session.refused("getUser", "UserNotFound", status="inferred", path=user)
    dimension = place.external(definitionExternalId=NOBODY)
    session.refused("listDimensionValues", "DimensionNotFound", status="inferred", path=dimension)
    category = place.internal(categoryId=NOTHING)
    session.refused("getCategory", "CategoryNotFound", path=category)


def _values(session: Session, place: Place) -> None:
    """Values that mean nothing: that they are refused at all is chosen."""
    wrong = {"max": "-1"}
    for operation in ("listAccounts", "listExports"):
        session.refused(
            operation, "BadRequest", status="chosen", path=place.internal(), query=wrong
        )
    session.refused("lookupOrganization", "BadRequest", status="chosen")
    day = {"fromDate": "yesterday"}
    session.refused(
        "getReportCounters", "BadRequest", status="chosen", path=place.external(), query=day
    )
