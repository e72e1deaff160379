"""What is measured on: an organization on a server, and requests about it."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import httpx2

from mockfindity import Findity
from mockfindity.testing.findity import TEMPLATE

from .load import Asked

_numbers = count()


class Company:
    """An organization with a chart of accounts, in a sandbox of a server; made where it is not
    there."""

    def __init__(self, findity: Findity, name: str = "BENCH") -> None:
        self.findity = findity
        self.token = findity.token()
        headers = {"authorization": f"Bearer {self.token}"}
        self.http = httpx2.Client(base_url=findity.url, headers=headers, timeout=120, verify=False)
        template = None if self._is_there(name) else TEMPLATE
        self.organization = findity.organization(name, template=template)
        self.accounts = f"/api/v1/admin/organizations/{self.organization.id}/accounts"

    def _is_there(self, name: str) -> bool:
        path = f"/api/admin/organizations/externalid/{name}/"
        return self.http.get(path).status_code == 200

    def count(self) -> int:
        """How many accounts there are."""
        return int(self.http.get(f"{self.accounts}?max=1").json()["meta"]["total"])

    def first(self) -> str:
        """The path of the first account."""
        return f"{self.accounts}/{self.http.get(f'{self.accounts}?max=1').json()['data'][0]['id']}"

    @property
    def known(self) -> list[str]:
        """The ids of the accounts that there are."""
        return [one["id"] for one in self.http.get(self.accounts).json()["data"]]

    def with_accounts(self, many: int) -> list[str]:
        """Let there be so many accounts at least; their ids."""
        for _ in range(many - len(self.known)):
            body = {"name": "Freight", "number": f"B{next(_numbers)}"}
            self.http.post(self.accounts, json=body).raise_for_status()
        return self.known

    def size(self, path: str) -> int:
        """Bytes of the answer at a path."""
        return len(self.http.get(path).raise_for_status().content)

    def get_one(self, account: str) -> Asked:
        """One account."""
        return Asked("GET", f"{self.accounts}/{account}", self.token)

    def get_list(self) -> Asked:
        """A list of 100 accounts."""
        return Asked("GET", f"{self.accounts}?max=100", self.token)

    def post_one(self) -> Asked:
        """A new account each time."""
        body = {"name": "Freight %d", "number": f"R{next(_numbers)}-%d"}
        return Asked("POST", self.accounts, self.token, json.dumps(body))

    def put_one(self, account: str) -> Asked:
        """Another name for an account each time."""
        body = {"id": account, "name": "Freight %d", "number": "9999"}
        return Asked("PUT", f"{self.accounts}/{account}", self.token, json.dumps(body))

    def put_status(self, vouchers: int, text: str = "No %d in the ledger") -> Asked:
        """A status update of so many vouchers, which says something new of them each time, or the
        same ``text`` again. One more voucher stays open, so that the export does too."""
        for number in range(vouchers + 1):
            self.findity.report(name=f"Trip {number}").submit()
        export = self.findity.bulk_send()
        ids = [voucher["id"] for voucher in export.vouchers()]
        said: dict[str, Any] = {"status": "FAILED", "errorText": text}
        body = {"voucherUpdates": [{"id": one, **said} for one in ids[:vouchers]]}
        return Asked("PUT", f"{export.path}/updatestatus", self.token, json.dumps(body))
