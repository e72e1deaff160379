"""Chapter 4: the Connect API's exports, with what they refer to. None of them is changed."""

from __future__ import annotations

from typing import Any

import httpx2

from . import hosts
from .client import Answer
from .finding import shown
from .lists import FEW, listed
from .packages import look_into
from .place import Place, elements, is_key
from .session import Session, text_of

PDF = "application/pdf"
OF_AN_EXPORT = ("getExport", "getExportVouchers", "getExportContent", "getResource")


def read_connect(session: Session, place: Place) -> list[dict[str, Any]]:
    """The waiting exports, of which the first few were opened."""
    session.tell("Reading exports")
    if _has_no_recipient(session, place):
        why = "the organization has no API recipient"
        session.skip_all(why, "listExports", *OF_AN_EXPORT)
        return []
    entries = listed(session, "listExports", place.internal())
    exports = [e for e in entries or [] if is_key(e.get("id"))]
    if not exports:
        why = "no export is waiting" if entries == [] else "the list of exports gives no id"
        session.skip_all(why, *OF_AN_EXPORT)
    _in_order(session, exports)
    for number, export in enumerate(exports[:FEW], 1):
        session.tell(f"Reading export {number} of {min(FEW, len(exports))}")
        _export(session, place, export)
    return exports


def _has_no_recipient(session: Session, place: Place) -> bool:
    """Whether the list is refused for that: then there is nothing to see, and nothing is wrong."""
    asked = session.send("listExports", path=place.internal())
    code = asked.data.get("code") if isinstance(asked.data, dict) else None
    return asked.answer.status == 404 and code == "RECIPIENT_NOT_FOUND"


def _in_order(session: Session, exports: list[dict[str, Any]]) -> None:
    """Oldest first; that is chosen."""
    times = [e["dateCreated"] for e in exports if isinstance(e.get("dateCreated"), str)]
    if times != sorted(times):
        asked = session.last("listExports")
        where = "body.data[*].dateCreated"
        session.differs(asked, where, "oldest first", "another order", "chosen")


def _export(session: Session, place: Place, brief: dict[str, Any]) -> None:
    path = place.internal(exportId=brief["id"])
    export = session.ask("getExport", path=path)
    if isinstance(export, dict):
        session.agree("getExport", "body.id", brief["id"], export.get("id"), source="in the list")
        for name in ("status", "numberOfVouchers", "numberOfReports"):
            if name in brief and name in export:
                session.agree("getExport", f"body.{name}", brief[name], export[name])
    package = session.ask("getExportVouchers", path=path)
    if isinstance(package, dict):
        look_into(session, place, export if isinstance(export, dict) else {}, package)
        _basis(session, package)
    _content(session, path, export if isinstance(export, dict) else brief)


def _content(session: Session, path: dict[str, str], export: dict[str, Any]) -> None:
    about = export.get("content")
    if about is None:
        session.refused("getExportContent", "ContentNotFound", status="inferred", path=path)
        return
    answer = session.ask("getExportContent", path=path)
    if isinstance(answer, Answer) and isinstance(about, dict):
        wanted, found = about.get("size"), len(answer.content)
        session.agree("getExportContent", "body", wanted, found, "chosen", source="bytes")
        kind = str(about.get("contentType", "")).partition(";")[0].strip().lower()
        header = "header Content-Type"
        session.agree("getExportContent", header, kind, answer.media, source="as attached")


def _basis(session: Session, package: dict[str, Any]) -> None:
    """The basis of the first voucher that has one: as it is, and as a PDF."""
    urls = [voucher.get("basisUrl") for voucher in elements(package, "vouchers")]
    url = next((url for url in urls if isinstance(url, str) and url), None)
    if url is None:
        session.skip("getResource", "no voucher has a basisUrl")
        return
    if not _is_ours(session, url):
        asked = session.last("getExportVouchers")
        where, wanted = "body.vouchers[*].basisUrl", "a URL of the server that was asked"
        session.differs(asked, where, wanted, "one of another", "chosen")
        session.skip("getResource", "the basisUrl leads to another server, which is not asked")
        return
    session.ask("getResource", url=url)
    asked = session.send("getResource", url=url, query={"format": "pdf"}, accept=PDF)
    if session.succeeded(asked):
        answer = asked.answer
        if not answer.content.startswith(b"%PDF-"):
            session.differs(asked, "body", "a PDF", text_of(answer))
        if answer.media != PDF:
            session.differs(asked, "header Content-Type", PDF, shown(answer.media))


def _is_ours(session: Session, url: str) -> bool:
    try:
        ours = (session.bases.url, session.bases.legacy)
        return any(hosts.same_origin(url, base) for base in ours) and not hosts.is_production(url)
    except httpx2.InvalidURL:
        return False
