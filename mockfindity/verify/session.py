"""A run's conversation with the other server: ask, look, and note what is not as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from .client import NOT_JSON, TOO_MANY, Answer, Client
from .contract import JSON, Contract, Operation
from .evidence import CHOSEN_BODIES, Evidence
from .finding import Finding, Kind, Where, place, shown, still
from .schema import UNKNOWN, Problem, problems

TOKEN = "issueToken"
UNAUTHORIZED = 401
API_VERSION = "X-Findity-ApiVersion"
REQUEST_ID = "X-Request-Id"
_PARAMETER = re.compile(r"\{(\w+)\}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Bases(NamedTuple):
    """Where the other server is: its APIs, the paths of the legacy Admin API, its tokens."""

    url: str
    legacy: str
    token: str


class Asked(NamedTuple):
    """A request of an operation, as findings name it, and what came back."""

    operation: Operation
    request: str
    answer: Answer

    @property
    def data(self) -> Any:
        """The body as JSON; ``None`` where it is none."""
        found = self.answer.json()
        return None if found is NOT_JSON else found


class Session:
    """``findings`` is what was noted so far, ``tried`` the operations that were asked."""

    def __init__(
        self, contract: Contract, client: Client, bases: Bases, tell: Callable[[str], None]
    ) -> None:
        self.contract, self.client, self.bases, self.tell = contract, client, bases, tell
        self.evidence = Evidence(contract)
        self.findings: list[Finding] = []
        self.tried: dict[str, None] = {}
        self.requests = 0
        self._last: dict[str, Asked] = {}
        self.token: str | None = None
        self.secrets: set[str] = set()

    # ---- asking -----------------------------------------------------------------------------

    def ask(self, operation: str, **more: Any) -> Any:
        """The body of a success, held against schema and guides.

        ``None`` where there is no use of it: what was wrong is noted then. Takes what ``send``
        takes.
        """
        asked = self.send(operation, **more)
        if not self.succeeded(asked):
            return None
        if not asked.operation.has_body:
            if asked.answer.content:
                self.differs(asked, "body", "nothing", f"{len(asked.answer.content)} bytes")
            return None
        return self.look(asked) if asked.operation.is_json else asked.answer

    def send(
        self,
        operation: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        token: str | None = "own",
        path: Mapping[str, str] | None = None,
        url: str | None = None,
        accept: str | None = None,
        **more: Any,
    ) -> Asked:
        """A request of an operation, and its answer, nothing of it looked at.

        ``url`` stands for the one that the document says; ``token`` for the session's own. Secrets
        are blotted out of every answer but that of the token endpoint, which is to have them.
        """
        found = self.contract[operation]
        base = self.bases.legacy if found.is_legacy else self.bases.url
        params = path or {}
        target = url or base + _PARAMETER.sub(lambda m: quote(params[m[1]], safe=""), found.path)
        headers = {"Accept": accept or (JSON if found.is_json else "*/*")}
        headers |= {API_VERSION: "3"} if found.is_legacy else {}
        token = self.token if token == "own" else token
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            more["json"] = body
        self.requests += 1
        self.tried[operation] = None
        answer = self.client.send(found.method, target, headers=headers, params=query, **more)
        if operation != TOKEN:
            answer = answer._replace(content=self._blotted(answer.content))
        words = f"?{urlencode(query)}" if query else ""
        request = still(f"{found.method} {found.path}{words}")
        self._last[operation] = asked = Asked(found, request, answer)
        return asked

    def succeeded(self, asked: Asked) -> bool:
        """Whether it was answered with the status of success; noted where it was not."""
        operation, answer = asked.operation, asked.answer
        if answer.trouble is None and answer.status == operation.status:
            self._request_id(asked)
            return True
        self.failed(asked, str(operation.status))
        return False

    def look(self, asked: Asked) -> Any:
        """The body of a success, held against schema and guides; ``None`` if it is no JSON."""
        data = asked.answer.json()
        known = "chosen" if asked.operation.name in CHOSEN_BODIES else None
        if data is NOT_JSON:
            self.differs(asked, "body", "JSON", text_of(asked.answer), known)
            return None
        if asked.answer.media != JSON:
            found = asked.answer.media or "nothing"
            self.differs(asked, "header Content-Type", JSON, found, known)
        noted: set[Where] = set()
        for source, problem in self.evidence.by_guides(asked.operation, data):
            self._problem(asked, problem, source, noted)
        document = f"{asked.operation.document}: {asked.operation.id}"
        for problem in problems(asked.operation.validator(), data):
            self._problem(asked, problem, document, noted)
        return data

    def _problem(self, asked: Asked, problem: Problem, source: str, noted: set[Where]) -> None:
        """Note a problem of the body, once where guide and document agree."""
        kind = self.evidence.kind(asked.operation, problem)
        if kind is not None and problem.where not in noted:
            noted.add(problem.where)
            at = place(problem.where)
            self.note(kind, asked, at, problem.expected, problem.found, source)

    def _request_id(self, asked: Asked) -> None:
        given = asked.answer.headers.get(REQUEST_ID)
        if given is None or not _UUID.fullmatch(given):
            found = "nothing" if given is None else shown(given)
            self.note("guess", asked, f"header {REQUEST_ID}", "a UUID", found, "chosen")

    # ---- refusals ---------------------------------------------------------------------------

    def refused(
        self,
        operation: str,
        refusal: str,
        *,
        status: str = "documented",
        code: str = "",
        **more: Any,
    ) -> Asked:
        """A request that must be refused, and how.

        ``refusal`` is the name of its schema. ``status`` and ``code`` say how sure these are; a
        code is as sure as the document says, unless it is said here.
        """
        asked = self.send(operation, **more)
        wanted = asked.operation.refusal(refusal)
        answer = asked.answer
        if answer.trouble is not None or answer.status != wanted.status:
            self.failed(asked, f"{wanted.status} {wanted.code}".rstrip(), status)
            return asked
        self._request_id(asked)
        self._envelope(asked, wanted.code, code or wanted.provenance)
        return asked

    def _envelope(self, asked: Asked, code: str, provenance: str) -> None:
        """The envelope is that of the accounts guide; what a 401 says is told nowhere."""
        form = "chosen" if asked.answer.status == UNAUTHORIZED else "documented"
        data = asked.answer.json()
        if data is NOT_JSON:
            self.differs(asked, "body", "the error envelope", text_of(asked.answer), form)
            return
        source = f"{asked.operation.document}: errors"
        for problem in problems(asked.operation.envelope(), data):
            sure = provenance if problem.where == ("code",) else form
            chosen = "chosen" in (sure, asked.operation.provenance)
            kind: Kind = "guess" if chosen else "difference"
            kind = "extra" if problem.keyword == UNKNOWN else kind
            self.note(kind, asked, place(problem.where), problem.expected, problem.found, source)
        if isinstance(data, dict):
            self._of_this_request(asked, data, code, provenance)

    def _of_this_request(
        self, asked: Asked, data: dict[str, Any], code: str, provenance: str
    ) -> None:
        if isinstance(data.get("code"), str) and data["code"] != code:
            self.differs(asked, "body.code", code, shown(data["code"]), provenance)
        own = asked.answer.headers.get(REQUEST_ID)
        if own and data.get("requestId") not in (None, own):
            expected = f"that of the header {REQUEST_ID}"
            self.differs(asked, "body.requestId", expected, "another", "chosen")

    # ---- noting -----------------------------------------------------------------------------

    def differs(
        self, asked: Asked, where: str, expected: str, found: str, provenance: str | None = None
    ) -> None:
        """Note what differs from something known with this provenance, or the operation's."""
        chosen = "chosen" in (provenance, asked.operation.provenance)
        source = "chosen" if chosen else asked.operation.source
        self.note("guess" if chosen else "difference", asked, where, expected, found, source)

    def failed(self, asked: Asked, expected: str, provenance: str | None = None) -> None:
        """Note an answer of another status, or none; a rate limit only keeps from trying."""
        answer = asked.answer
        if answer.status == TOO_MANY:
            self.skip(asked.operation.id, said(answer))
            return
        where = "answer" if answer.trouble else "status"
        self.differs(asked, where, expected, said(answer), provenance)

    def note(
        self, kind: Kind, asked: Asked, where: str, expected: str, found: str, source: str
    ) -> None:
        found = self.without_secrets(found)
        one = Finding(kind, asked.operation.id, asked.request, where, expected, found, source)
        self.findings.append(one)

    def agree(
        self,
        operation: str,
        where: str,
        wanted: Any,
        found: Any,
        provenance: str | None = None,
        *,
        source: str = "",
    ) -> None:
        """Note where the operation's last answer is not as something else made one expect;
        ``source`` says in words what."""
        if wanted != found:
            given = shown(found) if shown(found) != shown(wanted) else "another"
            expected = f"{shown(wanted)} ({source})" if source else shown(wanted)
            self.differs(self.last(operation), where, expected, given, provenance)

    def last(self, operation: str) -> Asked:
        """The last request of an operation, with its answer."""
        return self._last[operation]

    def skip(self, operation: str, why: str) -> None:
        """Note that an operation could not be tried."""
        known = self.contract[operation]
        request = f"{known.method} {known.path}"
        why = self.without_secrets(why)
        self.findings.append(Finding("skipped", operation, request, "", "", why, known.source))

    def skip_all(self, why: str, *operations: str) -> None:
        for operation in operations:
            self.skip(operation, why)

    def without_secrets(self, text: str) -> str:
        """``text`` without what was secret in this run, should the server have given it back."""
        return self._blotted(text.encode()).decode()

    def _blotted(self, content: bytes) -> bytes:
        for secret in sorted(self.secrets, key=len, reverse=True):
            content = content.replace(secret.encode(), b"{secret}")
        return content


def said(answer: Answer) -> str:
    """What came back, in a few words: the status, and the code or type of the body."""
    if answer.trouble is not None:
        return still(answer.trouble)
    data = answer.json()
    if isinstance(data, dict):
        code = data.get("code") or data.get("error")
        return still(f"{answer.status} {code}") if isinstance(code, str) else str(answer.status)
    if data is NOT_JSON and answer.content:
        return f"{answer.status} ({answer.media or 'no type'})"
    return str(answer.status)


def text_of(answer: Answer) -> str:
    """What a body is that is no JSON."""
    if not answer.content:
        return "nothing"
    start = answer.content[:40].decode("utf-8", "replace")
    what = answer.media or "no type"
    return f"{what} that begins with {shown(start)}"
