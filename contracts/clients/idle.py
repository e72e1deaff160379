"""A client that does nothing: no rule of the kit may take it for one that behaves.

python idle.py serve    take webhooks at $PORT, answer 200, and leave it at that
"""

from __future__ import annotations

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def sync(given: Any) -> None:
    """Do nothing."""


class Receiver(BaseHTTPRequestHandler):
    """Answers 200, whatever comes."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Receiver).serve_forever()
