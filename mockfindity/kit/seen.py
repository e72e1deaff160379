"""What the client was seen to do: the journal of its sandbox, in the words of the rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

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
    """Every request of the client so far, oldest first."""

    def __init__(self, findity: Findity) -> None:
        self._findity = findity

    def all(self) -> list[RequestOut]:
        """Every request."""
        return self._findity.requests.all()

    def of(self, *operations: str) -> list[RequestOut]:
        """The requests of some operations."""
        return [request for request in self.all() if request["operationId"] in operations]

    def after(self, request: RequestOut) -> list[RequestOut]:
        """The requests that came later than one."""
        return [later for later in self.all() if later["id"] > request["id"]]

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

    def strangers(self) -> list[RequestOut]:
        """The requests to this server that came with no token or key of any sandbox, of whatever
        client: the sandbox ``default`` has them in its journal."""
        path = "/sandboxes/default/requests"
        found = self._findity.line.control("GET", path, None, {"max": 10**9})["data"]
        return [request for request in found if request["unclaimed"]]

    def misconduct(self, rule: str) -> list[ConductFindingOut]:
        """What the sandbox itself, which knows the secrets too, found against a rule."""
        return [finding for finding in self._findity.conduct() if finding["rule"] == rule]

    def pdfs(self) -> list[RequestOut]:
        """The times that a PDF was asked for."""
        return [r for r in self.of("getResource") if r["query"].get("format") == "pdf"]


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
