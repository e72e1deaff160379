"""The server that everything is held against: uvicorn, with an application that does nothing.

It reads what it is sent, and answers as many bytes as the path says: ``/200`` is answered by 200.
Any other path is answered by two.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn

HEADERS = [(b"content-type", b"application/json")]


def answering(default: bytes) -> Any:
    """An application that has ``default`` to say, where the path does not say how much."""
    known: dict[str, bytes] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        path = scope["path"]
        body = known.get(path)
        if body is None:
            size = path[1:]
            body = known[path] = b"x" * int(size) if size.isdigit() else default
        headers = [*HEADERS, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


class Announced(uvicorn.Server):
    """Says where it is, as soon as it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()
        sys.stdout.write(f"Ready. http://{host}:{port}\n")
        sys.stdout.flush()


def main() -> None:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    config = uvicorn.Config(
        answering(b"{}"),
        log_level="error",
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        loop="uvloop",
        http="httptools",
    )
    Announced(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
