"""The notes of a release, cut out of CHANGELOG.md: ``python .github/release_notes.py [VERSION]``.

Without a version it is that of the package. Lines that were wrapped are joined, since GitHub breaks
a release's lines where its text does.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def notes(changelog: str, version: str) -> str:
    """What the changelog says of a version. Raises ``LookupError`` naming the versions there are,
    and ``ValueError`` for one of which it says nothing."""
    sections: dict[str, str] = dict(
        re.findall(r"^## (\S+).*\n((?:(?!## ).*\n)*)", changelog, re.MULTILINE)
    )
    if version not in sections:
        raise LookupError(f"no section {version!r}; there is {', '.join(sections)}")
    if not sections[version].strip():
        raise ValueError(f"the section {version!r} is empty")
    return re.sub(r"(?<=\S)\n *(?=[^\s#*-])", " ", sections[version].strip()) + "\n"


def current() -> str:
    """The version of the package in this checkout."""
    text = (CHECKOUT / "mockfindity/__init__.py").read_text()
    (version,) = re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    return str(version)


def main() -> None:
    """Print the notes, or say on stderr why there are none."""
    version = sys.argv[1] if len(sys.argv) > 1 else current()
    try:
        print(notes((CHECKOUT / "CHANGELOG.md").read_text(), version), end="")
    except (LookupError, ValueError) as error:
        sys.exit(f"CHANGELOG.md: {error}")


if __name__ == "__main__":
    main()
