"""What answers look like: the types that operations say they give.

They are read by the type checker and by ``mockfindity.openapi``, which makes the schemas of the
documents from them; nothing imports them when a server starts. A name that ends in ``Out`` is
called without it in the documents.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any


@cache
def names() -> dict[str, Any]:
    """Every shape by the name that operations call it by."""
    modules = [
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    return {name: shape for module in modules for name, shape in vars(module).items()}
