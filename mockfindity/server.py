"""Run it: in the foreground until it is told to stop, or in a thread beside other work."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from .app import App
from .protocol import http_protocol
from .sandboxes import Sandboxes

HOST, PORT = "127.0.0.1", 4655


class Server(uvicorn.Server):
    """uvicorn, with a socket that is bound before anything starts.

    So the address is known from the beginning (``--port 0`` takes a free one) and a port that is
    taken is an error with a name, not a log line.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=0.5,  # type: ignore[arg-type]  # wait_for() takes it
            timeout_keep_alive=75,
            http=http_protocol(),
        )
        super().__init__(config)
        self.listener, self.ready = listener, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever still waits for an answer is cut off. uvicorn would call that an error, and log
        it with a traceback for every one of them."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)

    def serve_forever(self) -> None:
        self.run(sockets=[self.listener])


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
        server.should_exit = True
        thread.join(5)
        listener.close()
