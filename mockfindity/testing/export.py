"""An export, as an integration sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .line import is_refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..shapes.exports import ExportOut
    from .findity import Findity

__tracebackhide__ = is_refusal


class Export:
    """An export: ``id``, and ``delivery``, the id of the webhook that announced it, if one did.

    What is read of it is read through Findity's own API, as a client would.
    """

    def __init__(
        self, findity: Findity, organization_id: str, export_id: str, delivery: str | None = None
    ) -> None:
        self.findity, self.organization_id, self.id = findity, organization_id, export_id
        self.delivery = delivery

    def __repr__(self) -> str:
        return f"<Export {self.id}>"

    @property
    def path(self) -> str:
        """Where it is, below the server's URL."""
        return f"/api/v1/connect/organizations/{self.organization_id}/exports/{self.id}"

    @property
    def status(self) -> str:
        """How far it is now: TRANSFER, SENT, FAILED or WITHDRAWN."""
        return self.data["status"]

    @property
    def data(self) -> ExportOut:
        """The export as Findity's API gives it now."""
        found: ExportOut = self.findity.api("GET", self.path)
        return found

    def package(self) -> dict[str, Any]:
        """The package as JSON has it: organizations, persons and vouchers, amounts as floats."""
        found: dict[str, Any] = self.findity.api("GET", f"{self.path}/export")
        return found

    def vouchers(self) -> list[dict[str, Any]]:
        """The vouchers of the package."""
        return list(self.package()["vouchers"])

    def pdf(self, voucher: Mapping[str, Any]) -> bytes:
        """The basis of a voucher, as a PDF."""
        path = str(voucher["basisUrl"]).removeprefix(self.findity.url)
        data: bytes = self.findity.api("GET", f"{path}?format=pdf")
        return data

    def acknowledge(self, *updates: dict[str, Any]) -> str:
        """Report these voucher updates; without any, SUCCESS for all. Gives the status then."""
        updates = updates or tuple(
            {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": str(number)}
            for number, voucher in enumerate(self.vouchers(), 1)
        )
        body = {"voucherUpdates": list(updates)}
        answer: ExportOut = self.findity.api("PUT", f"{self.path}/updatestatus", body)
        return answer["status"]
