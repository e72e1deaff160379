"""Fetch what the pages use of others': ``make docs-assets``.

Writes the files of Swagger UI (for ``/docs``) and of Idiomorph (for the dashboard) that are
served, and their hashes, into the package. They come from the npm registry, in the one version
whose hash stands here; nothing is written where it differs. For a newer one change both:
``npm view NAME@VERSION dist.integrity`` tells its hash.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[1] / "mockfindity" / "data"


class Package(NamedTuple):
    """A package of npm, the files that are taken of it, and where they go."""

    name: str
    version: str
    integrity: str
    files: tuple[str, ...]
    folder: Path

    @property
    def url(self) -> str:
        return f"https://registry.npmjs.org/{self.name}/-/{self.name}-{self.version}.tgz"


PACKAGES = (
    Package(
        "swagger-ui-dist",
        "5.35.0",
        "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAh"
        "w0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        (
            "LICENSE",
            "NOTICE",
            "favicon-32x32.png",
            "swagger-ui-bundle.js",
            "swagger-ui-bundle.js.LICENSE.txt",
            "swagger-ui.css",
        ),
        DATA / "docs" / "swagger-ui",
    ),
    Package(
        "idiomorph",
        "0.8.0",
        "sha512-R47JBL+6jHDQvcnbppIUtXXcxi5h6+wuCEEZXnRhUlts"
        "gzPFKzThL5PuHppP9ypJuy+7WawcY1TsSBD/iQbMhw==",
        ("LICENSE", "dist/idiomorph.min.js"),
        DATA / "dashboard" / "idiomorph",
    ),
)


def main() -> None:
    for package in PACKAGES:
        fetch(package)


def fetch(package: Package) -> None:
    with urllib.request.urlopen(package.url, timeout=60) as answer:
        archive = answer.read()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.integrity:
        sys.exit(f"{package.url} is not what it was: its integrity is {found}.")
    package.folder.mkdir(parents=True, exist_ok=True)
    sums = [
        f"{_written(package.folder / Path(name).name, data)}  {Path(name).name}\n"
        for name, data in _files(package, archive)
    ]
    (package.folder / "SHA256SUMS").write_text("".join(sums))
    print(f"{len(sums)} files of {package.name} {package.version} are in {package.folder}")


def _files(package: Package, archive: bytes) -> list[tuple[str, bytes]]:
    """Name and content of what is wanted of the archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = [(name, tar.extractfile(f"package/{name}")) for name in package.files]
        return [(name, member.read()) for name, member in members if member is not None]


def _written(path: Path, data: bytes) -> str:
    """Write a file; its SHA-256."""
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main()
