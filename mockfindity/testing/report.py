"""A report, and the steps that people take with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .line import is_refusal

if TYPE_CHECKING:
    from .findity import Findity

__tracebackhide__ = is_refusal


class Report:
    """A report: ``data`` is it as the last step left it. Each step gives the report itself."""

    def __init__(self, findity: Findity, data: dict[str, Any]) -> None:
        self.findity, self.data = findity, data

    def __repr__(self) -> str:
        return f"<Report {self.data['name']!r} {self.data['status']} ({self.id})>"

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def status(self) -> str:
        """Where it is in its life now; asks the server."""
        self.data = self.findity.control("GET", f"/reports/{self.id}")
        return str(self.data["status"])

    def submit(self) -> Report:
        """Hand it in. It waits for approval, or is ready to send where nobody has to approve."""
        return self._step("submit")

    def approve(self) -> Report:
        """Let everybody approve who has to; nothing is left to do where nobody has."""
        while self.data["status"] == "APPROVAL":
            self._step("approve")
        return self if self.data["status"] == "READY_TO_SEND" else self._step("approve")

    def reject(self) -> Report:
        """Let the next approver reject it."""
        return self._step("reject")

    def send_back(self) -> Report:
        """Give it back to its owner although it is ready, as an administrator may."""
        return self._step("return")

    def pay(self) -> Report:
        """Pay it, once every recipient has booked it."""
        return self._step("pay")

    def _step(self, step: str) -> Report:
        self.data = self.findity.control("POST", f"/reports/{self.id}/{step}")
        return self
