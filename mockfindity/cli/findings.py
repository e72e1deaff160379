"""What the doctor's examinations give: findings, each with what to do about it."""

from __future__ import annotations

import shlex
import socket
from collections.abc import Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from .control import Control
from .options import DEFAULT_SANDBOX, DEFAULT_URL

PATIENCE = 2.0
"""Seconds that whatever listens has to take a connection."""
NAMED = 3
"""How many of several things are named."""


class Finding(NamedTuple):
    """What was looked at, how it is, and what to do: nothing keeps a client from working that is
    only noted."""

    level: Literal["ok", "note", "problem"]
    check: str
    found: str
    remedy: str | None = None


def ok(check: str, found: str) -> Finding:
    return Finding("ok", check, found)


def note(check: str, found: str, remedy: str) -> Finding:
    return Finding("note", check, found, remedy)


def problem(check: str, found: str, remedy: str) -> Finding:
    return Finding("problem", check, found, remedy)


def command(control: Control, words: str) -> str:
    """A command for the server and sandbox that are looked at."""
    there = [f"--url {shlex.quote(control.url)}"] if control.url != DEFAULT_URL else []
    if control.name != DEFAULT_SANDBOX:
        there.append(f"--sandbox {shlex.quote(control.name)}")
    return " ".join(("mockfindity", words, *there))


def some(names: Sequence[str]) -> str:
    """The first few of several names, and how many more there are."""
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


def unreachable(url: str) -> str | None:
    """Why nobody takes a connection where a URL leads; nothing is sent there."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), PATIENCE).close()
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error) or type(error).__name__
    return None


def is_here(url: str) -> bool:
    """Whether a URL leads to this machine itself."""
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")
