"""Before anything is judged: whether there is a client at all. And after: that nothing is left.

What cannot be started would break every rule in the same way; that is one message, not forty.
"""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from ..testing.findity import Findity
from .blotting import Blotter
from .client import Client, NotStarted, client_of
from .company import Company
from .configuration import Configuration
from .connection import Connection
from .ledger import file_name
from .loading import load
from .missing import hint
from .process import GRACE, MARK, killed, wait_until
from .reports.story import end_of
from .traffic import watched
from .violation import Violation

PATIENCE = 10.0
"""Seconds that the first run has at the most, to show that it is one; starting up apart."""


class Unusable(Exception):
    """There is nothing to judge: says why, and what the client printed."""


def ensure_it_starts(configuration: Configuration, patience: float = PATIENCE) -> None:
    """Let the client work once, and raise ``Unusable`` where it never came as far as Findity.

    A service may take the whole time limit to start, and ``patience`` seconds for what it does
    then; any other client ``patience`` seconds for all.
    """
    if configuration.webhook_probe is not None:
        _reach(configuration.webhook_probe)
        return
    if configuration.client is not None:
        _load(configuration.client, Path(configuration.folder))
    with tempfile.TemporaryDirectory() as folder, watched() as (server, traffic):
        findity = server.sandbox()
        company = Company.founded(findity, configuration)
        connection = connection_of(company, configuration, Path(folder))
        client = client_of(configuration, connection, traffic)
        client.limit = min(client.limit, patience)
        try:
            _first_run(company, client)
        except Unusable as error:
            key = Blotter(findity.name, findity.client_id, findity.client_secret)
            raise Unusable(key.text(str(error))) from None
        finally:
            client.stop()


def connection_of(company: Company, configuration: Configuration, folder: Path) -> Connection:
    """What a client is told of its company; its files are in ``folder``."""
    findity: Findity = company.findity
    return Connection(
        base_url=findity.url,
        token_url=findity.token_url,
        client_id=findity.client_id,
        client_secret=findity.client_secret,
        organization_id=company.organization.id,
        external_organization_id=company.organization.external_id,
        ledger=folder / file_name(configuration.ledger_shape),
        bookings=folder / "bookings.jsonl",
    )


def _first_run(company: Company, client: Client) -> None:
    try:
        company.hires(client)
        if "exports" in company.configuration.areas:
            company.sends()
        run = client.works(patience=client.limit / client.configuration.time_limit)
    except NotStarted as error:
        raise Unusable(_with_output(error.what, client)) from None
    except Violation as error:
        if not client.runs and not company.seen.all():
            raise Unusable(_with_output(error.what, client)) from None
        return
    if run.failed and not company.seen.all() and "exports" in company.configuration.areas:
        how = f"ended with exit code {run.code}" if client.configuration.command else "failed"
        what = f"the client {how} before it asked Findity anything"
        raise Unusable(_with_output(what, client))


def _reach(url: str) -> None:
    target = urlsplit(url)
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        socket.create_connection((target.hostname or "", port), 5).close()
    except OSError as error:
        raise Unusable(f"nobody takes webhooks at {url}: {error.strerror or error}") from None


def _load(name: str, folder: Path) -> None:
    try:
        load(name, folder)
    except Violation as error:
        raise Unusable(error.what) from None


def _with_output(what: str, client: Client) -> str:
    lines = end_of(client.output)
    printed = ["It printed:", *(f"  {line}" for line in lines)] if lines else ["It printed nothing"]
    command = client.configuration.command or client.configuration.service
    lacks = hint(command, "\n".join(lines))
    return "\n".join([what, *printed, *([lacks] if lacks else ())])


@contextmanager
def nothing_left() -> Iterator[None]:
    """End whatever was started in the block, by whomever, and still runs at its end.

    That is found by a mark in its environment, where ``/proc`` tells of those.
    """
    before = os.environ.get(MARK)
    mark = secrets.token_hex(16)
    os.environ[MARK] = f"{before or ''} {mark}".strip()
    try:
        yield
    finally:
        if before is None:
            del os.environ[MARK]
        else:
            os.environ[MARK] = before
        wait_until(GRACE, lambda: not killed(mark))
