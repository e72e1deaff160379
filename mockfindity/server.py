"""Run it: in the foreground until it is told to stop, or in a thread beside other work."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from .app import App
from .protocol import http_protocol
from .routes import ROUTES
from .sandboxes import Sandboxes

HOST, PORT = "127.0.0.1", 4655


GRACE = 0.5
"""Seconds that whoever still waits for an answer is given when the server ends."""


class Server(uvicorn.Server):
    """uvicorn, with a socket that is bound before anything starts.

    So the address is known from the beginning (``--port 0`` takes a free one) and a port that is
    taken is an error with a name, not a log line. It ends when it is told to, where uvicorn looks
    ten times a second whether it was. One that ``warms_up`` imports what was left for later.
    """

    def __init__(
        self,
        app: ASGIApp,
        listener: socket.socket,
        ready: Callable[[], None],
        *,
        warms_up: bool = False,
    ) -> None:
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=75,
            http=http_protocol(),
            ws="none",
        )
        super().__init__(config)
        self.listener, self.ready, self._warms_up = listener, ready, warms_up
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()
        if self.started and self._warms_up:
            self._warming = asyncio.get_running_loop().create_task(warm_up())

    async def main_loop(self) -> None:
        """Keep the date of the answers, until somebody says that it is over."""
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._told.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.end()

    def end(self) -> None:
        """Let it end soon; from any thread."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it is over already
                self._loop.call_soon_threadsafe(self._told.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, let those end that are idle, and give the others a moment.
        Whoever still waits for an answer then is cut off."""
        for server in self.servers:
            server.close()
        for sock in sockets or ():
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._grace()
        # uvicorn would call each of them an error, and log it with a traceback.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        for task in list(self.server_state.tasks):
            task.cancel()
        await self.lifespan.shutdown()

    async def _grace(self) -> None:
        state, pause = self.server_state, 0.0
        until = time.monotonic() + GRACE
        while (state.connections or state.tasks) and time.monotonic() < until:
            await asyncio.sleep(pause)
            pause = min(pause + 0.001, 0.02)

    def serve_forever(self) -> None:
        self.run(sockets=[self.listener])


PAUSE = 0.02
"""Seconds before what is likely to be asked for is imported, and between its parts: those who
wait for the server come first."""


async def warm_up() -> None:
    """Import what was left for later at the start, a file at a time."""
    for route in ROUTES:
        if not route.is_loaded:
            await asyncio.sleep(PAUSE)
            route.load()


OFTEN = 20_000
"""New objects after which the youngest are looked through for rubbish, of which there is little."""


def calm_collector() -> None:
    """Let Python's search for rubbish leave alone what is there at the start, and come seldom. For
    a process that only serves."""
    gc.freeze()
    gc.set_threshold(OFTEN, 20, 50)
    gc.enable()


def listen(host: str = HOST, port: int = PORT) -> socket.socket:
    """A socket that listens. Raises ``OSError`` when the address cannot be had.

    It listens from the start: two sockets that are only bound may be given the same free port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket) -> str:
    """The URL at which a bound socket can be reached from this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host and "[" not in host else f"http://{host}:{port}"


@contextlib.contextmanager
def serving(
    host: str = HOST,
    port: int = 0,
    *,
    base_url: str | None = None,
    seed: int = 0,
    allow_public_webhooks: bool = False,
) -> Iterator[str]:
    """A server in a thread of its own; gives its URL, and stops at the end.

    ``port`` 0 takes a free one. Raises ``OSError`` when the address cannot be had.
    """
    listener = listen(host, port)
    url = address(listener)
    sandboxes = Sandboxes(base_url or url, seed=seed, allow_public_webhooks=allow_public_webhooks)
    with in_thread(App(sandboxes), listener):
        yield url


@contextlib.contextmanager
def in_thread(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """``app`` served on a listening socket, by a thread of its own, while the block runs.

    Raises ``RuntimeError`` when it does not start.
    """
    ready = threading.Event()
    server = Server(app, listener, ready.set)
    thread = threading.Thread(target=server.serve_forever, name="mockfindity", daemon=True)
    thread.start()
    try:
        while not ready.wait(0.1):
            if not thread.is_alive():
                raise RuntimeError("the server did not start; what it logged says why")
        yield
    finally:
        server.end()
        thread.join(5)
        listener.close()
