"""Modules that are imported when something of them is used first.

    accounts = Later("api.admin.accounts")
    accounts.create_account           # where it stands; nothing is imported yet
    found(accounts.create_account)    # the function

Half of the time that a server took to start went into what its first requests never asked for.
"""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """A module of this package, by its name without ``mockfindity.``"""

    def __init__(self, module: str) -> None:
        self._module = f"{__package__}.{module}"

    def __getattr__(self, name: str) -> Any:
        return Named(self._module, name)


class Named:
    """Where something stands."""

    __slots__ = ("__name__", "module")

    def __init__(self, module: str, name: str) -> None:
        self.module, self.__name__ = module, name


def found(thing: Any) -> Any:
    """What is ``Named``, or the thing itself. Raises ``AttributeError`` where there is no such."""
    if not isinstance(thing, Named):
        return thing
    return getattr(importlib.import_module(thing.module), thing.__name__)
