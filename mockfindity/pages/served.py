"""A file as the answer to a request: read once, when it is first asked for, and never sent twice
to a browser that has it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..call import Bytes, Call
from ..errors import NotFound

PACKAGE = Path(__file__).parents[1]
DATA = PACKAGE / "data"
Headers = tuple[tuple[str, str], ...]


def served(call: Call, data: bytes, media_type: str, headers: Headers = ()) -> Bytes:
    """``data`` with its ``ETag``, or 304 without it for whoever names that tag.

    A browser asks each time whether what it has is still good, so another version of mockfindity
    on the same port never shows the files of the last one.
    """
    tag = _tag(data)
    headers = (
        ("cache-control", "no-cache"),
        ("etag", tag),
        ("x-content-type-options", "nosniff"),
        *headers,
    )
    known = [part.strip() for part in call.headers.get("if-none-match", "").split(",")]
    if tag in known or f"W/{tag}" in known:
        return Bytes(b"", media_type, headers, status=304)
    return Bytes(data, media_type, headers)


def asset(call: Call, files: Mapping[str, tuple[Path, str]], of: str) -> Bytes:
    """The file that the path names, of a table of files and their media types.

    Raises ``NotFound`` for any name that is not in the table, so that no path leads elsewhere.
    """
    name = call.path["asset"]
    if name not in files:
        raise NotFound(f"{of} has no {name!r}, but {', '.join(files)}.")
    file, media_type = files[name]
    return served(call, content(file), media_type)


@cache
def content(path: Path) -> bytes:
    """What is in a file of the package. Only for names that stand in the code: all are kept."""
    return path.read_bytes()


@cache
def _tag(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'
