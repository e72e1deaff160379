"""A client that is kept running and sent webhooks, and one that runs already."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ..testing.line import FindityError
from .client import Client, NotStarted, Run, Traffic
from .configuration import Configuration
from .connection import Connection
from .process import Process, wait_until
from .violation import Violation

QUIET = 0.5
"""Seconds without a request, after the last answer, that count as quiet."""

PATIENCE = 3.0
"""The same, while an export waits to be acknowledged: the client may be waiting to try again."""

SETTLED = 0.3
"""The same, after it was started: what it does by itself is not to mix with what a rule does."""

SECOND_CHANCE = 2.0
"""Seconds that a command has to listen which did not in its time before."""

PORTS = range(20000, 32000)
"""Where no system takes the ports from that it gives outgoing connections by itself."""


class _Hooked(Client):
    """A client that is sent webhooks."""

    _told = 0
    """How many webhooks there were when it last came to rest."""

    @property
    def is_service(self) -> bool:
        return True

    def _webhooks_over(self) -> None:
        """Wait until every webhook was answered, or was not in time."""
        if self.company is None:
            return
        webhooks = self.company.findity.webhooks
        found = webhooks.all()
        if any(one["status"] == "PENDING" for one in found):
            try:
                webhooks.wait(len(found), timeout=min(60, int(self.configuration.time_limit) + 1))
            except FindityError as error:
                if error.code != "WAIT_TIMEOUT":
                    raise

    def _repeat(self) -> None:
        """Where no webhook is new, send those of the exports that are open once more: this is what
        its next run is to a client that only works when it is told to."""
        if self.company is None:
            return
        webhooks = self.company.findity.webhooks
        found = webhooks.all()
        if len(found) > self._told:
            return
        open_exports = self._open()
        last = {one["exportId"]: one for one in found if one["exportId"] in open_exports}
        for delivery in last.values():
            webhooks.redeliver(delivery)

    def _open(self) -> set[str]:
        """The exports that wait to be acknowledged; none where the organization has gone."""
        if self.company is None:
            return set()
        try:
            return {export.id for export in self.company.organization.exports("TRANSFER")}
        except FindityError:
            return set()

    def _waits(self) -> bool:
        """Whether something waits to be done that can be seen."""
        return bool(self._open()) or (self.company is not None and self.company.is_behind())

    def _rested(self) -> None:
        if self.company is not None:
            self._told = len(self.company.findity.webhooks.all())


class ServiceClient(_Hooked):
    """A program that is kept running and sent webhooks."""

    _late: set[tuple[str, ...]] = set()
    """Commands that did not listen in time."""

    @property
    def can_crash(self) -> bool:
        return True

    def __init__(
        self, configuration: Configuration, connection: Connection, traffic: Traffic
    ) -> None:
        super().__init__(configuration, connection, traffic)
        self._port = free_port()
        self._service: Process | None = None
        self._given: Connection | None = None
        self._heard = 0

    @property
    def webhook_url(self) -> str:
        return (self.configuration.webhook_url or "").replace("{port}", str(self._port))

    @property
    def output(self) -> str:
        """All that it printed, up to now."""
        news = "" if self._service is None else self._service.output.since(self._heard)
        return super().output + news

    def start(self, **changes: Any) -> None:
        """Start it and wait until it listens, and has done what it does by itself.

        Raises ``NotStarted`` when it ends before, or does not listen in time.
        """
        process = self._ensure(self.connection._replace(**changes))
        if process.code is not None:
            raise NotStarted(f"the service ended by itself, with exit code {process.code}")
        began = time.monotonic()
        wait_until(self.limit, lambda: self._is_quiet(began, SETTLED))

    def _ensure(self, connection: Connection) -> Process:
        """The process, started (anew, for another connection), and listening or ended.

        Raises ``NotStarted`` when it does neither in time.
        """
        if self._service is not None and self._given == connection:
            return self._service
        self.stop()
        if not wait_until(SECOND_CHANCE, lambda: not self._listens(), every=0.25):
            raise NotStarted(
                f"something else listens at {self.webhook_url} already: end it, or let the URL "
                "have {port}, which is a free one"
            )
        command = tuple(
            part.replace("{port}", str(self._port)) for part in self.configuration.service
        )
        process = self._process(command, connection, PORT=str(self._port))
        self._service, self._given, self._heard = process, connection, 0
        self._await_listening(process)
        return process

    def _await_listening(self, process: Process) -> None:
        limit, command = self.configuration.time_limit, self.configuration.service
        seconds = min(limit, SECOND_CHANCE) if command in self._late else limit
        if not wait_until(seconds, lambda: process.code is not None or self._listens()):
            self._late.add(command)
            self.stop()
            raise NotStarted(
                f"the service did not listen at {self.webhook_url} within {limit:g} s, and was "
                "stopped"
            )

    def _listens(self) -> bool:
        target = urlsplit(self.webhook_url)
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            socket.create_connection((target.hostname or "127.0.0.1", port), 0.5).close()
        except OSError:
            return False
        return True

    def _is_quiet(self, since: float, seconds: float) -> bool:
        silent = time.monotonic() - max(since, self.traffic.last())
        return self.traffic.under_way() == 0 and silent >= seconds

    def _run(self, connection: Connection) -> Run:
        process = self._ensure(connection)
        self._repeat()
        self._webhooks_over()
        began, limit = time.monotonic(), self.limit

        def is_done() -> bool:
            if process.code is not None or self._is_quiet(began, PATIENCE):
                return True
            return self._is_quiet(began, QUIET) and not self._waits()

        ended = wait_until(limit, is_done, every=0.02)
        self._rested()
        if process.code is not None and connection == self.connection:
            raise Violation(f"the service ended by itself, with exit code {process.code}")
        if not ended:
            self.stop()
        return Run(process.code, self._news(process), 0.0, not ended)

    def _news(self, process: Process) -> str:
        """What it printed since it was last asked."""
        before, self._heard = self._heard, process.output.size
        return process.output.since(before)

    def stop(self) -> None:
        """End it, with everything that it started."""
        if self._service is not None:
            self._service.stop()
            self._ended(self._service)

    def crashes(self, when: Callable[[], bool], **changes: Any) -> bool:
        """Kill it as soon as ``when()`` is true; the next step starts it again."""
        process = self._ensure(self.connection._replace(**changes))
        self._repeat()
        limit = self.configuration.time_limit
        came = wait_until(limit, lambda: when() or process.code is not None) and when()
        process.kill()
        self._ended(process)
        self._webhooks_over()
        self._rested()
        return came

    def _ended(self, process: Process) -> None:
        self.runs.append(Run(process.code, self._news(process), 0.0, False))
        self._service = self._given = None


class ProbedClient(_Hooked):
    """A receiver that runs already, somewhere: it is only sent webhooks, and what it does then is
    its own affair, since nobody knows whether the Findity that it asks is the one played here."""

    @property
    def webhook_url(self) -> str:
        return self.configuration.webhook_probe or ""

    @property
    def is_seen(self) -> bool:
        return False

    def _run(self, connection: Connection) -> Run:
        self._webhooks_over()
        return Run(None, "", 0.0, False)


def free_port() -> int:
    """A port that nobody listens at. One that the system hands out may be taken again, for an
    outgoing connection, before the service is there."""
    while True:
        port = PORTS[secrets.randbelow(len(PORTS))]
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
