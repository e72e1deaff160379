"""Fetch the user interface of ``/docs``: ``make docs-assets``.

Writes the files of Swagger UI that are served, and their hashes, into the package. They come from
the npm registry, in the one version whose hash stands here; nothing is written where it differs.
For a newer one change both: ``npm view swagger-ui-dist@VERSION dist.integrity`` tells its hash.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "5.35.0"
INTEGRITY = (
    "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAh"
    "w0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ=="
)
URL = f"https://registry.npmjs.org/swagger-ui-dist/-/swagger-ui-dist-{VERSION}.tgz"
FILES = (
    "LICENSE",
    "NOTICE",
    "favicon-32x32.png",
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui.css",
)
FOLDER = Path(__file__).parents[1] / "mockfindity" / "data" / "docs" / "swagger-ui"


def main() -> None:
    with urllib.request.urlopen(URL, timeout=60) as answer:
        archive = answer.read()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if integrity != INTEGRITY:
        sys.exit(f"{URL} is not what it was: its integrity is {integrity}, not {INTEGRITY}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    sums = [f"{_written(name, data)}  {name}\n" for name, data in _files(archive)]
    (FOLDER / "SHA256SUMS").write_text("".join(sums))
    print(f"{len(sums)} files of swagger-ui-dist {VERSION} are in {FOLDER}")


def _files(archive: bytes) -> list[tuple[str, bytes]]:
    """Name and content of what is wanted of the archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = [(name, tar.extractfile(f"package/{name}")) for name in FILES]
        return [(name, member.read()) for name, member in members if member is not None]


def _written(name: str, data: bytes) -> str:
    """Write a file; its SHA-256."""
    (FOLDER / name).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main()
