"""A server in this process, for tests: started in a thread, with a sandbox for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import httpx2

from ..sandbox import DEFAULT
from .findity import Findity
from .line import FindityError, Line, is_refusal, segment

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from ..sandboxes import Sandboxes

__tracebackhide__ = is_refusal


class ServerSettings(TypedDict, total=False):
    """How a server is started, or with ``url`` which one is used: what ``mockfindity.running``
    takes, and what the fixture ``mockfindity_settings`` gives.

    ``url`` is that of a server that runs already, such as in a container; only ``control_token``,
    what its control API asks for, goes with it. ``host`` is ``127.0.0.1`` and ``port`` a free one,
    if nothing is said; the rest is what ``mockfindity.create_app`` takes.
    """

    url: str
    control_token: str | None
    host: str
    port: int
    base_url: str
    seed: int
    data_dir: str | Path | None
    strict_documented: bool
    allow_public_webhooks: bool
    allowed_hosts: Sequence[str]


class RemoteServer:
    """A server that runs somewhere else, such as in a container; ``url`` has no path."""

    def __init__(self, url: str, control_token: str | None = None) -> None:
        self.line = Line(url, control_token)
        self.url = self.line.url
        self._made: dict[str, Findity] = {}
        self._played: dict[tuple[str, int | None], str] = {}

    def sandbox(
        self,
        name: str | None = None,
        *,
        seed: int | None = None,
        scenario: str | None = None,
        source: str | None = None,
    ) -> Findity:
        """A new sandbox: empty, with a scenario played in it, or a fork of ``source``, which names
        a sandbox or ``sandbox/snapshot``. It is there until it is dropped, or the server is let go.

        Raises ``FindityError`` where the server refuses.
        """
        wanted = {"name": name, "seed": seed, "scenario": scenario, "from": source}
        body = {key: value for key, value in wanted.items() if value is not None}
        made = self.line.control("POST", "/sandboxes", body, timeout=None if scenario else 70)
        findity = self._made[made["name"]] = Findity(self.line, made)
        return findity

    def prepared(self, scenario: str, seed: int | None = None) -> Findity:
        """A new sandbox that is what a scenario left. It is played once for all who ask."""
        if (scenario, seed) not in self._played:
            self._played[scenario, seed] = self.sandbox(seed=seed, scenario=scenario).name
        return self.sandbox(source=self._played[scenario, seed])

    def default(self) -> Findity:
        """The sandbox ``default``."""
        return Findity(self.line, self.line.control("GET", f"/sandboxes/{DEFAULT}"))

    def drop(self, findity: Findity) -> None:
        """Let a sandbox go; its keys are those of nobody afterwards. One that is gone is gone."""
        self._made.pop(findity.name, None)
        try:
            self.line.control("DELETE", f"/sandboxes/{segment(findity.name)}")
        except FindityError as error:
            if error.status != 404:
                raise

    def let_go(self) -> None:
        """Drop what was made here and is still there."""
        for findity in list(self._made.values()):
            self.drop(findity)


class LocalServer(RemoteServer):
    """A server in a thread of this process.

    Empty sandboxes are made and dropped without HTTP: a test should not wait for them. That is
    safe beside the server's thread, because nobody can have called what nobody knows yet: a new
    sandbox is complete before its name stands in the registry, and taking the name out is one step.
    Whatever else is asked (a fork reads what the server may be writing, a data directory belongs
    to its thread, a webhook may be on its way) goes over HTTP, as to any server.
    """

    def __init__(self, sandboxes: Sandboxes, url: str, control_token: str | None) -> None:
        super().__init__(url, control_token)
        self._sandboxes = sandboxes

    def sandbox(
        self,
        name: str | None = None,
        *,
        seed: int | None = None,
        scenario: str | None = None,
        source: str | None = None,
    ) -> Findity:
        """A new sandbox; see ``RemoteServer.sandbox``."""
        is_plain = name is None and seed is None and scenario is None and source is None
        if not is_plain or self._sandboxes.store is not None:
            return super().sandbox(name, seed=seed, scenario=scenario, source=source)
        from ..control.server import sandbox_object

        made = self._sandboxes.create(None, None, None)
        return Findity(self.line, sandbox_object(made, self._sandboxes.base_url))

    def drop(self, findity: Findity) -> None:
        """Let a sandbox go; see ``RemoteServer.drop``."""
        if self._sandboxes.store is not None or not self._sandboxes.forget(findity.name):
            super().drop(findity)

    def let_go(self) -> None:
        """Leave the sandboxes: those in memory end with the server, and the others are to stay."""


@contextmanager
def serving(
    *, wrap: Callable[[ASGIApp], ASGIApp] | None = None, **settings: Unpack[ServerSettings]
) -> Iterator[RemoteServer]:
    """A server while the block runs: one in a thread of this process, or with ``url`` one that
    runs already. ``wrap`` puts another application around mockfindity's.

    Raises ``TypeError`` for settings that there are not, or that do not go together, ``OSError``
    when the address cannot be had or nobody answers at ``url``, ``FindityError`` when the server
    there wants another ``control_token``, ``store.StoreError`` when ``data_dir`` cannot be used.
    """
    options: dict[str, Any] = {**settings}
    unknown = options.keys() - ServerSettings.__annotations__.keys()
    if unknown:
        known = ", ".join(ServerSettings.__annotations__)
        raise TypeError(f"there is no setting {min(unknown)!r}; there are {known}")
    url, token = options.pop("url", None), options.pop("control_token", None)
    if url is not None:
        if options:
            raise TypeError(f"{min(options)}: the server at {url} runs already, and is as it is")
        with _there(url, token) as server:
            yield server
    else:
        with _here(token, wrap, **options) as server:
            yield server


@contextmanager
def _there(url: str, token: str | None) -> Iterator[RemoteServer]:
    remote = RemoteServer(url, token)
    with closing(remote.line):
        try:
            remote.line.control("GET", "/sandboxes", None, {"max": 1})
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise ConnectionError(f"no mockfindity answers at {url}: {error}") from None
        yield remote
        remote.let_go()


@contextmanager
def _here(
    token: str | None,
    wrap: Callable[[ASGIApp], ASGIApp] | None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    data_dir: str | Path | None = None,
    **options: Any,
) -> Iterator[RemoteServer]:
    from ..app import create_app
    from ..server import address, in_thread, listen

    folder = None if data_dir is None else Path(data_dir)
    try:
        listener = listen(host, port)
    except OSError as error:
        raise OSError(error.errno, f"{host}:{port} cannot be had: {error.strerror}") from None
    with closing(listener):
        options.setdefault("base_url", address(listener))
        app = create_app(control_token=token, data_dir=folder, **options)
        with in_thread(app if wrap is None else wrap(app), listener):
            local = LocalServer(app.sandboxes, address(listener), token)
            with closing(local.line):
                yield local


@contextmanager
def running(**settings: Unpack[ServerSettings]) -> Iterator[Findity]:
    """A Findity of one's own while the block runs: the sandbox ``default`` of a new server.

        with mockfindity.running() as findity:
            my_client = Client(findity.url, findity.client_id, findity.client_secret)

    ``settings`` are those of ``ServerSettings``: ``host``, ``port``, ``seed``, ``data_dir``,
    ``strict_documented``, …, or ``url`` for a server that runs already, which is then given a
    sandbox of its own for the time. Raises what ``serving`` does.
    """
    with serving(**settings) as server:
        if isinstance(server, LocalServer):
            yield server.default()
            return
        findity = server.sandbox()
        try:
            yield findity
        finally:
            server.drop(findity)
