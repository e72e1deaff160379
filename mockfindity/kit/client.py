"""The client that is judged: one way to let it work, whatever it is.

``works()`` lets it do all that it has to: a command is run to its end, a function is called, a
service is started if it does not run, and watched until it is quiet.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from .configuration import Configuration
from .connection import Connection
from .loading import load
from .output import Output, Told
from .process import Process, wait_until
from .violation import Violation

if TYPE_CHECKING:
    from .company import Company


class Run(NamedTuple):
    """One run of a client: its exit code (``None`` of a service that goes on), what it printed,
    how long it took, and whether it had to be stopped."""

    code: int | None
    output: str
    seconds: float
    was_stopped: bool

    @property
    def failed(self) -> bool:
        """Whether it says itself that something went wrong."""
        return self.code not in (0, None)


class NotStarted(Violation):
    """A service that does not take webhooks."""


class Traffic(Protocol):
    """What is known of the requests to a server."""

    def under_way(self) -> int:
        """How many requests are being answered now."""

    def last(self) -> float:
        """When something last happened, in seconds of ``time.monotonic``."""


class Client(ABC):
    """The client, in the connection that a rule gives it. ``runs`` are those it has had;
    ``starts`` is when it was started, in seconds of ``time.monotonic``, as the journal counts."""

    def __init__(
        self, configuration: Configuration, connection: Connection, traffic: Traffic
    ) -> None:
        self.configuration, self.connection = configuration, connection
        self.traffic = traffic
        self.limit = configuration.time_limit
        self.runs: list[Run] = []
        self.starts: list[float] = []
        self.company: Company | None = None

    @property
    def is_service(self) -> bool:
        """Whether it is kept running and sent webhooks."""
        return False

    @property
    def is_seen(self) -> bool:
        """Whether it asks the Findity that is played here, so that what it does can be judged."""
        return True

    @property
    def webhook_url(self) -> str | None:
        """Where it takes webhooks, if it does."""
        return None

    def works(self, *, patience: float = 1, **changes: Any) -> Run:
        """Let it do all that it has to do, with a connection changed as ``client_secret="wrong"``.

        ``patience`` is how many times the usual limit it may take. Raises ``Violation`` when it
        does not come to an end in time.
        """
        connection = self.connection._replace(**changes)
        self.limit = self.configuration.time_limit * patience
        started = time.monotonic()
        run = self._run(connection)._replace(seconds=round(time.monotonic() - started, 3))
        self.runs.append(run)
        if run.was_stopped:
            raise Violation(f"it was not done after {self.limit:g} s, and was stopped")
        return run

    # Only a service is started and stopped; the others end by themselves.
    def start(self, **changes: Any) -> None:  # noqa: B027 (nothing, for those)
        """See that it runs, where it is a service, with a connection changed as in ``works``.

        Raises ``NotStarted`` for one that ends before it takes webhooks.
        """

    def stop(self) -> None:  # noqa: B027 (nothing, for those)
        """End it, with everything that it started."""

    def crashes(self, when: Callable[[], bool], **changes: Any) -> bool:
        """Let it work, and kill it as soon as ``when()`` is true; whether it came to that.

        What cannot be killed, such as a function, is left alone: see ``can_crash``.
        """
        return False

    @property
    def can_crash(self) -> bool:
        """Whether it can be killed in the middle of its work."""
        return False

    @property
    def output(self) -> str:
        """All that it printed."""
        return "".join(run.output for run in self.runs)

    @abstractmethod
    def _run(self, connection: Connection) -> Run:
        """One run; ``works`` measures how long it takes."""

    def _process(self, command: tuple[str, ...], connection: Connection, **more: str) -> Process:
        environment = connection.environment(self.configuration.env) | more
        self.starts.append(time.monotonic())
        try:
            return Process(command, environment, Path(self.configuration.folder))
        except OSError as error:
            raise Violation(f"{command[0]!r} cannot be started: {error.strerror}") from None


class CommandClient(Client):
    """A program that is run to its end once a step."""

    @property
    def can_crash(self) -> bool:
        return True

    def _run(self, connection: Connection) -> Run:
        process = self._process(self.configuration.command, connection)
        ended = process.wait(self.limit)
        code = process.code
        process.stop()
        return Run(code, str(process.output), 0.0, not ended)

    def crashes(self, when: Callable[[], bool], **changes: Any) -> bool:
        """Run it, and kill it as soon as ``when()`` is true."""
        process = self._process(self.configuration.command, self.connection._replace(**changes))
        limit = self.configuration.time_limit
        came = wait_until(limit, lambda: when() or process.code is not None) and when()
        process.kill()
        self.runs.append(Run(None, str(process.output), 0.0, False))
        return came


class FunctionClient(Client):
    """A function that is called with a ``Connection``; what it raises is its exit code 1."""

    def _run(self, connection: Connection) -> Run:
        function = load(self.configuration.client or "", Path(self.configuration.folder))
        output, codes = Output(), [0]
        told = Told(output)

        def call() -> None:
            try:
                function(connection)
            except SystemExit as stop:
                codes[0] = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
            except BaseException:  # noqa: BLE001 (the client's own, whatever it is)
                codes[0] = 1
                told.write(traceback.format_exc())

        thread = threading.Thread(target=call, name="client", daemon=True)
        self.starts.append(time.monotonic())
        with _heard(told):
            thread.start()
            thread.join(self.limit)
        return Run(codes[0], str(output), 0.0, thread.is_alive())


@contextlib.contextmanager
def _heard(told: Told) -> Iterator[None]:
    """What is printed or logged meanwhile goes to ``told``."""
    handler, root = logging.StreamHandler(told), logging.getLogger()
    root.addHandler(handler)
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            yield
    finally:
        root.removeHandler(handler)


def client_of(configuration: Configuration, connection: Connection, traffic: Traffic) -> Client:
    """The client that a configuration names, in a connection."""
    from .service import ProbedClient, ServiceClient

    kinds: dict[str, type[Client]] = {
        "command": CommandClient,
        "service": ServiceClient,
        "client": FunctionClient,
        "webhook_probe": ProbedClient,
    }
    return kinds[configuration.adapter](configuration, connection, traffic)
