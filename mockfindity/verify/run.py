"""A whole run, from signing in to the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from . import hosts
from .admin import read_admin
from .client import Client, Unreachable
from .connect import read_connect
from .contract import Contract
from .finding import Finding, folded
from .place import Place, Unknown, find
from .reach import try_reach
from .session import Bases, Session
from .signing_in import NotSignedIn, sign_in
from .traces import Traces
from .writing import write

__all__ = ["NotSignedIn", "Report", "Target", "Unknown", "verify"]


class Target(NamedTuple):
    """The server that is held against the contracts, and the key to sign in to it with."""

    bases: Bases
    client_id: str
    client_secret: str
    organization: str
    timeout: float = 30.0
    may_write: bool = False

    @classmethod
    def at(cls, url: str, token_url: str | None, legacy_url: str | None, **more: Any) -> Target:
        """A server at ``url``; the other two follow from it unless they are given."""
        bases = Bases(url, legacy_url or url, token_url or f"{url}/oauth/token")
        return cls(bases, **more)


class Report(NamedTuple):
    """What came of a run. ``operations`` are the ids of those that were asked, ``left`` is what it
    made and could not take away, ``trouble`` why it did not come to its end."""

    operations: list[str]
    requests: int
    findings: list[Finding]
    left: list[str]
    trouble: str | None = None
    was_stopped: bool = False

    def of(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]


def verify(target: Target, folder: Path, tell: Callable[[str], None] = lambda text: None) -> Report:
    """Hold a server against the contracts in ``folder``; ``tell`` hears what is being done.

    Raises ``Production`` before anything is sent, ``NotSignedIn``, ``Unknown`` for an organization
    that is not there, and ``Unreachable`` where nothing answers from the start.
    """
    for url in target.bases:
        hosts.check(url)
    contract = Contract(folder)
    secure = any(url.startswith("https:") for url in target.bases)
    client = Client(target.timeout, secure=secure)
    session = Session(contract, client, target.bases, tell)
    traces, trouble, was_stopped = Traces(), None, False
    try:
        sign_in(session, target.client_id, target.client_secret)
        place = find(session, target.organization)
        trouble = _to_the_end(session, place, traces, target.may_write)
    except KeyboardInterrupt:
        trouble, was_stopped = "it was stopped", True
    finally:
        traces.clean_up()
        client.close()
    findings = folded(session.findings)
    tried = list(session.tried)
    return Report(tried, session.requests, findings, traces.left, trouble, was_stopped)


def _to_the_end(session: Session, place: Place, traces: Traces, may_write: bool) -> str | None:
    """Every chapter that is left; why there are none any more, if the server goes silent."""
    try:
        try_reach(session, place)
        read_admin(session, place)
        exports = read_connect(session, place)
        if may_write:
            write(session, place, exports, traces)
    except Unreachable as error:
        return str(error)
    return None
