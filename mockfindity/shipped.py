"""What is shipped beside the code: ``contracts`` and ``scenarios``.

In a checkout they stand at its top, where people look for them; in the wheel they lie inside the
package, where they collide with nobody's modules.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(path: str) -> Path:
    """Where ``path``, such as ``contracts/openapi``, lies. Raises ``FileNotFoundError``."""
    for candidate in (PACKAGE / path, PACKAGE.parent / path):
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"there is no {path} at or above {PACKAGE}")
