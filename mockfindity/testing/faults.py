"""The faults of a sandbox: what goes wrong, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .line import camel, is_refusal

if TYPE_CHECKING:
    from .findity import Findity

__tracebackhide__ = is_refusal


class Faults:
    """Fault rules; see docs/faults.md for what a rule may say."""

    def __init__(self, findity: Findity) -> None:
        self._findity = findity

    def add(self, operation: str | None = None, **rule: Any) -> dict[str, Any]:
        """Write a rule: ``add("getExport", times=2, status=500)``, or ``add(set="flaky")``.

        Gives the rule; of a set, the list of its rules under ``data``.
        """
        body = {camel(name): value for name, value in rule.items()}
        body |= {} if operation is None else {"operation": operation}
        return dict(self._findity.control("POST", "/faults", body))

    def all(self) -> list[dict[str, Any]]:
        """The rules there are, each with how often it struck (``hits``)."""
        return list(self._findity.control("GET", "/faults")["data"])

    def clear(self) -> None:
        """Take every rule away."""
        self._findity.control("DELETE", "/faults")
