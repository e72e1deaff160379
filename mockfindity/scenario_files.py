"""Where scenarios are: scripts that are found by their path and never imported by name.

In a checkout they stand at its top, where people look for them; in the wheel they lie inside the
package, where they collide with nobody's modules.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent


def folder() -> Path:
    """The folder of scenarios. Raises ``FileNotFoundError`` where there is none."""
    for candidate in (PACKAGE / "scenarios", PACKAGE.parent / "scenarios"):
        if (candidate / "demo.py").is_file():
            return candidate
    raise FileNotFoundError(f"there is no folder of scenarios at or above {PACKAGE}")


def names() -> list[str]:
    """The scenarios there are."""
    return sorted(path.stem for path in folder().glob("*.py"))


def load(name: str) -> ModuleType:
    """A scenario as a module, with what it defines. Raises ``FileNotFoundError``."""
    if name not in names():
        raise FileNotFoundError(f"there is no scenario {name!r}; there is {', '.join(names())}")
    known_as = f"mockfindity scenario {name}"
    spec = spec_from_file_location(known_as, folder() / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"the scenario {name!r} cannot be loaded")
    module = module_from_spec(spec)
    sys.modules[known_as] = module
    spec.loader.exec_module(module)
    return module
