"""What the client was seen to do: the journal of its sandbox, in the words of the rules."""

from __future__ import annotations

import heapq
import json
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..testing.requests import EVERY

if TYPE_CHECKING:
    from ..shapes.conduct import ConductFindingOut
    from ..shapes.requests import RequestOut
    from ..testing.export import Export
    from ..testing.findity import Findity

TOKEN = "issueToken"
LIST, DOWNLOAD, UPDATE = "listExports", "getExportVouchers", "updateExportStatus"


class Acknowledgement(NamedTuple):
    """What one request said of one voucher, and the request."""

    voucher: str
    status: str
    fields: dict[str, Any]
    request: RequestOut


class Seen:
    """Every request of the client since it began to be watched, oldest first.

    Those that came with no token or key of any sandbox are the client's too: nobody else asks this
    server meanwhile. The sandbox ``default`` has them in its journal; their ids are below zero
    here, so that each is the id of one request.
    """

    def __init__(self, findity: Findity) -> None:
        self._findity = findity
        self._began = time.monotonic()
        self._strangers: list[RequestOut] = []
        self._read = 0

    def all(self) -> list[RequestOut]:
        """Every request."""
        own, strangers = self._findity.requests.all(), self.strangers()
        return list(heapq.merge(own, strangers, key=_begun)) if strangers else own

    def of(self, *operations: str) -> list[RequestOut]:
        """The requests of some operations."""
        return [request for request in self.all() if request["operationId"] in operations]

    def after(self, request: RequestOut) -> list[RequestOut]:
        """The requests that came later than one."""
        found = self.all()
        return found[_place(request, found) + 1 :]

    def before(self, request: RequestOut) -> list[RequestOut]:
        """The requests that came earlier than one."""
        found = self.all()
        return found[: max(0, _place(request, found))]

    def writes(self) -> list[RequestOut]:
        """The requests that change something, without those for tokens."""
        return [r for r in self.all() if r["method"] not in ("GET", "HEAD") and not is_token(r)]

    def tokens(self) -> list[RequestOut]:
        """The requests for tokens."""
        return self.of(TOKEN)

    def about(self, export: Export, *operations: str) -> list[RequestOut]:
        """The requests that name an export, of some operations or of any."""
        return [
            request
            for request in self.all()
            if export.id in request["path"]
            and (not operations or request["operationId"] in operations)
        ]

    def downloads(self, export: Export) -> list[RequestOut]:
        """The times that the package of an export was given whole."""
        return [
            r for r in self.about(export, DOWNLOAD) if r["status"] == 200 and r["fault"] is None
        ]

    def acknowledged(self, *exports: Export) -> list[Acknowledgement]:
        """What was said of the vouchers of these exports, in order; refused requests too."""
        return [
            acknowledgement
            for export in exports
            for request in self.about(export, UPDATE)
            for acknowledgement in _acknowledgements(request)
        ]

    def reported(self, export: Export) -> list[Acknowledgement]:
        """What was said of the vouchers of an export and was answered 200, in order."""
        return [said for said in self.acknowledged(export) if said.request["status"] == 200]

    def strangers(self) -> list[RequestOut]:
        """The requests that came with no token or key of any sandbox."""
        query = {"since": self._read, "max": EVERY}
        path = "/sandboxes/default/requests"
        for found in self._findity.line.control("GET", path, query=query)["data"]:
            self._read = found["id"]
            if found["unclaimed"] and found["begun"] >= self._began:
                self._strangers.append(found | {"id": -found["id"]})
        return list(self._strangers)

    def misconduct(self, rule: str) -> list[ConductFindingOut]:
        """What the sandbox itself, which knows the secrets too, found against a rule."""
        return [finding for finding in self._findity.conduct() if finding["rule"] == rule]

    def pdfs(self) -> list[RequestOut]:
        """The times that a PDF was asked for."""
        return [r for r in self.of("getResource") if r["query"].get("format") == "pdf"]


def _begun(request: RequestOut) -> float:
    return request["begun"]


def _place(request: RequestOut, found: list[RequestOut]) -> int:
    """Where a request is among those found; -1 for one that was forgotten, as the oldest are."""
    return next((n for n, one in enumerate(found) if one["id"] == request["id"]), -1)


def is_token(request: RequestOut) -> bool:
    """Whether a request asks for a token."""
    return request["operationId"] == TOKEN


def form(request: RequestOut) -> dict[str, str]:
    """The fields of a form, secrets blotted out; none of what is no form."""
    from urllib.parse import parse_qsl

    kind = request["headers"].get("content-type", "").partition(";")[0].strip().lower()
    is_form = kind == "application/x-www-form-urlencoded"
    return dict(parse_qsl(request["body"], keep_blank_values=True)) if is_form else {}


def body(request: RequestOut) -> Any:
    """The JSON of a request; ``None`` of what is none, or was too long to be kept whole."""
    try:
        return json.loads(request["body"])
    except ValueError:
        return None


def _acknowledgements(request: RequestOut) -> Iterable[Acknowledgement]:
    sent = body(request)
    updates = sent.get("voucherUpdates", ()) if isinstance(sent, dict) else ()
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, dict):
            yield Acknowledgement(str(update.get("id")), str(update.get("status")), update, request)
